import type { FrameExplanation, FrameField } from '@keystead/terminals/port';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { modbusReader } from './explanation.ts';

const explain = (hex: string) => modbusReader.explain(Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex')));
const told = ({ fields }: FrameExplanation): string =>
  fields.map(({ name, value }) => `${name.en}=${value}`).join(' | ');

test('an RTU answer is told with its checksum and registers', () => {
  const frame = explain('11 03 06 AE 41 56 52 43 40 49 AD');
  expect(frame).toMatchObject({ protocol: 'modbus-rtu', checksum: 'right' });
  expect(frame && told(frame)).toBe(
    'unit=17 | function=3 读保持寄存器 read holding registers | byte count=6 | value=AE4156524340 | checksum CRC-16=49AD',
  );
  expect(frame?.fields[3]?.fields?.map(({ value }) => value)).toEqual([
    '44609 (0xAE41)',
    '22098 (0x5652)',
    '17216 (0x4340)',
  ]);
});

test('a wrong checksum is said, and makes the guess unsure', () => {
  const frame = explain('11 03 06 AE 41 56 52 43 40 49 AC');
  expect(frame?.checksum).toBe('wrong');
  expect(frame?.certainty).toBeLessThan(0.5);
  expect(frame?.refusal?.problem.type).toBe('checksum-wrong');
});

test('a TCP exception is told in words', () => {
  const frame = explain('00 05 00 00 00 03 01 83 02');
  expect(frame && told(frame)).toContain('exception=2 地址不存在 address not there');
});

test('bytes of another kind are not ours', () => {
  expect(explain('68 AA AA AA AA AA AA 68 11 04 33 33 34 33 AE 16')).toBeUndefined();
  expect(explain('')).toBeUndefined();
});

test('fields never point outside the bytes, whatever the bytes', () => {
  const within = (fields: readonly FrameField[], length: number): boolean =>
    fields.every(
      ({ start, end, fields: inner }) => start >= 0 && start <= end && end <= length && within(inner ?? [], length),
    );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(1, 2, 3, 4, 5, 15, 16, 22, 0x83), (bytes, code) => {
      const bent = Uint8Array.from(bytes);
      if (bent.length > 1) bent[1] = code;
      const frame = modbusReader.explain(bent);
      expect(frame === undefined || within(frame.fields, bent.length)).toBe(true);
    }),
    { seed: 3, numRuns: 4000 },
  );
});
