import { type Course, shown, uneventful } from './course.ts';
import { dayOf, hourOf } from './day.ts';
import { roomTemperature } from './indoor.ts';
import { rssi, wireless } from './radio.ts';
import { between, noise } from './random.ts';

/** Clean air, a little worse while people cook; dirt gathers over the years. */
export const smokeDetector = (home: number, seed: number): Course => ({
  values: (at) => {
    const cooking =
      Math.max(0, Math.cos(((hourOf(at) - 18.5) / 2) * Math.PI)) * (Math.abs(hourOf(at) - 18.5) < 1 ? 1 : 0);
    const haze = 0.2 + 0.15 * noise(seed, at, 600_000) + 0.5 * cooking * between(seed, dayOf(at), 0, 1);
    return {
      smoke: shown(Math.max(0, haze), 0.1),
      temperature: shown(roomTemperature(home, at) + 1.2, 0.1),
      alarm: false,
      dirt: shown(between(seed, 11, 2, 18) + (dayOf(at) % 700) / 70, 0.1),
      ...wireless(seed, at),
    };
  },
  events: uneventful,
});

/** Share of the lower explosive limit: next to nothing. */
export const gasDetector = (home: number, seed: number): Course => ({
  values: (at) => ({
    gas: shown(Math.max(0, 0.15 + 0.15 * noise(seed, at, 900_000)), 0.1),
    valveOpen: true,
    temperature: shown(roomTemperature(home, at) + 0.6, 0.1),
    rssi: rssi(seed, at),
  }),
  events: uneventful,
});
