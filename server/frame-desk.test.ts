import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameDesk } from './frame-desk.ts';

const desk = createFrameDesk();
const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');

const water = '68 10 77 66 55 44 33 22 11 81 09 90 1F 01 78 56 34 12 00 FF A1 16';
const meter = '68 12 90 78 56 34 12 68 91 08 33 33 34 33 89 67 45 33 54 16';
const fire = '40 40 07 00 01 00 05 1E 0E 13 09 1A 00 00 00 00 00 00 01 00 00 00 00 11 00 00 03 84 23 23';
const register = '01 03 02 00 2A 39 9B';
const bacnet = '81 0A 00 17 01 00 30 01 0C 0C 00 00 00 05 19 55 3E 44 42 90 99 9A 3F';
const sparkplug = '08d2faf5a8a02b1210100218eef9f5a8a02b2009650000b2411211100318d2faf5a8a02b200350faffffff0f1802';
const discovery = Buffer.from('{"stat_t":"a/b","unit_of_meas":"W","dev":{"ids":"1C"}}').toString('hex');

test.each([
  ['bacnet', bacnet],
  ['sparkplug', sparkplug],
  ['homeassistant', discovery],
])('%s, which has no checksum, is the first guess for a whole frame of it', async (protocol, hex) => {
  const [first] = await desk.explain(bytes(hex));
  expect(first).toMatchObject({ protocol, checksum: 'none', start: 0, end: bytes(hex).length });
});

test('a datagram of BACnet is found in the middle of a capture', async () => {
  const found = await desk.explain(
    Buffer.concat([Buffer.from('00ff13', 'hex'), bytes(bacnet), Buffer.from('00', 'hex')]),
  );
  expect(found).toContainEqual(expect.objectContaining({ protocol: 'bacnet', start: 3, end: 26 }));
});

test.each([
  ['cjt188', water],
  ['dlt645', meter],
  ['gb26875', fire],
  ['modbus-rtu', register],
])('%s is the first guess for a frame of it, with a right checksum', async (protocol, hex) => {
  const [first] = await desk.explain(bytes(hex));
  expect(first).toMatchObject({ protocol, checksum: 'right', start: 0, end: bytes(hex).length });
  for (const { start, end } of first?.fields ?? []) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeLessThanOrEqual(bytes(hex).length);
  }
});

test.each([
  ['cjt188', water],
  ['dlt645', meter],
  ['gb26875', fire],
  ['modbus-rtu', register],
])('%s is found twice in the middle of a capture, at its place', async (protocol, hex) => {
  const frame = bytes(hex);
  const garbage = Buffer.from('00ff13', 'hex');
  const capture = Buffer.concat([garbage, frame, garbage, frame, garbage]);
  const found = (await desk.explain(capture)).filter((each) => each.protocol === protocol && each.checksum === 'right');
  expect(found.map(({ start, end }) => [start, end])).toEqual([
    [3, 3 + frame.length],
    [6 + frame.length, 6 + 2 * frame.length],
  ]);
  const last = found[1]?.fields.at(-1);
  expect(last?.end).toBe(6 + 2 * frame.length);
});

test('what the platform would take stands beside the frame', async () => {
  const [first] = await desk.explain(bytes(meter));
  expect(first?.points.length).toBeGreaterThan(0);
  expect(first?.points[0]).toMatchObject({ kind: 'reading' });
});

test('a wrong checksum is told as such, and not taken for a sure frame', async () => {
  const broken = bytes(water);
  broken.writeUInt8(broken.readUInt8(15) ^ 1, 15);
  const [first] = await desk.explain(broken);
  expect(first).toMatchObject({ protocol: 'cjt188', checksum: 'wrong' });
  expect(first?.certainty).toBeLessThan(1);
});

test('any bytes are looked at without a failure, and fields lie within them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (input) => {
      for (const { start, end, certainty } of await desk.explain(input)) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(input.length);
        expect(certainty).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 150, seed: 7 },
  );
});

test('a capture as long as may be, of nothing but beginnings, is answered with a bounded list', async () => {
  const found = await desk.explain(Buffer.alloc(65_536, '4040', 'hex'));
  expect(found.length).toBeLessThanOrEqual(64);
  expect((await desk.explain(Buffer.alloc(65_536, 0x68))).length).toBeLessThanOrEqual(64);
}, 30_000);
