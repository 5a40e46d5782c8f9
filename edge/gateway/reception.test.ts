import { quality } from '@keystead/contracts/telemetry';
import { movableClock } from '@keystead/kernel/base';
import type { Reading, Refusal } from '@keystead/terminals/port';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeTime } from './event-time.ts';
import type { Admitted } from './ports.ts';
import { parcelFor, Reception, sourceOf } from './reception.ts';
import { ordinary, property, sensor } from './testing/models.ts';

const start = '2030-01-01T00:00:00Z';
const startMicros = Date.parse(start) * 1000;

const admitted = (model = sensor, thing = 1): Admitted => ({
  thing,
  id: 'x',
  code: 'x',
  organisation: 'o',
  model,
  isGateway: false,
  whitelist: 1,
});

function take(reception: Reception, readings: Reading[], model = sensor, thing = 1) {
  const source = sourceOf(admitted(model, thing), 'p');
  const parcel = parcelFor(source, 0, () => {});
  const refused: Refusal[] = [];
  for (const reading of readings) reception.reading(source, reading, parcel, (refusal) => refused.push(refusal));
  return { parcel, refused: refused.map(({ problem }) => problem.type) };
}

test('times given out rise strictly by thing, even while the clock stands still or goes back', () => {
  const clock = movableClock(start);
  const reception = new Reception(clock, 100);
  const first = take(
    reception,
    Array.from({ length: 1_000 }, () => ({ values: { temperature: 1 } })),
  );
  clock.pass(-10);
  const second = take(reception, [{ values: { temperature: 1 } }]);
  const other = take(reception, [{ values: { temperature: 1 } }], sensor, 2);
  const times = [...first.parcel.messages, ...second.parcel.messages].map(({ time }) => time);
  for (let i = 1; i < times.length; i++) expect(times[i]).toBeGreaterThan(times[i - 1] ?? 0);
  expect(times[0]).toBe(startMicros);
  expect(other.parcel.messages[0]?.time).toBe(startMicros - 10_000_000);
});

test('a time is good from 2000 to five minutes ahead, doubtful to a day ahead and back to 1970, refused beyond', () => {
  const minute = 60_000_000;
  expect(judgeTime(startMicros + 5 * minute, startMicros)).toBe('good');
  expect(judgeTime(startMicros + 5 * minute + 1, startMicros)).toBe('suspect');
  expect(judgeTime(startMicros + 24 * 60 * minute, startMicros)).toBe('suspect');
  expect(judgeTime(startMicros + 24 * 60 * minute + 1, startMicros)).toBe('refused');
  expect(judgeTime(Date.UTC(2000, 0, 1) * 1000, startMicros)).toBe('good');
  expect(judgeTime(Date.UTC(2000, 0, 1) * 1000 - 1, startMicros)).toBe('suspect');
  expect(judgeTime(0, startMicros)).toBe('suspect');
  expect(judgeTime(-1, startMicros)).toBe('refused');
});

test('[I-7.1-c] booleans, enums, texts and JSON become one form, each value exactly what was sent', () => {
  const { parcel, refused } = take(new Reception(movableClock(start), 10), [
    {
      time: startMicros,
      values: { temperature: -12.5, smoke: false, count: 3, mode: 'on', label: 'b', detail: [1, { a: null }] },
    },
  ]);
  expect(refused).toEqual([]);
  expect(parcel.messages).toEqual([
    {
      thing: 1,
      time: startMicros,
      keys: [1, 3, 4, 5, 6, 7],
      values: [-12.5, 0, 3, 1, Number.NaN, Number.NaN],
      qualities: [0, 0, 0, 0, 0, 0],
      texts: { 6: 'b', 7: '[1,{"a":null}]' },
    },
  ]);
});

test('[H-8.2-0] the level of a message is that of its most urgent part', () => {
  const reception = new Reception(movableClock(start), 10);
  const level = (values: Record<string, unknown>) => take(reception, [{ values }]).parcel.level;
  expect([
    level({ temperature: 1 }),
    level({ temperature: 1, humidity: 2 }),
    level({ temperature: 1, smoke: true }),
  ]).toEqual([1, 2, 3]);
  expect(level({ smoke: 'refused' })).toBe(1);
});

test('quality remembers the thing’s last values, and a new model version starts anew', () => {
  const reception = new Reception(movableClock(start), 10);
  const meter = { ...ordinary, properties: [property('energy', 1, { cumulative: true })] };
  const read = (value: number, at: number, model = meter) =>
    take(reception, [{ time: startMicros + at, values: { energy: value } }], model).parcel.messages[0]?.qualities[0];
  expect([read(100, 0), read(101, 1), read(50, 2)]).toEqual([quality.good, quality.good, quality.suspectFell]);
  expect(read(50, 3, { ...meter, version: 2 })).toBe(quality.good);
});

test('whatever is sent, a stored number is the number that was sent', () => {
  const reception = new Reception(movableClock(start), 10);
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('temperature', 'humidity', 'count', 'smoke', 'nothing'), fc.jsonValue()),
      (values) => {
        const { parcel, refused } = take(reception, [{ values }]);
        const [message] = parcel.messages;
        expect((message?.keys.length ?? 0) + refused.length).toBe(Object.keys(values).length);
        const names: Record<number, string> = { 1: 'temperature', 2: 'humidity', 3: 'smoke', 4: 'count' };
        message?.keys.forEach((key, index) => {
          const sent = values[names[key] ?? ''];
          expect(message.values[index]).toBe(typeof sent === 'boolean' ? Number(sent) : sent);
        });
      },
    ),
  );
});
