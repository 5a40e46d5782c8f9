import { isSuspect } from '@keystead/contracts/telemetry';
import type { ThingModel } from '@keystead/contracts/thing-model';
import type { LatestPoint, LatestPoints } from './latest-values.ts';

/** Where a model tells of energy and running time. */
interface Told {
  /** Keys of counters in kWh. */
  energy: number[];
  /** Keys of counters of hours run. */
  hours: number[];
  /** A state whose one value is `running`, asked when nothing counts the hours. */
  state: { key: number; running: number } | undefined;
}

const told = new WeakMap<ThingModel, Told>();

function toldBy(model: ThingModel): Told {
  const known = told.get(model);
  if (known) return known;
  const counters = (unit: string) =>
    model.properties.filter((property) => property.cumulative && property.unit === unit).map(({ key }) => key);
  const hours = counters('h');
  const state = model.properties
    .map(({ key, values }) => ({ key, running: values?.findIndex(({ value }) => value === 'running') ?? -1 }))
    .find(({ running }) => running >= 0);
  const found: Told = { energy: counters('kW.h'), hours, state: hours.length > 0 ? undefined : state };
  told.set(model, found);
  return found;
}

/** How far counters rose; what fell or is doubtful adds nothing. */
function risen(keys: readonly number[], before: LatestPoints, after: LatestPoints): number {
  let sum = 0;
  for (const key of keys) {
    const [was, is] = [before.get(key), after.get(key)];
    if (was && is && !isSuspect(was.quality) && !isSuspect(is.quality)) sum += Math.max(0, is.value - was.value);
  }
  return Number.isFinite(sum) ? sum : 0;
}

const newest = (points: LatestPoints): number =>
  [...points.values()].reduce((most, { time }) => Math.max(most, time), 0);

/** µs in the running state between two looks, no longer than the thing may be silent. */
function ran(running: number, was: LatestPoint | undefined, is: LatestPoint | undefined, from: number, to: number) {
  if (!is) return 0;
  const changed = was?.value !== is.value ? is.time : undefined;
  const start = was?.value === running ? from : (changed ?? to);
  const end = is.value === running ? to : (changed ?? from);
  return Math.max(0, end - start);
}

/** What a thing used between two looks at its newest values; nothing when its model tells of neither. */
export function usageBetween(
  model: ThingModel,
  before: LatestPoints,
  after: LatestPoints,
): { runSeconds: number; energyKwh: number } | undefined {
  const { energy, hours, state } = toldBy(model);
  if (energy.length === 0 && hours.length === 0 && !state) return undefined;
  const energyKwh = risen(energy, before, after);
  let runSeconds = risen(hours, before, after) * 3600;
  if (state && before.size > 0) {
    const [was, is] = [before.get(state.key), after.get(state.key)];
    const micros = ran(state.running, was, is, newest(before), newest(after));
    runSeconds = Math.min(micros / 1_000_000, model.interval + model.grace);
  }
  return energyKwh > 0 || runSeconds > 0 ? { runSeconds, energyKwh } : undefined;
}
