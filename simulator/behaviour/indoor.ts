import { type Course, shown, uneventful } from './course.ts';
import { hourOf, season } from './day.ts';
import { wireless } from './radio.ts';
import { between, noise } from './random.ts';

/** Room temperature in °C: the season through the walls, the afternoon sun, and whoever opens a window. */
export function roomTemperature(home: number, at: number): number {
  const outside = 16 + 12 * season(at) + 4 * Math.cos(((hourOf(at) - 15) / 24) * 2 * Math.PI);
  const habit = between(home, 7, 21, 24.5);
  return habit + 0.28 * (outside - habit) + 0.9 * noise(home + 7, at, 5_400_000) + 0.15 * noise(home + 8, at, 240_000);
}

/** Relative humidity in %: falls as the room warms, rises with cooking and showers. */
export function roomHumidity(home: number, at: number): number {
  const wet = 52 + 10 * season(at) - 1.6 * (roomTemperature(home, at) - 23);
  return Math.min(95, Math.max(18, wet + 6 * noise(home + 9, at, 3_600_000) + noise(home + 10, at, 300_000)));
}

/** Thermometer and hygrometer of a home. */
export const temperatureHumidity = (home: number, seed: number): Course => ({
  values: (at) => ({
    temperature: shown(roomTemperature(home, at), 0.1),
    humidity: shown(roomHumidity(home, at), 0.1),
    ...wireless(seed, at),
  }),
  events: uneventful,
});
