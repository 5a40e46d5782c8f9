import { movableClock } from '@keystead/kernel/base';
import { expect, test } from 'vitest';
import { optionNumbers, optionOf } from '../message/option.ts';
import { readObject } from './object.ts';
import { type Opened, OscoreRelation } from './relation.ts';
import { ReplayWindow } from './replay-window.ts';

const none = new Uint8Array(0);
const masterSecret = Uint8Array.from({ length: 16 }, (_, index) => index);
const a = Uint8Array.of(0xa);
const b = Uint8Array.of(0xb);
const clock = movableClock('2026-06-01T00:00:00Z');
const device = () => new OscoreRelation({ masterSecret, senderId: a, recipientId: b }, clock);
const platform = () => new OscoreRelation({ masterSecret, senderId: b, recipientId: a }, clock);

const send = (
  to: OscoreRelation,
  sealed: { options: { number: number; value: Uint8Array }[]; payload: Uint8Array },
): Opened => {
  const object = readObject(optionOf(sealed.options, optionNumbers.oscore) ?? none);
  return to.openRequest(sealed.payload, object?.piv ?? none);
};

test('a request is believed only after it repeated the challenge, and then once', () => {
  const [ours, theirs] = [platform(), device()];
  const plain = { code: 2, options: [], payload: Buffer.from('{}') };
  const first = theirs.request(plain).content;
  const stale = send(ours, first);
  if (stale.kind !== 'stale') throw new Error(stale.kind);
  const answer = ours.answer(
    { code: 0x81, options: [{ number: 252, value: stale.challenge }], payload: none },
    stale.binding,
  );
  expect(theirs.openAnswer(answer, stale.binding)?.content.options).toHaveLength(1);
  const echoed = theirs.request({ ...plain, options: [{ number: 252, value: stale.challenge }] }).content;
  expect(send(ours, echoed).kind).toBe('fresh');
  expect([first, echoed].map((sealed) => send(ours, sealed).kind)).toEqual(['replayed', 'replayed']);
  const later = [1, 2, 3].map(() => theirs.request(plain).content);
  expect(later.toReversed().map((sealed) => send(ours, sealed).kind)).toEqual(['fresh', 'fresh', 'fresh']);
  expect(later.map((sealed) => send(ours, sealed).kind)).toEqual(Array(3).fill('replayed'));
  expect(send(platform(), echoed).kind).toBe('stale');
});

test('message numbers run ahead of the clock by so little that a restart gives none out twice', () => {
  const used = new Set<string>();
  const numbers = (relation: OscoreRelation, count: number) => {
    for (let n = 0; n < count; n++) {
      const { piv } = relation.request({ code: 1, options: [], payload: none }).binding;
      used.add(Buffer.from(piv).toString('hex'));
    }
  };
  const before = device();
  numbers(before, 100);
  expect(() => numbers(before, 10)).toThrow('overloaded');
  clock.pass(0.1);
  numbers(device(), 100);
  expect(used.size).toBe(200);
});

test('the window takes each number once, and none that is 32 behind', () => {
  const window = new ReplayWindow();
  const take = (number: number) => {
    const isNew = window.isNew(number);
    if (isNew) window.note(number);
    return isNew;
  };
  expect([5, 3, 5, 3, 4, 40, 9, 8, 40, 39].map(take)).toEqual([
    true,
    true,
    false,
    false,
    true,
    true,
    true,
    false,
    false,
    true,
  ]);
  window.startAt(100);
  expect([100, 80, 101].map(take)).toEqual([false, false, true]);
});
