import { clause } from '@keystead/kernel/testing';
import { bytesOfHex, isRefusal } from '@keystead/terminals/port';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readApdu } from './frame/apdu.ts';
import { objectIdOf, objectText, propertyOf } from './frame/names.ts';
import { readNpdu, writeNpdu } from './frame/npdu.ts';
import {
  readCovNotification,
  readError,
  readIAm,
  readReadMultipleAck,
  readReadPropertyAck,
  writeReadMultiple,
  writeReadProperty,
  writeSubscribeCov,
  writeWhoIs,
  writeWriteProperty,
} from './frame/services.ts';
import { readTags, TagWriter } from './frame/tags.ts';
import { type ValueType, valuesIn, writeValue } from './frame/values.ts';
import { bacnetFrameReader, readDatagram } from './index.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
const clear = (text: string) => text.replaceAll(' ', '');
const object = (text: string) => objectIdOf(text) ?? { type: -1, instance: -1 };

// Application messages as the examples of the standard (annex F of ASHRAE 135) have them.
const examples = {
  readProperty: '00 00 01 0C 0C 00 00 00 05 19 55',
  readPropertyAck: '30 01 0C 0C 00 00 00 05 19 55 3E 44 42 90 99 9A 3F',
  readMultipleAck: '30 01 0E 0C 00 00 00 10 1E 29 55 4E 44 42 90 99 9A 4F 29 67 4E 91 00 4F 1F',
  writeProperty: '00 04 59 0F 0C 00 80 00 01 19 55 3E 44 43 34 00 00 3F',
  subscribe: '00 02 0F 05 09 12 1C 00 00 00 0A 29 01 39 00',
  notification:
    '00 02 0F 01 09 12 1C 02 00 00 04 2C 00 00 00 0A 39 00 4E 09 55 2E 44 42 82 00 00 2F 09 6F 2E 82 04 00 2F 4F',
};
const datagrams = {
  whoIs: '81 0B 00 0C 01 20 FF FF 00 FF 10 08',
  iAm: '81 0B 00 18 01 20 FF FF 00 FF 10 00 C4 02 00 02 57 22 04 00 91 00 21 0F',
  ack: `81 0A 00 17 01 00 ${examples.readPropertyAck}`,
  forwarded: '81 04 00 1E C0 A8 01 0A BA C0 01 08 00 05 01 0C 10 00 C4 02 00 02 57 22 04 00 91 00 21 0F',
  result: '81 00 00 06 00 30',
  error: '81 0A 00 0D 01 00 50 01 0C 91 01 91 1F',
  abort: '81 0A 00 09 01 00 71 01 04',
};
const inside = (text: string) => {
  const bytes = bytesOfHex(text);
  const apdu = readApdu(bytes, 0);
  return bytes.subarray(apdu && 'start' in apdu ? apdu.start : bytes.length);
};

test(clause('I-7.1-c', 'the examples of the standard are read as it says'), () => {
  expect(readReadPropertyAck(inside(examples.readPropertyAck))).toEqual({
    object: { type: 0, instance: 5 },
    property: 85,
    values: [{ type: 'real', value: Math.fround(72.3) }],
  });
  expect(readReadMultipleAck(inside(examples.readMultipleAck))).toEqual([
    { object: object('analog-input:16'), property: 85, values: [{ type: 'real', value: Math.fround(72.3) }] },
    { object: object('analog-input:16'), property: 103, values: [{ type: 'enumerated', value: 0 }] },
  ]);
  expect(readCovNotification(inside(examples.notification))).toEqual({
    subscriber: 18,
    device: 4,
    object: object('analog-input:10'),
    values: [
      { property: 85, values: [{ type: 'real', value: 65 }] },
      { property: 111, values: [{ type: 'bits', value: [false, false, false, false] }] },
    ],
  });
  const iAm = readDatagram(bytesOfHex(datagrams.iAm));
  expect(iAm.kind === 'message' && readIAm(iAm.inside)).toEqual({ device: 599, most: 1024, vendor: 15 });
});

test('requests are written as the examples of the standard', () => {
  const address = { object: object('analog-input:5'), property: 85 };
  expect(hex(writeReadProperty(address))).toBe(clear(examples.readProperty).slice(8));
  const value = writeValue('real', 180);
  expect(!isRefusal(value) && hex(writeWriteProperty({ object: object('analog-value:1'), property: 85 }, value))).toBe(
    clear(examples.writeProperty).slice(8),
  );
  const cov = { isConfirmed: true, lifetime: 0 };
  expect(hex(writeSubscribeCov(18, object('analog-input:10'), cov))).toBe(clear(examples.subscribe).slice(8));
  expect(hex(writeNpdu(Uint8Array.of(0x10, 0x08, ...writeWhoIs()), 'all', false))).toBe(
    clear(datagrams.whoIs).slice(8),
  );
  const both = [address, { ...address, property: 103 }, { object: object('device:7'), property: 76, index: 1 }];
  expect(hex(writeReadMultiple(both))).toBe(clear('0C 00 00 00 05 1E 09 55 09 67 1F 0C 02 00 00 07 1E 09 4C 19 01 1F'));
});

test('who said it behind a router or a broadcast device is known', () => {
  const said = readDatagram(bytesOfHex(datagrams.forwarded));
  expect(said).toMatchObject({ origin: { host: '192.168.1.10', port: 47_808 }, station: { network: 5 } });
  expect(said.kind === 'message' && [...(said.station?.mac ?? [])]).toEqual([12]);
  const station = { network: 5, mac: Uint8Array.of(12) };
  const written = writeNpdu(Uint8Array.of(0x10, 0x08), station, true);
  expect(readNpdu(written, 0)).toEqual({ isNetworkMessage: false, start: 7 });
  expect(readDatagram(bytesOfHex(datagrams.result))).toEqual({ kind: 'result', result: 0x30 });
});

test('names and numbers of objects and properties', () => {
  expect(['analog-input:3', 'device:4194303', '142:7'].map((text) => objectText(object(text)))).toEqual([
    'analog-input:3',
    'device:4194303',
    '142:7',
  ]);
  for (const bad of ['analog-input', 'x:1', 'analog-input:4194304', 'analog-input:1:2', '1024:1', 'constructor:1'])
    expect(objectIdOf(bad), bad).toBeUndefined();
  expect([propertyOf('present-value'), propertyOf('512'), propertyOf('nothing'), propertyOf('toString')]).toEqual([
    85,
    512,
    undefined,
    undefined,
  ]);
});

test('values come back as they were written, in each type', () => {
  const written: fc.Arbitrary<[ValueType, unknown]> = fc.oneof(
    fc.tuple(fc.constant('real' as const), fc.float({ noNaN: true, noDefaultInfinity: true })),
    fc.tuple(fc.constant('double' as const), fc.double({ noNaN: true, noDefaultInfinity: true })),
    fc.tuple(fc.constant('signed' as const), fc.integer()),
    fc.tuple(fc.constant('unsigned' as const), fc.nat()),
    fc.tuple(fc.constant('enumerated' as const), fc.nat(300)),
    fc.tuple(fc.constant('boolean' as const), fc.boolean()),
    fc.tuple(fc.constant('string' as const), fc.string({ unit: 'grapheme', maxLength: 200 })),
  );
  fc.assert(
    fc.property(fc.array(written, { maxLength: 5 }), (values) => {
      const to = new TagWriter();
      for (const [type, value] of values) {
        const bytes = writeValue(type, value);
        if (isRefusal(bytes)) throw new Error(`${type} ${JSON.stringify(value)}: ${bytes.detail}`);
        to.raw(bytes);
      }
      expect(valuesIn(readTags(to.done()) ?? [])).toEqual(values.map(([type, value]) => ({ type, value })));
    }),
    { numRuns: 2_000, seed: 51 },
  );
  for (const [type, value] of [
    ['real', 1e39],
    ['unsigned', -1],
    ['unsigned', 1.5],
    ['enumerated', 'on'],
    ['boolean', 1],
    ['string', 'x'.repeat(1_001)],
    ['date', '2026-01-01'],
  ] as const)
    expect(isRefusal(writeValue(type, value)), `${type} ${value}`).toBe(true);
});

test('texts of other alphabets and unlikely dates are read', () => {
  const read = (text: string) => valuesIn(readTags(bytesOfHex(text)) ?? [])?.map(({ value }) => value);
  expect(read('75 05 04 6E 29 5E A6')).toEqual(['温度']);
  expect(read('73 05 E9 41')).toEqual(['éA']);
  expect(read('A4 7E 07 0F 03 B4 0E 1E FF FF')).toEqual(['2026-07-15', '14:30:*.*']);
  expect(read('A4 FF FF FF FF')).toEqual(['*-*-*']);
  expect([read('73 01 41 42'), read('A3 01 02 03'), read('44 01'), read('8108')]).toEqual([
    undefined,
    undefined,
    [],
    undefined,
  ]);
});

test('random and damaged datagrams never throw, and an explanation stays within them', () => {
  const frames = [...Object.values(datagrams), ...Object.values(examples)].map((text) => bytesOfHex(text));
  const damaged = fc
    .tuple(fc.constantFrom(...frames), fc.array(fc.tuple(fc.nat(40), fc.nat(255)), { maxLength: 4 }), fc.nat(60))
    .map(([frame, changes, length]) => {
      const bytes = frame.slice(0, length);
      for (const [at, value] of changes) bytes[at % (bytes.length || 1)] = value;
      return bytes;
    });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 120 }), damaged), (bytes) => {
      const datagram = readDatagram(bytes);
      for (const part of [bytes, datagram.kind === 'message' ? datagram.inside : bytes]) {
        readReadPropertyAck(part);
        readReadMultipleAck(part);
        readCovNotification(part);
        readIAm(part);
        readError(part);
      }
      for (const { start, end } of bacnetFrameReader.explain(bytes)?.fields ?? [])
        expect(start >= 0 && start <= end && end <= bytes.length).toBe(true);
    }),
    { numRuns: 6_000, seed: 52 },
  );
});

test('the frame desk names what is said in a datagram', () => {
  const explain = (text: string) => bacnetFrameReader.explain(bytesOfHex(text));
  expect(explain(datagrams.ack)).toMatchObject({
    certainty: 0.9,
    uplink: { readings: [{ values: { 'analog-input:5 present-value': Math.fround(72.3) } }] },
  });
  expect(explain(datagrams.iAm)?.fields.at(-1)).toMatchObject({ value: '599, vendor 15' });
  expect(explain(datagrams.error)?.fields.at(-1)).toMatchObject({ value: 'unknown-object' });
  expect(explain(datagrams.abort)?.fields.at(-1)).toMatchObject({ value: 'segmentation-not-supported' });
  expect(explain('81 0A 00 20 01 00')).toBeUndefined();
  expect(explain('68 10 45 41')).toBeUndefined();
});
