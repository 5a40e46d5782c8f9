import { clause } from '@keystead/kernel/testing';
import { isRefusal } from '@keystead/terminals/port';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decoderOf } from './decode.ts';
import { encodeRegisters, sameValue } from './encode.ts';
import { type Form, forms, type Order, orders, type Point } from './point.ts';

const point = (form: Form, more: Partial<Point> = {}): Point => ({
  name: 'p',
  area: 'holding',
  address: 0,
  form,
  ...more,
});
const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const read = (hex: string, of: Point, at = 0) => decoderOf(of)(bytes(hex), at);

test(clause('H-7.1-b-1', 'registers become values in each form'), () => {
  const cases: [string, Point, unknown][] = [
    ['FF FE', point('int16'), -2],
    ['FF FE', point('uint16'), 65_534],
    ['FF FF FF FE', point('int32'), -2],
    ['FF FF FF FE', point('uint32'), 4_294_967_294],
    ['FF FF FF FF FF FF FF FE', point('int64'), -2],
    ['00 00 00 01 00 00 00 00', point('uint64'), 4_294_967_296],
    ['41 AC CC CD', point('float32'), 21.6],
    ['3F F8 00 00 00 00 00 00', point('float64'), 1.5],
    ['12 34', point('bcd16'), 1234],
    ['12 34 56 78', point('bcd32'), 12_345_678],
    ['4B 53 2D 31 30 00', point('string', { length: 3 }), 'KS-10'],
    ['B0 B2 CA E0 00 00', point('string', { length: 3, text: 'gbk' }), '安枢'],
    ['00 D5', point('int16', { scale: 0.1 }), 21.3],
    ['00 03', point('int16', { scale: 0.1 }), 0.3],
    ['00 64', point('uint16', { scale: 0.5, offset: -40 }), 10],
    ['00 64', point('uint16', { scale: 0.01, offset: 0.1 }), 1.1],
    ['80 01', point('uint16', { bit: 15 }), true],
    ['80 01', point('uint16', { bit: 1 }), false],
    ['01 80', point('uint16', { bit: 15, order: 'BADC' }), true],
  ];
  for (const [hex, of, value] of cases) expect(read(hex, of), `${hex} ${JSON.stringify(of)}`).toBe(value);
});

test('the four orders of bytes and words', () => {
  const shapes: Record<Order, [string, string]> = {
    ABCD: ['0A 0B 0C 0D', '01 02 03 04 05 06 07 08'],
    BADC: ['0B 0A 0D 0C', '02 01 04 03 06 05 08 07'],
    CDAB: ['0C 0D 0A 0B', '07 08 05 06 03 04 01 02'],
    DCBA: ['0D 0C 0B 0A', '08 07 06 05 04 03 02 01'],
  };
  for (const order of orders) {
    expect(read(shapes[order][0], point('uint32', { order }))).toBe(0x0a0b0c0d);
    expect(read(shapes[order][1], point('int64', { order, scale: 1e-3 }))).toBeCloseTo(
      Number(0x0102030405060708n) / 1000,
      0,
    );
  }
  expect(read('34 12', point('uint16', { order: 'BADC' }))).toBe(0x1234);
  expect(read('12 34', point('uint16', { order: 'CDAB' }))).toBe(0x1234);
});

test('reading leaves the bytes as they came, also those of a socket', () => {
  for (const order of orders) {
    const data = Buffer.from('0000425e', 'hex');
    const decode = decoderOf(point('float32', { order }));
    const first = decode(data, 0);
    expect(data.toString('hex')).toBe('0000425e');
    expect(decode(Uint8Array.from(data), 0)).toEqual(first);
  }
});

test('a bit pattern that means no value is refused with its reason', () => {
  for (const [hex, of] of [
    ['7F C0 00 00', point('float32')],
    ['FF F0 00 00 00 00 00 00', point('float64')],
    ['12 3A', point('bcd16')],
    ['7F FF FF FF FF FF FF FF', point('int64')],
    ['C3 28', point('string', { length: 1 })],
  ] as const)
    expect(read(hex, of), hex).toHaveProperty('problem.type', 'value-wrong-type');
});

test('coils are packed low bit first', () => {
  const coil: Point = { name: 'c', area: 'coil', address: 0 };
  expect([0, 1, 8, 9].map((at) => read('01 02', coil, at))).toEqual([true, false, false, true]);
});

test('what is written is what is read, in every form and order', () => {
  const numeric = forms.filter((form) => form !== 'bit' && form !== 'string');
  const limits: Partial<Record<Form, [number, number]>> = {
    int16: [-32_768, 32_767],
    uint16: [0, 65_535],
    int32: [-(2 ** 31), 2 ** 31 - 1],
    uint32: [0, 2 ** 32 - 1],
    bcd16: [0, 9999],
    bcd32: [0, 99_999_999],
  };
  const any = fc.constantFrom(...numeric).chain((form) => {
    const [min, max] = limits[form] ?? [0, Number.MAX_SAFE_INTEGER];
    const value = form.startsWith('float')
      ? fc.double({ noNaN: true, noDefaultInfinity: true })
      : fc.integer({ min, max });
    return fc.record({ form: fc.constant(form), value, order: fc.constantFrom(...orders) });
  });
  fc.assert(
    fc.property(any, ({ form, value, order }) => {
      const wanted = form === 'float32' ? Math.fround(value) : value;
      fc.pre(Number.isFinite(wanted));
      const of = point(form, { order });
      const registers = encodeRegisters(of, wanted);
      if (isRefusal(registers)) throw new Error(registers.detail);
      const data = Uint8Array.from(registers.flatMap((register) => [register >> 8, register & 0xff]));
      const back = decoderOf(of)(data, 0);
      if (form === 'float32') expect(Math.fround(Number(back))).toBe(wanted);
      else expect(back).toBe(wanted === 0 ? back : wanted);
      expect(typeof back === 'number' && sameValue(of, wanted, back)).toBe(true);
    }),
    { seed: 7, numRuns: 4000 },
  );
});

test('a set-point between two steps goes to the nearer one and still counts as reached', () => {
  const of = point('int16', { scale: 0.1 });
  expect(encodeRegisters(of, 21.34)).toEqual([213]);
  expect(sameValue(of, 21.34, 21.3)).toBe(true);
  expect(sameValue(of, 21.34, 21.4)).toBe(false);
});

test('what does not fit is refused before anything is sent', () => {
  for (const [of, value] of [
    [point('uint16'), -1],
    [point('uint16'), 1.5],
    [point('int16'), 40_000],
    [point('bcd16'), 10_000],
    [point('uint16'), '5'],
    [point('float32'), 1e40],
    [point('float64'), Number.NaN],
    [point('string', { length: 1 }), 'abc'],
    [point('string', { length: 4, text: 'gbk' }), 'a'],
  ] as const)
    expect(encodeRegisters(of, value), `${of.form} ${value}`).toHaveProperty('problem.type', 'value-wrong-type');
});
