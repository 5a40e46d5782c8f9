import fc from 'fast-check';
import { expect, test } from 'vitest';
import { builtIn, fromVariant, toVariant } from './values.ts';

test('each built-in type becomes what JSON has', () => {
  const cases: [number, unknown, unknown][] = [
    [builtIn.Boolean, true, true],
    [builtIn.UInt16, 7, 7],
    [builtIn.Int64, [0xffffffff, 0xfffffffe], -2],
    [builtIn.UInt64, [1, 0], 4_294_967_296],
    [builtIn.Float, Math.fround(21.6), 21.6],
    [builtIn.Double, 21.60000038, 21.60000038],
    [builtIn.String, 'pump', 'pump'],
    [builtIn.DateTime, new Date('2026-11-21T05:00:00Z'), '2026-11-21T05:00:00.000Z'],
    [builtIn.ByteString, Buffer.from([1, 2, 255]), 'AQL/'],
    [builtIn.LocalizedText, { text: '泵', locale: 'zh' }, '泵'],
    [builtIn.QualifiedName, { name: 'Pump', namespaceIndex: 1 }, 'Pump'],
  ];
  for (const [dataType, value, json] of cases) expect(fromVariant({ dataType, value })).toEqual({ value: json });
  expect(fromVariant({ dataType: builtIn.Double, arrayType: 1, value: new Float64Array([1, 2]) })).toEqual({
    value: [1, 2],
  });
});

test('what is no value is refused with its reason', () => {
  for (const variant of [
    { dataType: builtIn.Double, value: Number.NaN },
    { dataType: builtIn.Int64, value: [0x7fffffff, 0xffffffff] },
    { dataType: builtIn.Int64, value: 5 },
    { dataType: builtIn.DateTime, value: 'now' },
    { dataType: 0, value: undefined },
    { dataType: builtIn.Double, arrayType: 1, value: new Array(10_001).fill(0) },
  ])
    expect(fromVariant(variant)).toHaveProperty('problem.type', 'value-wrong-type');
});

test('nothing is coerced when it is written', () => {
  for (const [dataType, value] of [
    [builtIn.Boolean, 1],
    [builtIn.Byte, 256],
    [builtIn.Int16, 1.5],
    [builtIn.Double, '1'],
    [builtIn.String, 1],
    [builtIn.DateTime, 'soon'],
    [builtIn.NodeId, 'i=1'],
    [builtIn.UInt64, -1],
    [builtIn.Double, [1, 'x']],
    [builtIn.Double, undefined],
  ] as const)
    expect(toVariant(dataType, value), `${dataType} ${value}`).toHaveProperty('problem.type', 'value-wrong-type');
});

test('a whole number of any size comes back as it was sent', () => {
  const anyOf = (dataType: number, min: number, max: number) =>
    fc.record({ dataType: fc.constant(dataType), value: fc.integer({ min, max }) });
  const any = fc.oneof(
    anyOf(builtIn.SByte, -128, 127),
    anyOf(builtIn.Int32, -(2 ** 31), 2 ** 31 - 1),
    anyOf(builtIn.Int64, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    anyOf(builtIn.UInt64, 0, Number.MAX_SAFE_INTEGER),
  );
  fc.assert(
    fc.property(any, fc.boolean(), ({ dataType, value }, many) => {
      const json = many ? [value, value] : value;
      const variant = toVariant(dataType, json);
      if ('problem' in variant) throw new Error(variant.detail);
      expect(fromVariant(variant)).toEqual({ value: json });
    }),
    { seed: 5, numRuns: 2000 },
  );
});

test('whatever a server puts into a variant, reading it never throws', () => {
  fc.assert(
    fc.property(fc.nat(30), fc.nat(2), fc.anything(), (dataType, arrayType, value) => {
      const read = fromVariant({ dataType, arrayType, value });
      expect('value' in read || 'problem' in read).toBe(true);
    }),
    { seed: 6, numRuns: 4000 },
  );
});
