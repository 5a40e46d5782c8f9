import { quality } from '@keystead/contracts/telemetry';
import { describe, expect, test } from 'vitest';
import type { LatestPoints } from './latest-values.ts';
import { meterModel } from './testing.ts';
import { usageBetween } from './usage.ts';

const second = 1_000_000;
const points = (time: number, values: Record<number, number>, code = 0): LatestPoints =>
  new Map(
    Object.entries(values).map(([key, value]) => [
      Number(key),
      { time: time * second, received: 0, value, quality: code },
    ]),
  );
const [running, stopped] = [0, 1];

describe('use between two looks', () => {
  test('energy is what the meter rose by; a fall and a doubtful reading add nothing', () => {
    expect(usageBetween(meterModel, points(0, { 2: 10 }), points(5, { 2: 12.5 }))?.energyKwh).toBe(2.5);
    expect(usageBetween(meterModel, points(0, { 2: 10 }), points(5, { 2: 0 }))).toBeUndefined();
    expect(usageBetween(meterModel, points(0, { 2: 10 }), points(5, { 2: 99 }, quality.suspectRate))).toBeUndefined();
    expect(usageBetween(meterModel, new Map(), points(5, { 2: 99 }))).toBeUndefined();
  });

  test('running time counts while the state says so, from and to the moment it changed', () => {
    const ran = (before: LatestPoints, after: LatestPoints) => usageBetween(meterModel, before, after)?.runSeconds ?? 0;
    expect(ran(points(0, { 4: running }), points(30, { 4: running }))).toBe(30);
    expect(ran(points(0, { 4: stopped }), points(30, { 4: stopped }))).toBe(0);
    const later = (at: number, state: number) => new Map([...points(40, { 1: 20 }), ...points(at, { 4: state })]);
    expect(ran(points(0, { 4: running }), later(25, stopped))).toBe(25);
    expect(ran(points(0, { 4: stopped }), later(25, running))).toBe(15);
    expect(ran(new Map(), points(30, { 4: running }))).toBe(0);
  });

  test('a silence counts no longer than the model allows', () => {
    expect(usageBetween(meterModel, points(0, { 4: running }), points(5000, { 4: running }))?.runSeconds).toBe(90);
  });

  test('a counter of hours is believed before the state', () => {
    const model = {
      ...meterModel,
      properties: meterModel.properties.map((each) => (each.id === 'energy' ? { ...each, unit: 'h' } : each)),
    };
    const before = new Map([...points(0, { 2: 100 }), ...points(0, { 4: stopped })]);
    expect(usageBetween(model, before, points(60, { 2: 100.5 }))).toEqual({ runSeconds: 1800, energyKwh: 0 });
  });
});
