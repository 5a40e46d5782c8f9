import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeMessage, encodeMessage, isMalformed, type Message, messageTypes } from './message.ts';
import { notUnderstood, optionNumbers, pathOf, targetOptions, uintOf, uintOption } from './option.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const read = (bytes: string): Message => {
  const message = decodeMessage(hex(bytes));
  if (isMalformed(message)) throw new Error(message.malformed);
  return message;
};

test('golden frames: a GET, its answer on the acknowledgement, and a ping', () => {
  const request = read('41 01 7d35 20 bb 74656d7065726174757265');
  expect({ ...request, token: text(request.token), options: undefined }).toMatchObject({
    type: 'CON',
    code: 1,
    id: 0x7d35,
    token: '20',
  });
  expect(pathOf(request.options)).toEqual(['temperature']);
  const answer = read('61 45 7d35 20 ff 32322e332043');
  expect([answer.type, answer.code, Buffer.from(answer.payload).toString()]).toEqual(['ACK', 0x45, '22.3 C']);
  expect(read('4000 1234')).toMatchObject({ type: 'CON', code: 0, id: 0x1234, options: [] });
});

test('options with one and two bytes of extension are read and written', () => {
  const lengths = [0, 12, 13, 268, 269, 700];
  const options = [1, 13, 14, 268, 282, 283, 552, 65_000].flatMap((number) =>
    lengths.map((length) => ({ number, value: new Uint8Array(length) })),
  );
  for (let from = 0; from < options.length; from += 2) {
    const message: Message = {
      type: 'NON',
      code: 2,
      id: 65_535,
      token: hex('0102030405060708'),
      options: options.slice(from, from + 2),
      payload: hex('ff00'),
    };
    const back = read(text(encodeMessage(message)));
    expect(back.options.map(({ number, value }) => [number, value.length])).toEqual(
      message.options.map(({ number, value }) => [number, value.length]),
    );
    expect([back.type, back.id, text(back.token), text(back.payload)]).toEqual([
      'NON',
      65_535,
      '0102030405060708',
      'ff00',
    ]);
  }
});

test('what is no message is told apart, and only a confirmable one is to be reset', () => {
  const wrong = [
    '',
    '4001',
    '0001 0001',
    '4901 0001',
    '4101 0001',
    '4000 0001 ff',
    '4001 0001 ff',
    '4001 0001 f0',
    '4001 0001 0f',
    '4001 0001 d0',
    '4001 0001 e000',
    '4001 0001 05 01',
    '4001 0001 e0ffff e0ffff',
    `4001 0001 ${'00'.repeat(65)}`,
  ];
  for (const bytes of wrong) expect(decodeMessage(hex(bytes))).toHaveProperty('malformed');
  expect(decodeMessage(hex('4901 00ff'))).toHaveProperty('reset', 255);
  expect(decodeMessage(hex('5901 00ff'))).not.toHaveProperty('reset');
  expect(decodeMessage(new Uint8Array(2049).fill(0x40))).toHaveProperty('malformed', 'too long');
});

test('critical options: unknown, repeated or of impossible length forbid; elective ones do not', () => {
  const of = (...options: [number, number][]) =>
    notUnderstood(options.map(([number, length]) => ({ number, value: new Uint8Array(length) })));
  expect(of([11, 3], [11, 0], [15, 255], [60, 9], [2, 1])).toBeUndefined();
  expect([of([9999, 0]), of([3, 0]), of([23, 4]), of([27, 1], [27, 1]), of([35, 3]), of([5, 0])]).toEqual([
    9999, 3, 23, 27, 35, 5,
  ]);
});

test('numbers and targets', () => {
  for (const [value, bytes] of [
    [0, ''],
    [255, 'ff'],
    [256, '0100'],
    [0xffffffff, 'ffffffff'],
  ] as const) {
    const option = uintOption(optionNumbers.observe, value);
    expect([text(option.value), uintOf([option], optionNumbers.observe)]).toEqual([bytes, value]);
  }
  expect(targetOptions('/')).toEqual([]);
  expect(targetOptions('/a/b%20c?x=1&y').map(({ number, value }) => `${number} ${Buffer.from(value)}`)).toEqual([
    '11 a',
    '11 b c',
    '15 x=1',
    '15 y',
  ]);
});

test('any bytes are read without throwing, and what was read is written back the same', () => {
  const option = fc.record({ number: fc.integer({ min: 0, max: 65_535 }), value: fc.uint8Array({ maxLength: 300 }) });
  const message = fc.record({
    type: fc.constantFrom(...messageTypes),
    code: fc.integer({ min: 1, max: 255 }),
    id: fc.integer({ min: 0, max: 65_535 }),
    token: fc.uint8Array({ maxLength: 8 }),
    options: fc.array(option, { maxLength: 4 }),
    payload: fc.uint8Array({ maxLength: 200 }),
  });
  fc.assert(
    fc.property(message, (one) => {
      const bytes = encodeMessage(one);
      expect(text(encodeMessage(read(text(bytes))))).toBe(text(bytes));
    }),
    { seed: 7252, numRuns: 1_500 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.boolean(), (bytes, likely) => {
      if (likely) bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x38);
      const one = decodeMessage(bytes);
      if (!isMalformed(one)) expect(isMalformed(decodeMessage(encodeMessage(one)))).toBe(false);
    }),
    { seed: 7252, numRuns: 4_000 },
  );
});
