import { quality } from '@keystead/contracts/telemetry';
import { clause } from '@keystead/kernel/testing';
import { expect, test } from 'vitest';
import { AreaUnder, MeterRise } from './meter.ts';

const hour = 3_600_000_000;
const good = (time: number, value: number) => ({ time, value, quality: quality.good });

test(clause('I-5.2.2.1-c', 'the integral of a day of power equals the rise of the meter within a per cent'), () => {
  const power = (time: number) => 2 + Math.sin((time / (24 * hour)) * 2 * Math.PI) + Math.sin((time / hour) * 3);
  const area = new AreaUnder(hour);
  const meter = new MeterRise();
  let energy = 1000;
  const step = 1_000_000;
  for (let time = 0; time <= 24 * hour; time += step) {
    if (time > 0) energy += (power(time - step / 2) * step) / hour;
    if (time % 60_000_000 === 0) {
      area.add(good(time, power(time)));
      meter.add(good(time, energy));
    }
  }
  const { rise, falls } = meter.result;
  expect(falls).toBe(0);
  expect(area.result.covered).toBe(24 * hour);
  expect(Math.abs(area.result.area - rise) / rise).toBeLessThan(0.01);
});

test('a meter that was exchanged keeps what it counted before, and says so', () => {
  const meter = new MeterRise();
  for (const [time, value] of [
    [0, 100],
    [1, 130],
    [2, 0],
    [3, 5],
  ] as const)
    meter.add(good(time, value));
  expect(meter.result).toEqual({ rise: 35, falls: 1 });
});

test('doubtful readings count neither for the meter nor for the area', () => {
  const meter = new MeterRise();
  const area = new AreaUnder(10 * hour);
  for (const sum of [meter, area]) {
    sum.add(good(0, 10));
    sum.add({ time: hour, value: 9999, quality: quality.suspectRange });
    sum.add({ time: hour, value: Number.NaN, quality: quality.good });
    sum.add(good(2 * hour, 12));
  }
  expect(meter.result).toEqual({ rise: 2, falls: 0 });
  expect(area.result.area).toBeCloseTo(22, 9);
});

test('nothing is added over a gap', () => {
  const area = new AreaUnder(hour);
  area.add(good(0, 4));
  area.add(good(hour, 4));
  area.add(good(10 * hour, 4));
  expect(area.result).toEqual({ area: 4, covered: hour });
});
