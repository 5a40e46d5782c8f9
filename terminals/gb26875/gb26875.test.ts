import { clause } from '@keystead/kernel/testing';
import { bytesOfHex, FrameScanner } from '@keystead/terminals/port';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readClock, writeClock } from './clock-form.ts';
import { addressText, gb26875Form, gb26875Reader, readFrame, writeFrame } from './index.ts';
import { readUnit } from './objects.ts';
import { type Translation, uplinksOf } from './words.ts';

const heartbeat = bytesOfHex(
  '40 40 08 00 01 00 05 1E 0E 13 09 1A 01 00 00 00 00 11 00 00 00 00 00 00 09 00 02 15 01 01 05 1E 0E 13 09 1A 0B 23 23',
);
const confirmation = bytesOfHex(
  '40 40 07 00 01 00 05 1E 0E 13 09 1A 00 00 00 00 00 00 01 00 00 00 00 11 00 00 03 84 23 23',
);
const inBeijing = (text: string) => new Date(`${text}+08:00`).getTime();
const translation: Translation = {
  transmitter: 'TX',
  nameOf: ({ component }) => (component?.address === '00000102' ? 'SMOKE' : undefined),
  clock: 'binary',
  zone: 'Asia/Shanghai',
  now: inBeijing('2026-09-19T14:31:00'),
};
/** One component: system 1.1, a smoke detector, address, state, description, time. */
function component(address: number[], state: number, time = writeClock(translation.now, 'binary', 'Asia/Shanghai')) {
  const description = new Uint8Array(31);
  description.set(bytesOfHex('37 C2 A5 30 32 CA D2'));
  return [1, 1, 40, ...address, state & 0xff, state >> 8, ...description, ...time];
}

test(clause('H-7.1-b-2', 'a heartbeat and a confirmation are read as the standard lays them out'), () => {
  expect(new FrameScanner(gb26875Form).push(heartbeat).map(({ kind }) => kind)).toEqual(['frame']);
  const frame = readFrame(heartbeat);
  expect([frame.sequence, frame.command, addressText(frame.source)]).toEqual([8, 2, '110000000001']);
  expect(readClock(frame.time, 'auto', 'Asia/Shanghai', translation.now)).toBe(inBeijing('2026-09-19T14:30:05'));
  expect(uplinksOf(frame.data, translation).uplinks).toEqual([
    {
      kind: 'readings',
      readings: [
        expect.objectContaining({
          device: 'TX',
          time: inBeijing('2026-09-19T14:30:05') * 1000,
          values: expect.objectContaining({ normal: true, fire: false }),
        }),
      ],
    },
  ]);
  expect(writeFrame(readFrame(confirmation))).toEqual(confirmation);
  expect(gb26875Reader.explain(heartbeat)).toMatchObject({ certainty: 1, checksum: 'right' });
});

test('a configured component gives readings, an unknown one an event of its transmitter', () => {
  const data = Uint8Array.from([2, 2, ...component([2, 1, 0, 0], 2), ...component([9, 9, 0, 0], 2)]);
  const [readings, events] = uplinksOf(data, translation).uplinks;
  expect(readings).toMatchObject({ readings: [{ device: 'SMOKE', values: { fire: true, description: '7楼02室' } }] });
  expect(events).toMatchObject({ occurrences: [{ device: 'TX', event: 'fire', data: { component: '00000909' } }] });
});

test('an alarm is not lost in a body of the wrong length', () => {
  const whole = component([2, 1, 0, 0], 2);
  const withoutTime = Uint8Array.from([2, 2, ...whole.slice(0, 40)]);
  const { uplinks, refusal } = uplinksOf(withoutTime, translation);
  expect(uplinks[0]).toMatchObject({ readings: [{ device: 'SMOKE', values: { fire: true } }] });
  expect(refusal?.problem.type).toBe('payload-malformed');
  expect(readUnit(Uint8Array.from([2, 3, ...whole, 1, 1])).objects).toHaveLength(1);
});

test('an analogue value is in its unit, also below zero', () => {
  const of = (kind: number, low: number, high: number) =>
    readUnit(Uint8Array.from([3, 1, 1, 1, 40, 2, 1, 0, 0, kind, low, high, 0, 0, 0, 0, 0, 0])).objects[0]?.values;
  expect(of(3, 0xfb, 0)).toEqual({ temperature: 25.1 });
  expect(of(3, 0xce, 0xff)).toEqual({ temperature: -5 });
  expect(of(9, 0x2c, 1)).toEqual({ current: 30 });
});

test('BCD clocks are told from binary ones by our own clock', () => {
  const near = inBeijing('2026-09-19T14:30:10');
  for (const form of ['binary', 'bcd'] as const)
    expect(readClock(writeClock(near, form, 'Asia/Shanghai'), 'auto', 'Asia/Shanghai', near)).toBe(near);
});

test('glued, half and damaged frames are parted, awaited and refused', () => {
  const scanner = new FrameScanner(gb26875Form);
  const damaged = heartbeat.slice();
  damaged[30] = 0x55;
  const stream = Uint8Array.from([0x40, 0x11, ...damaged, ...heartbeat, ...confirmation]);
  const kinds: string[] = [];
  for (let at = 0; at < stream.length; at += 7)
    kinds.push(...scanner.push(stream.subarray(at, at + 7)).map(({ kind }) => kind));
  expect(kinds.filter((kind) => kind === 'frame')).toHaveLength(2);
  expect(kinds[0]).toBe('damaged');
});

test('no bytes make it throw, and a frame behind garbage is found', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      const scanner = new FrameScanner(gb26875Form);
      for (const { bytes: found } of scanner.push(bytes)) uplinksOf(readFrame(found).data, translation);
      uplinksOf(bytes, translation);
      gb26875Reader.explain(bytes);
      gb26875Reader.explain(Uint8Array.from([0x40, 0x40, ...bytes]));
      scanner.clear();
      scanner.push(bytes.filter((byte) => byte !== 0x40));
      expect(scanner.push(heartbeat).some(({ kind }) => kind === 'frame')).toBe(true);
    }),
    { seed: 26_875, numRuns: 3000 },
  );
});
