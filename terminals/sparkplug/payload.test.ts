import { clause } from '@keystead/kernel/testing';
import { bytesOfHex, isRefusal } from '@keystead/terminals/port';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { golden, goldenTime } from './golden.ts';
import { type Payload, readPayload, sparkplugFrameReader, type WrittenMetric, writePayload } from './index.ts';
import { metricValue } from './values.ts';
import { WireWriter } from './wire.ts';

function read(bytes: Uint8Array): Payload {
  const payload = readPayload(bytes);
  if (isRefusal(payload)) throw new Error(payload.detail);
  return payload;
}

const valuesOf = ({ metrics }: Payload) =>
  Object.fromEntries(
    metrics.map(({ name, alias, raw, type = 'Unknown' }) => {
      const said = raw ? metricValue(raw, type) : { value: null };
      return [name ?? `${alias}`, 'value' in said ? said.value : said.refusal.problem.type];
    }),
  );

test(clause('I-7.1-c', 'values of every Sparkplug type become plain ones, as another encoder wrote them'), () => {
  const birth = read(golden.DBIRTH);
  expect({ time: birth.time, seq: birth.seq }).toEqual({ time: goldenTime, seq: 1 });
  expect(birth.metrics.map(({ alias }) => alias)).toEqual(Array.from({ length: 13 }, (_, at) => BigInt(at + 1)));
  expect(birth.metrics[1]?.properties).toEqual({ unit: '°C', quality: 192, high: 80.5 });
  expect(valuesOf(birth)).toEqual({
    'Inputs/A': true,
    Temperature: 21.5,
    Count: -5,
    Total: 4_000_000_000,
    Energy: 1234.5678,
    Serial: '压力-7',
    Since: goldenTime,
    Small: -100,
    Big: -123_456_789_012,
    Raw: 'AQL/',
    Table: {
      columns: ['n', 'v'],
      rows: [
        ['a', 1],
        ['b', -2],
      ],
    },
    Motor: { rpm: 1450, on: true },
    Nothing: null,
  });
  expect(valuesOf(read(golden.DDATA))).toEqual({ 2: 22.25, 3: -6 });
  expect(read(golden.historical).metrics.map(({ isHistorical }) => isHistorical)).toEqual([true, false]);
  expect(read(golden.NDEATH).seq).toBeUndefined();
});

test('lists are packed, little end first', () => {
  const list = (type: number, hex: string) => {
    const metric = new WireWriter().text(1, 'x').varint(4, type).bytes(16, bytesOfHex(hex)).done();
    return valuesOf(read(new WireWriter().bytes(2, metric).done())).x;
  };
  expect(list(22, '01ff80')).toEqual([1, -1, -128]);
  expect(list(23, '30f93075')).toEqual([-1744, 30_000]);
  expect(list(27, '30f9')).toEqual([63_792]);
  expect(list(24, 'ffffffff')).toEqual([-1]);
  expect(list(25, 'feffffffffffffff')).toEqual([-2]);
  expect(list(30, '0000803f')).toEqual([1]);
  expect(list(31, '0000000000000840')).toEqual([3]);
  expect(list(32, '0c000000 9b10')).toEqual([1, 0, 0, 1, 1, 0, 1, 1, 0, 0, 0, 1].map((bit) => bit === 1));
  expect(list(33, '41424300 78797a00')).toEqual(['ABC', 'xyz']);
  expect([list(24, 'ffffff'), list(33, '41'), list(32, 'ffffffff00'), list(25, 'ffffffffffffff7f')]).toEqual(
    Array.from({ length: 4 }, () => 'value-wrong-type'),
  );
});

test('a value that cannot be what its type says is refused, and never bent', () => {
  const one = (type: number, put: (metric: WireWriter) => WireWriter) =>
    valuesOf(read(new WireWriter().bytes(2, put(new WireWriter().text(1, 'x').varint(4, type)).done()).done())).x;
  expect([
    one(11, (to) => to.varint(10, 1)),
    one(12, (to) => to.varint(10, 1)),
    one(3, (to) => to.text(15, '5')),
    one(9, (to) => to.float(12, Number.NaN)),
    one(10, (to) => to.double(13, Number.POSITIVE_INFINITY)),
    one(8, (to) => to.varint(11, 2n ** 63n)),
    one(12, (to) => to.bytes(15, bytesOfHex('ff'))),
    one(19, (to) => to.bytes(18, bytesOfHex('ff'))),
    one(16, (to) => to.bytes(17, bytesOfHex('1201611801 2200'))),
  ]).toEqual(Array.from({ length: 9 }, () => 'value-wrong-type'));
  // Of eight bits only eight count, whether the sender wrote one byte or the whole complement.
  expect([one(1, (to) => to.varint(10, 0xff)), one(1, (to) => to.varint(10, 0xffff_ffff))]).toEqual([-1, -1]);
});

test('bytes that are no payload are refused with what is wrong', () => {
  const refusals = ['ff', '0a', '08', '1203', '12020a80', '1a00', '120410ffff', '0dffffffff', '00', '0b'];
  for (const hex of refusals) expect(isRefusal(readPayload(bytesOfHex(hex))), hex).toBe(true);
  const packed = new WireWriter().text(4, 'SPBV1.0_COMPRESSED').bytes(5, bytesOfHex('78')).done();
  const said = readPayload(packed);
  expect(isRefusal(said) && [said.problem.type, said.detail]).toEqual([
    'protocol-violated',
    'compressed payloads are not read',
  ]);
  // An extension of somebody is passed over.
  expect(read(Uint8Array.from([...golden.DDATA, 0x32, 0x01, 0x00])).metrics).toHaveLength(2);
});

const scalar: fc.Arbitrary<WrittenMetric> = fc.oneof(
  fc.record({ type: fc.constant('Int32' as const), value: fc.integer() }),
  fc.record({ type: fc.constant('Int64' as const), value: fc.maxSafeInteger() }),
  fc.record({ type: fc.constant('UInt8' as const), value: fc.nat(255) }),
  fc.record({ type: fc.constant('Double' as const), value: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
  fc.record({ type: fc.constant('Float' as const), value: fc.float({ noNaN: true, noDefaultInfinity: true }) }),
  fc.record({ type: fc.constant('Boolean' as const), value: fc.boolean() }),
  fc.record({ type: fc.constant('String' as const), value: fc.string({ unit: 'grapheme' }) }),
  fc.record({ type: fc.constant('DateTime' as const), value: fc.nat() }),
);

test('what is written is read as it was', () => {
  fc.assert(
    fc.property(fc.array(scalar, { maxLength: 8 }), fc.nat(255), fc.nat(), (metrics, seq, time) => {
      const named = metrics.map((one, at) => ({ ...one, name: `m${at}`, time }));
      const bytes = writePayload(named, { time, seq });
      if (isRefusal(bytes)) throw new Error(bytes.detail);
      const payload = read(bytes);
      expect([payload.time, payload.seq]).toEqual([time, seq]);
      expect(payload.metrics.map(({ type }) => type)).toEqual(metrics.map(({ type }) => type));
      expect(Object.values(valuesOf(payload))).toEqual(metrics.map(({ value }) => value));
    }),
    { numRuns: 2_000, seed: 31 },
  );
});

test('random and damaged bytes never throw, and an explanation stays within them', () => {
  const frames = Object.values(golden);
  const damaged = fc
    .tuple(fc.constantFrom(...frames), fc.array(fc.tuple(fc.nat(900), fc.nat(255)), { maxLength: 6 }), fc.nat(900))
    .map(([frame, changes, length]) => {
      const bytes = frame.slice(0, length);
      for (const [at, value] of changes) bytes[at % (bytes.length || 1)] = value;
      return bytes;
    });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (bytes) => {
      const payload = readPayload(bytes);
      if (!isRefusal(payload)) valuesOf(payload);
      for (const { start, end } of sparkplugFrameReader.explain(bytes)?.fields ?? [])
        expect(start >= 0 && start < end && end <= bytes.length).toBe(true);
    }),
    { numRuns: 6_000, seed: 32 },
  );
});

test('the frame desk names a payload and its points', () => {
  const explained = sparkplugFrameReader.explain(golden.DBIRTH);
  expect(explained).toMatchObject({ protocol: 'sparkplug', certainty: 0.6, checksum: 'none' });
  expect(explained?.fields[2]).toMatchObject({ name: { en: 'Metric' }, value: 'Temperature (Float) = 21.5' });
  expect(explained?.uplink).toMatchObject({
    readings: [{ time: goldenTime * 1000, values: { Temperature: 21.5, Count: -5 } }],
  });
  expect(sparkplugFrameReader.explain(golden.NDEATH)?.certainty).toBe(0.6);
  expect(sparkplugFrameReader.explain(bytesOfHex('0a 03 61 62 63'))).toBeUndefined();
});
