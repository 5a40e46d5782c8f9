import { clause } from '@keystead/kernel/testing';
import { describe, expect, test } from 'vitest';
import { type BatteryReading, batteryGap, forecastBattery } from './battery-life.ts';

const day = 86_400_000;
const start = Date.parse('2026-01-01T00:00:00Z');

/** Readings every third day of a set that lasts so many years, with the whole percents a device tells. */
const lasting = (years: number, days = 120, from = 100): BatteryReading[] =>
  Array.from({ length: Math.floor(days / 3) + 1 }, (_, at) => ({
    at: start + at * 3 * day,
    percent: Math.round(from - (at * 3 * 100) / (years * 365.25)),
  }));

describe('battery life drawn from its trend', () => {
  test(
    clause('H-6.3-d', 'a fire detector whose trend says two years falls short of three; four years does not'),
    () => {
      const short = forecastBattery(lasting(2))?.years ?? null;
      expect(short).toBeGreaterThan(1.9);
      expect(short).toBeLessThan(2.1);
      expect(batteryGap('fire-detector', short)).toMatchObject({
        clause: 'H-6.3-d',
        code: 'battery-forecast-short',
        strength: 'should',
      });
      const enough = forecastBattery(lasting(4, 365))?.years ?? null;
      expect(enough).toBeGreaterThan(3.8);
      expect(batteryGap('fire-detector', enough)).toBeUndefined();
    },
  );

  test(clause('H-6.4-c-1', 'a meter is held against five years'), () => {
    const four = forecastBattery(lasting(4, 365))?.years ?? null;
    expect(batteryGap('water-meter', four)).toMatchObject({ clause: 'H-6.4-c-1', strength: 'must' });
    expect(batteryGap('water-meter', forecastBattery(lasting(7, 700))?.years ?? null)).toBeUndefined();
    expect(batteryGap('lock', 0.5)).toBeUndefined();
  });

  test('says when it will be empty', () => {
    const emptyAt = forecastBattery(lasting(2))?.emptyAt ?? 0;
    expect(Math.abs(emptyAt - (start + 2 * 365.25 * day))).toBeLessThan(30 * day);
  });

  test('says nothing of too few readings, too short a time, or nothing that falls', () => {
    expect(forecastBattery([])).toBeUndefined();
    expect(forecastBattery(lasting(2, 24))).toBeUndefined();
    expect(forecastBattery(lasting(2).slice(0, 9))).toBeUndefined();
    expect(forecastBattery(lasting(1e9))).toMatchObject({ years: null });
    expect(batteryGap('water-meter', null)).toBeUndefined();
  });

  test('only the present set of batteries counts, in whatever order the readings come', () => {
    const old = lasting(0.4, 90);
    const fresh = lasting(4, 365).map(({ at, percent }) => ({ at: at + 100 * day, percent }));
    const forecast = forecastBattery([...fresh, ...old].reverse());
    expect(forecast?.readings).toBe(fresh.length);
    expect(forecast?.years).toBeGreaterThan(3.8);
  });
});
