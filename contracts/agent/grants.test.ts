import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DoorBook, type DoorGrants, isSigned, signedText } from './grants.ts';

const hour = 3_600_000;
const noon = Date.parse('2026-05-01T12:00:00+08:00');
const grants: DoorGrants = {
  issued: noon,
  expires: noon + 72 * hour,
  list: [
    { key: 'card-1', door: 'gate', from: noon, until: noon + hour, kinds: ['card'] },
    { key: 'card-1', door: 'gate', from: noon + 5 * hour, until: noon + 6 * hour, kinds: ['card', 'qr'] },
  ],
};
const shown = { door: 'gate', key: 'card-1', kind: 'card', direction: 'in' } as const;
const book = new DoorBook(grants);

test('a key opens its door in its time, by its kind, and no other', () => {
  expect(book.decide({ ...shown, time: noon })).toEqual({ allowed: true, until: noon + hour });
  expect(book.decide({ ...shown, time: noon + hour })).toEqual({ allowed: false, reason: 'not-yet' });
  expect(book.decide({ ...shown, time: noon + 5 * hour })).toEqual({ allowed: true, until: noon + 6 * hour });
  expect(book.decide({ ...shown, time: noon + 6 * hour })).toEqual({ allowed: false, reason: 'expired' });
  expect(book.decide({ ...shown, kind: 'face', time: noon })).toEqual({ allowed: false, reason: 'kind-not-granted' });
  expect(book.decide({ ...shown, door: 'roof', time: noon })).toEqual({ allowed: false, reason: 'key-unknown' });
});

test('a key ends without a connection too, and a clock set back does not bring it back', () => {
  const later = new DoorBook({ ...grants, issued: noon + 2 * hour });
  expect(later.decide({ ...shown, time: noon })).toEqual({ allowed: false, reason: 'not-yet' });
  expect(book.decide({ ...shown, time: noon + 73 * hour })).toEqual({ allowed: false, reason: 'list-expired' });
});

test('leaving is never held up, whatever is shown and whenever', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.integer({ min: 0, max: 2 ** 45 }), (door, key, time) => {
      expect(book.decide({ door, key, kind: 'pin', direction: 'out', time })).toEqual({ allowed: true });
    }),
  );
});

test('what is allowed is always inside a grant of that key, door and kind', () => {
  fc.assert(
    fc.property(fc.integer({ min: noon - 10 * hour, max: noon + 100 * hour }), (time) => {
      const decision = book.decide({ ...shown, time });
      const now = Math.max(time, grants.issued);
      const inside = now < grants.expires && grants.list.some(({ from, until }) => from <= now && now < until);
      expect(decision.allowed).toBe(inside);
    }),
  );
});

test('a signature holds for the list it was made for and for no other', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const signature = sign(null, Buffer.from(signedText(grants)), privateKey).toString('base64');
  expect(isSigned({ ...grants, signature }, pem)).toBe(true);
  expect(isSigned({ ...grants, expires: grants.expires + 1, signature }, pem)).toBe(false);
  expect(isSigned(grants, pem)).toBe(false);
});
