import { describe, expect, test } from 'vitest';
import { type Advisory, type AffectedRange, createMatcher, weaknessOf } from './advisory.ts';

const affected = (ranges: AffectedRange[], versions: string[] = []) => ({
  ecosystem: 'npm',
  name: 'Left-Pad',
  ranges,
  versions,
});

describe('a version is affected', () => {
  test.each([
    ['1.0.0', { fixed: '1.3.0' }],
    ['1.2.9', { fixed: '1.3.0' }],
    ['1.3.0', undefined],
    ['2.0.0', { fixed: '2.1.1' }],
    ['2.1.1', undefined],
    ['0.9.0', undefined],
  ])('%s from where it was introduced up to, without, its repair', (version, weakness) =>
    expect(
      weaknessOf(
        affected([
          { introduced: '1.0.0', fixed: '1.3.0' },
          { introduced: '2.0.0', fixed: '2.1.1' },
        ]),
        version,
      ),
    ).toEqual(weakness),
  );
  test('up to and with the last affected one, when no repair is known', () => {
    const open = affected([{ introduced: '0', lastAffected: '1.5.0' }]);
    expect([weaknessOf(open, '1.5.0'), weaknessOf(open, '1.5.1')]).toEqual([{ fixed: null }, undefined]);
  });
  test('when it is named singly', () => {
    const listed = affected([], ['1.1.0']);
    expect([weaknessOf(listed, '1.1.0'), weaknessOf(listed, '1.1.1')]).toEqual([{ fixed: null }, undefined]);
  });
});

test('a component is found by ecosystem and name, whatever the letters; another ecosystem of that name is not it', () => {
  const advisory: Advisory = {
    ...{ id: 'a', code: 'CVE-1', title: '', summary: '', severity: 2, source: 'hand', version: 1 },
    ...{ affected: [affected([{ fixed: '1.3.0' }])], links: [], publishedAt: null, withdrawnAt: null },
  };
  const match = createMatcher([advisory]);
  expect(match({ ecosystem: 'npm', name: 'left-pad', version: '1.2.0' })).toMatchObject([{ fixed: '1.3.0' }]);
  expect(match({ ecosystem: 'pypi', name: 'left-pad', version: '1.2.0' })).toEqual([]);
});
