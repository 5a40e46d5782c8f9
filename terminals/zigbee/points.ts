import { isJsonObject, type JsonObject } from '@keystead/terminals/port';

/** One thing a Zigbee device can tell or be told, as zigbee2mqtt describes it. */
export interface Point {
  property: string;
  type: 'number' | 'boolean' | 'enum' | 'string' | 'json';
  unit?: string;
  least?: number;
  most?: number;
  step?: number;
  /** Of an enum. */
  values?: string[];
  /** What stands for true and false on the wire. */
  on?: unknown;
  off?: unknown;
  /** It is published; it may be set; it may be asked for. */
  told: boolean;
  settable: boolean;
  askable: boolean;
}

const types: Readonly<Record<string, Point['type']>> = {
  numeric: 'number',
  binary: 'boolean',
  enum: 'enum',
  text: 'string',
  composite: 'json',
  list: 'json',
};

const most = 256;
const deepest = 4;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length > 0 && value.length <= 128 ? value : undefined;
const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** What has a text: an object of strangers may have none, whatever it is asked. */
const isWord = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

function pointOf(expose: JsonObject): Point | undefined {
  const property = text(expose.property);
  const kind = text(expose.type) ?? '';
  const type = Object.hasOwn(types, kind) ? types[kind] : undefined;
  if (property === undefined || property === '__proto__' || type === undefined) return undefined;
  const access = number(expose.access) ?? 1;
  const values = Array.isArray(expose.values)
    ? expose.values.slice(0, most).flatMap((word) => (isWord(word) ? [String(word)] : []))
    : undefined;
  return {
    property,
    type,
    unit: text(expose.unit),
    least: number(expose.value_min),
    most: number(expose.value_max),
    step: number(expose.value_step),
    values,
    on: expose.value_on,
    off: expose.value_off,
    told: (access & 1) !== 0,
    settable: (access & 2) !== 0,
    askable: (access & 4) !== 0,
  };
}

/**
 * The points in a list of `exposes`: lights, locks, covers and the like are opened up into their features, a composite
 * (such as a colour) stays one point. At most 256.
 */
export function pointsOf(exposes: unknown, depth = deepest): Point[] {
  if (!Array.isArray(exposes) || depth === 0) return [];
  const points = exposes.filter(isJsonObject).flatMap((expose) => {
    const point = pointOf(expose);
    return point ? [point] : pointsOf(expose.features, depth - 1);
  });
  const byProperty = new Map(points.map((point) => [point.property, point]));
  return [...byProperty.values()].slice(0, most);
}
