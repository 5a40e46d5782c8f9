import {
  isJsonObject,
  type JsonObject,
  PayloadMalformed,
  PropertyUnknown,
  type Refusal,
  refuse,
  ValueWrongType,
} from '@keystead/terminals/port';
import type { Point } from './points.ts';

/** A command in the words of the wire, and what must be read back for it to have worked. */
export interface ZigbeeCommand {
  payload: JsonObject;
  points: Point[];
}

function wireValue(point: Point, value: unknown): unknown {
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = point;
  switch (point.type) {
    case 'number':
      return typeof value === 'number' && value >= least && value <= most ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? (value ? point.on : point.off) : undefined;
    case 'enum':
      return typeof value === 'string' && point.values?.includes(value) ? value : undefined;
    case 'string':
      return typeof value === 'string' && value.length <= 1_024 ? value : undefined;
    case 'json':
      return value !== null && typeof value === 'object' ? value : undefined;
  }
}

/** `{ property: value }` → what zigbee2mqtt is told. Nothing is sent when one of them may not be set so. */
export function writeSet(params: unknown, points: readonly Point[]): ZigbeeCommand | Refusal {
  if (!isJsonObject(params) || Object.keys(params).length === 0) return refuse(PayloadMalformed, 'properties to set');
  const payload: JsonObject = {};
  const set: Point[] = [];
  for (const [property, value] of Object.entries(params)) {
    const point = points.find((one) => one.property === property);
    const pointer = `/${property}`;
    if (!point?.settable) return refuse(PropertyUnknown, 'it cannot be set', pointer);
    const wire = wireValue(point, value);
    if (wire === undefined) return refuse(ValueWrongType, 'not within what the device names', pointer);
    payload[property] = wire;
    set.push(point);
  }
  return { payload, points: set };
}

/** `['property', …]` → what zigbee2mqtt is told to ask the device for. */
export function writeGet(params: unknown, points: readonly Point[]): ZigbeeCommand | Refusal {
  if (!Array.isArray(params) || params.length === 0) return refuse(PayloadMalformed, 'properties to ask for');
  const asked: Point[] = [];
  for (const property of params) {
    const point = points.find((one) => one.property === property);
    if (!point?.askable) return refuse(PropertyUnknown, 'it cannot be asked for', `/${property}`);
    asked.push(point);
  }
  return { payload: Object.fromEntries(asked.map(({ property }) => [property, ''])), points: asked };
}

function same(point: Point, wanted: unknown, found: unknown): boolean {
  if (typeof wanted === 'number' && typeof found === 'number')
    return Math.abs(wanted - found) <= (point.step ?? 1e-6) / 2 + 1e-9;
  // A device may tell more of a composite than it was told: a colour in two systems.
  if (isJsonObject(wanted) && isJsonObject(found))
    return Object.entries(wanted).every(([key, value]) => same({ ...point, step: 0.01 }, value, found[key]));
  return JSON.stringify(wanted) === JSON.stringify(found);
}

/** Properties whose value in the state is not the one that was set. */
export function differing({ payload, points }: ZigbeeCommand, state: JsonObject): string[] {
  return points
    .filter((point) => !same(point, payload[point.property], state[point.property]))
    .map((point) => point.property);
}
