import { type Course, shown, uneventful } from './course.ts';
import { DailyUse } from './daily-use.ts';
import { dayOf } from './day.ts';
import { rssi, wireless } from './radio.ts';
import { between, chance, noise, seedOf } from './random.ts';

/** The day the community was handed over; meters count from about then. */
export const handedOver = dayOf(Date.UTC(2025, 2, 1));

const waterHours = [1, 1, 0, 0, 0, 1, 6, 9, 6, 3, 2, 4, 5, 3, 2, 2, 3, 6, 8, 9, 8, 7, 5, 2];
const powerHours = [3, 2, 2, 2, 2, 2, 4, 6, 5, 3, 3, 4, 5, 4, 3, 3, 4, 6, 9, 11, 11, 10, 8, 5];

/** Cold water of a household: 80–600 litres a day, most quarter hours none at all. */
export function waterMeter(seed: number): Course {
  const use = new DailyUse({
    seed: seedOf(seed, 'water'),
    mean: between(seed, 21, 80, 600),
    hours: waterHours,
    idle: 0.55,
    weekend: 1.25,
    since: handedOver + Math.floor(between(seed, 22, 0, 60)),
  });
  const start = Math.floor(between(seed, 23, 0, 900));
  return {
    values: (at) => ({
      volume: (start + use.total(at)) / 1000,
      flow: shown(use.rate(at) / 1000, 0.001),
      valveOpen: true,
      ...wireless(seed, at),
    }),
    events: uneventful,
  };
}

/** A single-phase meter: 3–12 kWh a day, standby at night, the evening peak, more on days off. */
export function electricityMeter(seed: number): Course {
  const use = new DailyUse({
    seed: seedOf(seed, 'power'),
    mean: between(seed, 31, 3_000, 12_000),
    hours: powerHours,
    idle: 0,
    weekend: 1.15,
    since: handedOver + Math.floor(between(seed, 32, 0, 60)),
  });
  const start = Math.floor(between(seed, 33, 0, 5_000));
  return {
    values: (at) => {
      const power = Math.round(use.rate(at) * (1 + 0.03 * noise(seed + 34, at, 60_000)));
      const voltage = shown(228 + 4 * noise(seed + 35, at, 1_800_000) + chance(seed, Math.floor(at / 60_000)), 0.1);
      return {
        energy: Math.floor((start + use.total(at)) / 10) / 100,
        power,
        voltage,
        current: shown(power / voltage, 0.01),
        relayClosed: true,
        rssi: rssi(seed, at),
      };
    },
    events: uneventful,
  };
}
