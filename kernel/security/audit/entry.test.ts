import { describe, expect, test } from 'vitest';
import { type Anchor, thin } from './anchors.ts';
import { detailLimit, detailText, isSecretName, SecretInJournal } from './entry.ts';

describe('the detail of a line', () => {
  test.each([
    'password',
    'newPassword',
    'new_password',
    'API-Key',
    'accessToken',
    'client_secret',
    'otp',
    'Cookie',
    'credential',
  ])('takes no %s', (name) => {
    expect(isSecretName(name)).toBe(true);
    expect(() => detailText({ change: [{ [name]: 'x' }] })).toThrow(SecretInJournal);
  });

  test.each(['code', 'key', 'name', 'pincode', 'credentialKind', 'hash'])('takes a %s', (name) => {
    expect(detailText({ [name]: 'x' })).toBe(`{"${name}":"x"}`);
  });

  test('may tell that a secret changed', () => {
    expect(detailText({ password: true })).toBe('{"password":true}');
  });

  test('of more than 8 KiB is told by size, digest and start', () => {
    const text = detailText({ rows: '房'.repeat(5000) });
    expect(Buffer.byteLength(text)).toBeLessThan(detailLimit);
    expect(JSON.parse(text)).toMatchObject({
      $cut: { bytes: 15_011, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  test('of exactly 8 KiB is kept as it is', () => {
    const text = detailText({ rows: 'x'.repeat(detailLimit - 11) });
    expect(Buffer.byteLength(text)).toBe(detailLimit);
    expect(JSON.parse(text).$cut).toBeUndefined();
  });
});

test('anchors older than two days thin out to one an hour, and go after a month', () => {
  const start = Date.parse('2026-06-01T00:00:00Z');
  const every10min: Anchor[] = Array.from({ length: 6 * 24 * 40 }, (_, n) => ({
    seq: n + 1,
    hash: '0'.repeat(64),
    at: new Date(start + n * 600_000).toISOString(),
  }));
  const now = new Date(start + 40 * 86_400_000);
  const kept = thin(every10min, now);
  expect(kept.filter(({ at }) => now.getTime() - Date.parse(at) <= 2 * 86_400_000)).toHaveLength(2 * 24 * 6);
  expect(kept).toHaveLength(2 * 24 * 6 + 29 * 24);
});
