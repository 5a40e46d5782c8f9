import type { JsonObject, Occurrence, Reading } from '@keystead/terminals/port';
import type { Point } from './points.ts';

/** What one state message says. */
export interface State {
  reading?: Reading;
  /** A button pressed, a gesture: it happened, it is no condition. */
  occurrence?: Occurrence;
}

/** `last_seen` as zigbee2mqtt may be set to tell it: ISO 8601, or ms since 1970. → µs */
function timeOf(value: unknown): number | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : value;
  return typeof ms === 'number' && Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? Math.round(ms * 1000) : undefined;
}

/** A value in the words of the platform: a switch is true or false, whatever it is called on the wire. */
export function wordOf(point: Point, value: unknown): unknown {
  if (point.type !== 'boolean') return value;
  if (value === point.on) return true;
  return value === point.off ? false : value;
}

/**
 * A state message by the device's points. What is not among them (firmware progress, the name of the device) is left
 * out; null is how zigbee2mqtt says that it does not know yet.
 */
export function readState(state: JsonObject, points: readonly Point[]): State {
  const time = timeOf(state.last_seen);
  const values: Record<string, unknown> = {};
  for (const point of points) {
    const value = Object.hasOwn(state, point.property) ? state[point.property] : undefined;
    if (!point.told || value === undefined || value === null || point.property === 'action') continue;
    values[point.property] = wordOf(point, value);
  }
  const read: State = {};
  if (Object.keys(values).length > 0) read.reading = time === undefined ? { values } : { time, values };
  const { action } = state;
  if (typeof action === 'string' && action !== '' && points.some(({ property }) => property === 'action'))
    read.occurrence = { event: 'action', time, data: { action } };
  return read;
}
