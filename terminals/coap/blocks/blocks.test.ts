import { expect, test } from 'vitest';
import { optionNumbers, uintOf } from '../message/option.ts';
import type { Content } from '../transport/endpoint.ts';
import { blockOption, largestBody, readBlock } from './block.ts';
import { Gathering } from './gathering.ts';
import { blockOf } from './serving.ts';

const body = Uint8Array.from({ length: 2500 }, (_, index) => index);
const part = (number: number, size = 1024, of = body): Content => ({
  code: 2,
  options: [blockOption(optionNumbers.block1, { number, more: (number + 1) * size < of.length, size })],
  payload: of.subarray(number * size, (number + 1) * size),
});

test('a body is put together in its order, and starts anew with its first block', () => {
  const gathering = new Gathering(4);
  const codes = [0, 1, 0, 1]
    .map((number) => gathering.add('a', part(number), 0))
    .map((one) => 'code' in one && one.code);
  expect(codes).toEqual([0x5f, 0x5f, 0x5f, 0x5f]);
  expect(gathering.add('a', part(2), 0)).toMatchObject({ payload: Buffer.from(body) });
  expect(gathering.size).toBe(0);
  expect(gathering.add('a', part(2), 0)).toMatchObject({ code: 0x88 });
  gathering.add('a', part(0), 0);
  expect(gathering.add('a', part(2), 0)).toMatchObject({ code: 0x88 });
  expect(gathering.add('a', { ...part(0), payload: body.subarray(0, 1000) }, 0)).toMatchObject({ code: 0x80 });
});

test('bodies are bounded in size, number and age', () => {
  const gathering = new Gathering(4);
  const huge = new Uint8Array(largestBody + 4096);
  const announced = {
    ...part(0, 1024, huge),
    options: [{ number: optionNumbers.size1, value: Uint8Array.of(2, 0, 0) }],
  };
  expect(gathering.add('a', announced, 0)).toMatchObject({ code: 0x8d });
  const answers = Array.from({ length: 65 }, (_, number) => gathering.add('a', part(number, 1024, huge), 0));
  expect(answers.at(-1)).toMatchObject({ code: 0x8d });
  for (let n = 0; n < 100; n++) gathering.add(`sender ${n}`, part(0), 0);
  expect(gathering.size).toBe(4);
  gathering.add('later', part(0), 300_000);
  expect(gathering.size).toBe(1);
});

test('a long answer is given in the blocks asked for; beyond the end there is none', () => {
  const whole: Content = { code: 0x45, options: [], payload: body };
  const parts = [0, 1, 2].map((number) =>
    blockOf(whole, number === 0 ? [] : [blockOption(23, { number, more: false, size: 1024 })]),
  );
  expect(Buffer.concat(parts.map(({ payload }) => payload))).toEqual(Buffer.from(body));
  expect(parts.map(({ options }) => readBlock(options, 23))).toMatchObject([
    { more: true },
    { more: true },
    { more: false },
  ]);
  expect(uintOf(parts[0]?.options ?? [], optionNumbers.size2)).toBe(2500);
  expect(blockOf(whole, [blockOption(23, { number: 40, more: false, size: 64 })]).payload).toHaveLength(0);
  expect(blockOf(whole, [{ number: 23, value: Uint8Array.of(7) }])).toMatchObject({ code: 0x80 });
  expect(readBlock([{ number: 23, value: Uint8Array.of(0xff, 0xff, 0xff, 0xff) }], 23)).toBeTypeOf('string');
});
