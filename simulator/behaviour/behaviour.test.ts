import { describe, expect, test } from 'vitest';
import { dayOf, startOfDay } from './day.ts';
import type { Course } from './index.ts';
import {
  camera,
  electricityMeter,
  gasDetector,
  homeGateway,
  host,
  lock,
  machine,
  motor,
  seedOf,
  smokeDetector,
  temperatureHumidity,
  vitalSigns,
  waterMeter,
} from './index.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
// A Friday noon in Shanghai; three days on lead over a weekend.
const friday = Date.UTC(2026, 4, 15, 4);

const numbers = (course: Course, name: string, from: number, to: number, step: number): number[] => {
  const found: number[] = [];
  for (let at = from; at <= to; at += step) found.push(Number(course.values(at)[name]));
  return found;
};

const fastest = (values: readonly number[], seconds: number): number =>
  Math.max(...values.slice(1).map((value, at) => Math.abs(value - (values[at] ?? value)) / seconds));

const counters: [string, Course, string][] = [
  ['water', waterMeter(11), 'volume'],
  ['electricity', electricityMeter(12), 'energy'],
  ['motor energy', motor(13, 22), 'energy'],
  ['motor running time', motor(13, 22), 'runTime'],
  ['pieces', machine(14, 30), 'pieces'],
];

describe('counters', () => {
  test.each(counters)('%s never falls, over midnights and days off', (_name, course, property) => {
    const values = numbers(course, property, friday, friday + 3 * day, 37_000);
    expect(values.every((value, at) => value >= (values[at - 1] ?? 0))).toBe(true);
    expect((values.at(-1) ?? 0) - (values[0] ?? 0)).toBeGreaterThan(0);
  });

  test('water and electricity use of a household stay in the range people have', () => {
    for (let home = 0; home < 50; home++) {
      const water = numbers(waterMeter(seedOf('w', home)), 'volume', friday, friday + 7 * day, 7 * day);
      const power = numbers(electricityMeter(seedOf('e', home)), 'energy', friday, friday + 7 * day, 7 * day);
      const litres = (((water[1] ?? 0) - (water[0] ?? 0)) * 1000) / 7;
      const kwh = ((power[1] ?? 0) - (power[0] ?? 0)) / 7;
      expect(litres).toBeGreaterThan(30);
      expect(litres).toBeLessThan(900);
      expect(kwh).toBeGreaterThan(1.5);
      expect(kwh).toBeLessThan(18);
    }
  });

  test('what a meter shows as present use is what its total grows by', () => {
    const meter = electricityMeter(77);
    const begin = startOfDay(dayOf(friday)) + 19 * hour;
    const [before = 0, after = 0] = numbers(meter, 'energy', begin, begin + 14 * minute, 14 * minute);
    const power = Number(meter.values(begin + 7 * minute).power);
    expect(after - before).toBeCloseTo((power / 1000) * (14 / 60), 1);
  });

  test('the evening uses more than the small hours', () => {
    const meter = electricityMeter(78);
    const midnight = startOfDay(dayOf(friday));
    const used = (from: number, to: number) => {
      const [before = 0, after = 0] = numbers(
        meter,
        'energy',
        midnight + from * hour,
        midnight + to * hour,
        (to - from) * hour,
      );
      return after - before;
    };
    expect(used(18, 22)).toBeGreaterThan(2 * used(1, 5));
  });
});

const all: [string, (seed: number) => Course][] = [
  ['water meter', waterMeter],
  ['electricity meter', electricityMeter],
  ['smoke detector', (seed) => smokeDetector(5, seed)],
  ['gas detector', (seed) => gasDetector(5, seed)],
  ['temperature and humidity', (seed) => temperatureHumidity(5, seed)],
  ['lock', (seed) => lock(5, seed)],
  ['home gateway', (seed) => homeGateway(seed, 4)],
  ['camera', camera],
  ['vital signs', vitalSigns],
  ['host', host],
  ['motor', (seed) => motor(seed, 11)],
  ['machine', (seed) => machine(seed, 30)],
];

describe('every course', () => {
  test.each(all)('%s says the same for the same seed and moment, whatever was asked before', (_name, make) => {
    const one = make(42);
    const other = make(42);
    for (let at = friday + 2 * day; at > friday; at -= 7 * hour) one.values(at);
    expect(one.values(friday + 123_456)).toEqual(other.values(friday + 123_456));
    expect(one.events(friday, friday + day)).toEqual(other.events(friday, friday + day));
    expect(make(43).values(friday + 123_456)).not.toEqual(other.values(friday + 123_456));
  });

  test.each(all)('%s says only finite numbers', (_name, make) => {
    const course = make(7);
    for (let at = friday; at < friday + 2 * day; at += 17 * minute)
      for (const value of Object.values(course.values(at)))
        if (typeof value === 'number') expect(value).toSatisfy(Number.isFinite);
  });
});

describe('a calm community raises no alarm', () => {
  test.each([
    ['smoke stays under 3 %/m', smokeDetector(3, 9), 'smoke', 0, 3],
    ['gas stays under 3 % of the explosive limit', gasDetector(3, 9), 'gas', 0, 3],
    ['rooms are between 10 and 35 °C', temperatureHumidity(3, 9), 'temperature', 10, 35],
    ['humidity is a percentage', temperatureHumidity(3, 9), 'humidity', 18, 95],
    ['batteries are changed before they are low', lock(3, 9), 'battery', 26, 100],
    ['radio is heard', lock(3, 9), 'rssi', -100, -40],
    ['hosts are not overloaded', host(9), 'cpu', 0, 89],
    ['disks are not full', host(9), 'disk', 0, 89],
    ['hearts beat calmly', vitalSigns(9), 'heartRate', 45, 100],
  ] as const)('%s', (_name, course, property, least, most) => {
    // Half a year, an odd step: all hours and seasons come by.
    for (let at = friday; at < friday + 180 * day; at += 5 * hour + 7 * minute) {
      const value = course.values(at)[property];
      if (value === undefined) continue;
      expect(Number(value)).toBeGreaterThanOrEqual(least);
      expect(Number(value)).toBeLessThanOrEqual(most);
    }
  });

  test('rooms warm slower than a sensor would be doubted for', () => {
    expect(fastest(numbers(temperatureHumidity(3, 9), 'temperature', friday, friday + day, minute), 60)).toBeLessThan(
      0.5,
    );
  });

  test('usage stays under the rates the models believe', () => {
    expect(fastest(numbers(waterMeter(5), 'volume', friday, friday + 3 * day, minute), 60)).toBeLessThan(0.01);
    expect(fastest(numbers(electricityMeter(5), 'energy', friday, friday + 3 * day, minute), 60)).toBeLessThan(0.05);
  });
});

describe('a lock', () => {
  const door = lock(1, 99);
  const week = door.events(friday, friday + 7 * day);

  test('opens and closes in turn, in order, some times a day', () => {
    const moves = week.filter(({ event }) => event.startsWith('door-'));
    expect(moves.length).toBeGreaterThan(14);
    expect(moves.length).toBeLessThan(100);
    expect(week.every(({ at }, n) => at >= (week[n - 1]?.at ?? 0))).toBe(true);
    expect(moves.filter(({ event }) => event === 'door-opened')).toHaveLength(moves.length / 2);
  });

  test('shows the door open between the two, and locked a little after', () => {
    const opened = week.find(({ event }) => event === 'door-opened')?.at ?? 0;
    const closed = week.find(({ event, at }) => event === 'door-closed' && at > opened)?.at ?? 0;
    expect(door.values(opened + 500)).toMatchObject({ open: true, locked: false });
    expect(door.values(closed + 500)).toMatchObject({ open: false, locked: false });
    expect(door.values(closed + 10_000)).toMatchObject({ open: false, locked: true });
  });

  test('tells each thing once when it is asked piece by piece', () => {
    const pieces: unknown[] = [];
    for (let at = friday; at < friday + 7 * day; at += 30_000) pieces.push(...door.events(at, at + 30_000));
    expect(pieces).toEqual(week);
  });
});
