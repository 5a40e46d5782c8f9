import { type DeviceClass, meterClasses } from './device-class.ts';
import type { Gap } from './gap.ts';

/** What a battery had left at an instant (ms): percent. */
export interface BatteryReading {
  at: number;
  percent: number;
}

export interface BatteryForecast {
  /** Whole life of one set of batteries, years, if it goes on like this; null = no decline can be seen. */
  years: number | null;
  /** When it will be empty, ms; null = no decline can be seen. */
  emptyAt: number | null;
  /** Readings the line was drawn through. */
  readings: number;
}

const dayMs = 86_400_000;
const yearMs = 365.25 * dayMs;
const fewest = 10;
const shortest = 30 * dayMs;
/** A rise of this many percent is a new set of batteries. */
const replaced = 15;
/** Beyond this a forecast says nothing. */
const longest = 50;

/** Readings of the present set of batteries, in order of time. */
function presentSet(readings: readonly BatteryReading[]): BatteryReading[] {
  const ordered = readings
    .filter(({ percent }) => percent >= 0 && percent <= 100)
    .sort((before, after) => before.at - after.at);
  let start = 0;
  for (let at = 1; at < ordered.length; at++)
    if ((ordered[at]?.percent ?? 0) - (ordered[at - 1]?.percent ?? 0) >= replaced) start = at;
  return ordered.slice(start);
}

/**
 * Straight line through the readings since the batteries were last replaced (H-6.3-d, H-6.4-c-1). Undefined while
 * there are fewer than ten readings or they span less than thirty days: no forecast is better than a wild one.
 */
export function forecastBattery(readings: readonly BatteryReading[]): BatteryForecast | undefined {
  const set = presentSet(readings);
  const [first, last] = [set.at(0), set.at(-1)];
  if (!first || !last || set.length < fewest || last.at - first.at < shortest) return undefined;
  const mean = { at: 0, percent: 0 };
  for (const { at, percent } of set) {
    mean.at += (at - first.at) / set.length;
    mean.percent += percent / set.length;
  }
  let [across, along] = [0, 0];
  for (const { at, percent } of set) {
    const from = at - first.at - mean.at;
    across += from * (percent - mean.percent);
    along += from * from;
  }
  const perMs = across / along;
  const years = 100 / (-perMs * yearMs);
  if (!(perMs < 0) || years > longest) return { years: null, emptyAt: null, readings: set.length };
  const emptyAt = Math.round(first.at + mean.at + mean.percent / -perMs);
  return { years: Math.round(years * 100) / 100, emptyAt, readings: set.length };
}

/** Years one set of batteries must last, and the clause that says so; undefined = nothing is asked. */
export function batteryLine(deviceClass: DeviceClass | undefined): { clause: string; years: number } | undefined {
  if (deviceClass === 'fire-detector') return { clause: 'H-6.3-d', years: 3 };
  if (deviceClass !== undefined && meterClasses.includes(deviceClass)) return { clause: 'H-6.4-c-1', years: 5 };
  return undefined;
}

/** The gap of a forecast that stays below the line of its class. */
export function batteryGap(deviceClass: DeviceClass | undefined, years: number | null): Gap | undefined {
  const line = batteryLine(deviceClass);
  if (!line || years === null || years >= line.years) return undefined;
  const strength = line.clause === 'H-6.3-d' ? 'should' : 'must';
  const detail = `${years} < ${line.years}`;
  return { clause: line.clause, code: 'battery-forecast-short', subject: 'batteryYears', strength, detail };
}
