import { shown, type Values } from './course.ts';
import { dayOf } from './day.ts';
import { between, noise } from './random.ts';

/** Signal strength: the place decides, people walking about shake it. */
export const rssi = (seed: number, at: number): number =>
  Math.round(between(seed, 1, -82, -52) + 4 * noise(seed + 1, at, 40_000));

/** A battery falls for one to two years to 30 %; then somebody changes it. */
export function battery(seed: number, at: number): number {
  const life = Math.round(between(seed, 2, 400, 730));
  const age = (dayOf(at) + Math.round(between(seed, 3, 0, life))) % life;
  return shown(100 - (70 * age) / life, 1);
}

/** What every battery-driven radio device tells of itself. */
export const wireless = (seed: number, at: number): Values => ({ battery: battery(seed, at), rssi: rssi(seed, at) });
