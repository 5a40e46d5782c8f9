import { InputInvalid, Overloaded } from '@keystead/contracts/problem';
import { ChecksumWrong, DeviceRefused, DeviceSilent } from '@keystead/terminals/port';
import { expect, test } from 'vitest';
import { failureOf, problemFrom } from './problem-words.ts';

const across = (cause: unknown) => problemFrom(structuredClone(failureOf(cause)));

test('a refusal that crosses to another thread is of the same kind there, and says the same', () => {
  for (const Kind of [Overloaded, DeviceSilent, DeviceRefused, ChecksumWrong, InputInvalid]) {
    const there = across(new Kind({ detail: 'in its words' }));
    expect(there).toBeInstanceOf(Kind);
    expect(there.data).toEqual({ detail: 'in its words' });
  }
});

test('what is wrong with each field of an input is not lost on the way', () => {
  const errors = [
    { pointer: '/value', code: 'maximum', detail: '≤ 50' },
    { pointer: '/at', code: 'required' },
  ];
  expect(across(new InputInvalid({}, errors)).errors).toEqual(errors);
});

test('what no kind was made for is named in words', () => {
  expect(across(new TypeError('x is undefined'))).toMatchObject({
    type: 'device-refused',
    data: { detail: 'internal: x is undefined' },
  });
});
