import { expect, test } from 'vitest';
import { decodeMessage, encodeMessage, isMalformed, type Message } from '../message/message.ts';
import { optionNumbers, optionOf } from '../message/option.ts';
import { deriveContext, nonceOf } from './context.ts';
import { readObject } from './object.ts';
import { protectAnswer, protectRequest, unprotectAnswer, unprotectRequest } from './protect.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const masterSecret = hex('0102030405060708090a0b0c0d0e0f10');
const masterSalt = hex('9e7ca92223786340');
const [empty, zero, one] = [hex(''), hex('00'), hex('01')];

const message = (bytes: string): Message => {
  const read = decodeMessage(hex(bytes));
  if (isMalformed(read)) throw new Error(read.malformed);
  return read;
};
const bytesOf = (of: Message, content: object) => text(encodeMessage({ ...of, ...content }));

const withSalt = deriveContext({ masterSecret, masterSalt, senderId: empty, recipientId: one });
const withoutSalt = deriveContext({ masterSecret, senderId: zero, recipientId: one });
const withIdContext = deriveContext({
  masterSecret,
  masterSalt,
  senderId: empty,
  recipientId: one,
  idContext: hex('37cbf3210017a2d3'),
});

test('RFC 8613 C.1–C.3: keys, common IVs and first nonces are the published ones', () => {
  const all = [withSalt, withoutSalt, withIdContext].map((context) =>
    [context.senderKey, context.recipientKey, context.commonIv].map(text),
  );
  expect(all).toEqual([
    ['f0910ed7295e6ad4b54fc793154302ff', 'ffb14e093c94c9cac9471648b4f98710', '4622d4dd6d944168eefb54987c'],
    ['321b26943253c7ffb6003b0b64d74041', 'e57b5635815177cd679ab4bcec9d7dda', 'be35ae297d2dace910c52e99f9'],
    ['af2a1300a5e95788b356336eeecd2b92', 'e39a0c7c77b43f03b4b39ab9a268699f', '2ca58fb85ff1b81c0b7181b85e'],
  ]);
  expect(text(nonceOf(withSalt, empty, zero))).toBe('4622d4dd6d944168eefb54987c');
  expect(text(nonceOf(withSalt, one, zero))).toBe('4722d4dd6d944169eefb54987c');
});

test('RFC 8613 C.4–C.6: requests come out byte for byte, and are read back by the other end', () => {
  const plain = message('44015d1f00003974396c6f63616c686f737483747631');
  const other = message('440171c30000b932396c6f63616c686f737483747631');
  const third = message('44012f8eef9bbf7a396c6f63616c686f737483747631');
  const piv = hex('14');
  expect(bytesOf(plain, protectRequest(withSalt, plain, piv))).toBe(
    '44025d1f00003974396c6f63616c686f7374620914ff612f1092f1776f1c1668b3825e',
  );
  expect(bytesOf(other, protectRequest(withoutSalt, other, piv))).toBe(
    '440271c30000b932396c6f63616c686f737463091400ff4ed339a5a379b0b8bc731fffb0',
  );
  expect(bytesOf(third, protectRequest(withIdContext, third, piv))).toBe(
    '44022f8eef9bbf7a396c6f63616c686f73746b19140837cbf3210017a2d3ff72cd7273fd331ac45cffbe55c3',
  );
  const there = deriveContext({ masterSecret, masterSalt, senderId: one, recipientId: empty });
  const sealed = protectRequest(withSalt, plain, piv);
  const object = readObject(optionOf(sealed.options, optionNumbers.oscore) ?? one);
  expect([text(object?.piv ?? one), text(object?.kid ?? one)]).toEqual(['14', '']);
  const binding = { kid: empty, piv };
  expect(unprotectRequest(there, sealed.payload, binding)).toMatchObject({ code: 1 });
  for (let at = 0; at < sealed.payload.length; at++) {
    const forged = Uint8Array.from(sealed.payload);
    forged[at] = (forged[at] ?? 0) ^ 1;
    expect(unprotectRequest(there, forged, binding)).toBeUndefined();
  }
  expect(unprotectRequest(there, sealed.payload, { kid: empty, piv: hex('15') })).toBeUndefined();
});

test('RFC 8613 C.7 and C.8: answers with and without a number of their own', () => {
  const server = deriveContext({ masterSecret, masterSalt, senderId: one, recipientId: empty });
  const plain = message('64455d1f00003974ff48656c6c6f20576f726c6421');
  const to = { kid: empty, piv: hex('14') };
  const bare = protectAnswer(server, plain, to);
  const numbered = protectAnswer(server, plain, to, zero);
  expect(bytesOf(plain, bare)).toBe('64445d1f0000397490ffdbaad1e9a7e7b2a813d3c31524378303cdafae119106');
  expect(bytesOf(plain, numbered)).toBe('64445d1f00003974920100ff4d4c13669384b67354b2b6175ff4b8658c666a6cf88e');
  for (const answer of [bare, numbered]) {
    const read = unprotectAnswer(withSalt, answer, to)?.content;
    expect([read?.code, text(read?.payload ?? empty)]).toEqual([0x45, text(plain.payload)]);
  }
  expect(unprotectAnswer(withSalt, bare, { kid: empty, piv: hex('13') })).toBeUndefined();
});
