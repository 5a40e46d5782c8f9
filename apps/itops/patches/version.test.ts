import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareVersions } from './version.ts';

const ascending = (ecosystem: string, versions: string[]) => {
  for (let i = 0; i + 1 < versions.length; i++) {
    const [older, newer] = [versions[i] as string, versions[i + 1] as string];
    expect(compareVersions(ecosystem, older, newer), `${older} < ${newer}`).toBeLessThan(0);
    expect(compareVersions(ecosystem, newer, older), `${newer} > ${older}`).toBeGreaterThan(0);
  }
};

describe('versions are ordered as their ecosystem orders them', () => {
  test('npm: the ladder of Semantic Versioning, rule 11', () =>
    ascending('npm', [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.9.0',
      '1.10.0',
      '2.0.0',
    ]));
  test('npm: build metadata does not count', () => expect(compareVersions('npm', '1.2.3+a', '1.2.3+b')).toBe(0));
  test('Debian: epoch, tilde, letters before signs, revision', () =>
    ascending('debian:12', [
      '3.0.15~rc1-1',
      '3.0.15-1~deb12u1',
      '3.0.15-1',
      '3.0.15-1+b1',
      '3.0.15-2',
      '3.0.15a-1',
      '3.0.15+dfsg-1',
      '3.0.16-1',
      '3.0.100-1',
      '1:1.0-1',
    ]));
  test('others: part by part, drafts before the finished one, letters after it', () =>
    ascending('generic', ['1.0-rc1', '1.0', '1.0.2', '1.0.2k', '1.0.3', '1.9', '1.10', '17.2', '17.10']));
  test('others: missing parts are zero', () => expect(compareVersions('generic', 'v18', '18.0.0')).toBe(0));
  test('any two texts compare without throwing, and the same either way round', () => {
    const text = fc.stringMatching(/^[0-9a-z.:~+-]{0,12}$/);
    fc.assert(
      fc.property(fc.constantFrom('npm', 'debian:12', 'generic'), text, text, (ecosystem, a, b) => {
        const [there, back] = [compareVersions(ecosystem, a, b), compareVersions(ecosystem, b, a)];
        return Math.sign(there) === -Math.sign(back) && (a !== b || there === 0);
      }),
      { seed: 7, numRuns: 3000 },
    );
  });
});
