import { type Course, shown, uneventful } from './course.ts';
import { dayOf, hourOf } from './day.ts';
import { handedOver } from './meters.ts';
import { between, noise } from './random.ts';

/** Shifts of the plant in local hours; between them the machines stand by. */
const shifts = [
  [7.5, 11.75],
  [12.5, 18],
  [18.5, 22],
] as const;

/** Hours worked on one day up to `hour`. */
const workedBy = (hour: number): number =>
  shifts.reduce((sum, [from, to]) => sum + Math.min(Math.max(hour - from, 0), to - from), 0);

const fullDay = workedBy(24);

function runStateAt(hour: number): 'running' | 'standby' | 'stopped' {
  if (shifts.some(([from, to]) => hour >= from && hour < to)) return 'running';
  return hour > 7 && hour < 22.5 ? 'standby' : 'stopped';
}

/** Hours of running since the plant began. */
const runTimeAt = (at: number): number => Math.max(0, dayOf(at) - handedOver) * fullDay + workedBy(hourOf(at));

interface Drive {
  /** kW while running. */
  readonly nominal: number;
  readonly seed: number;
}

/** Running state, energy and running time agree with each other: what runs longer has used more. */
function driven({ nominal, seed }: Drive, at: number) {
  const runState = runStateAt(hourOf(at));
  const runTime = runTimeAt(at);
  const load = runState === 'running' ? 1 + 0.06 * noise(seed, at, 60_000) : runState === 'standby' ? 0.08 : 0;
  return {
    load,
    values: {
      runState,
      faultCode: 0,
      power: shown(nominal * load, 0.01),
      energy: Math.floor(nominal * runTime * 100) / 100,
      runTime: Math.floor(runTime * 100) / 100,
    },
  };
}

/** A three-phase motor: temperature, vibration and current follow the load. */
export const motor = (seed: number, nominal: number): Course => ({
  values: (at) => {
    const { load, values } = driven({ nominal, seed }, at);
    return {
      ...values,
      temperature: shown(28 + 38 * load + 3 * noise(seed + 1, at, 900_000), 0.1),
      speed: load > 0.5 ? Math.round(1_470 + 12 * noise(seed + 2, at, 20_000)) : 0,
      vibration: shown(load > 0.5 ? 1.8 + 0.4 * noise(seed + 3, at, 15_000) : 0.05, 0.01),
      current: shown((nominal * load * 1000) / (380 * 1.732 * 0.86), 0.1),
    };
  },
  events: uneventful,
});

/** A production machine: heat, pressure, flow, pieces made. */
export const machine = (seed: number, nominal: number): Course => {
  const piecesAnHour = Math.round(between(seed, 81, 120, 420));
  return {
    values: (at) => {
      const { load, values } = driven({ nominal, seed }, at);
      return {
        ...values,
        temperature: shown(30 + 150 * Math.min(1, load) + 4 * noise(seed + 1, at, 600_000), 0.1),
        pressure: shown(load > 0.5 ? 0.62 + 0.03 * noise(seed + 2, at, 45_000) : 0.4, 0.001),
        speed: load > 0.5 ? Math.round(860 + 20 * noise(seed + 3, at, 20_000)) : 0,
        flow: shown(load > 0.5 ? 12 + 0.8 * noise(seed + 4, at, 30_000) : 0, 0.01),
        pieces: Math.floor(runTimeAt(at) * piecesAnHour),
        program: 'P-07',
      };
    },
    events: uneventful,
  };
};
