import {
  allFf,
  decimalOf,
  instantOfWall,
  PayloadMalformed,
  type Refusal,
  refuse,
  TimeOutOfRange,
} from '@keystead/terminals/port';
import type { StatusBit } from './status.ts';
import { statusOf } from './status.ts';
import { type Quantity, quantityOf } from './unit.ts';

/** How a meter's answer is to be read, apart from the standard. */
export interface ReadingOptions {
  readonly zone: string;
  readonly status?: readonly StatusBit[];
  /** Unit byte of short heat answers, which carry none (0x05 = kWh, 0x11 = GJ). */
  readonly heatUnit?: number;
}

export interface Measured {
  readonly values: Record<string, unknown>;
  /** What the meter's clock showed, ms since 1970. */
  readonly clock?: number;
  readonly refused: Refusal[];
}

type Field = readonly [name: string, kind: Quantity | 'temperature' | 'hours', at: number];

const flowFields: readonly Field[] = [
  ['volume', 'volume', 0],
  ['settlementVolume', 'volume', 5],
];
const heatFields: readonly Field[] = [
  ['settlementEnergy', 'heat', 0],
  ['energy', 'heat', 5],
  ['power', 'power', 10],
  ['flow', 'flow', 15],
  ['volume', 'volume', 20],
  ['supply', 'temperature', 25],
  ['return', 'temperature', 28],
  ['workingHours', 'hours', 31],
];

export const isHeat = (type: number): boolean => type >= 0x20 && type <= 0x29;
const cubicMetre = 0x2c;

/** Where the fields of a full answer stand, after identifier and serial number. */
export const layoutOf = (type: number): { fields: readonly Field[]; clock: number; status: number; length: number } =>
  isHeat(type)
    ? { fields: heatFields, clock: 34, status: 41, length: 43 }
    : { fields: flowFields, clock: 10, status: 17, length: 19 };

/** Seconds first, year of four digits last; undefined = none; 'wrong' = no such date. */
export function clockOf(bytes: Uint8Array, zone: string): number | 'wrong' | undefined {
  if (allFf(bytes) || bytes.every((byte) => byte === 0)) return undefined;
  const at = (place: number) => decimalOf(bytes.subarray(place, place + 1), 0) ?? Number.NaN;
  const year = decimalOf(bytes.subarray(5, 7), 0) ?? Number.NaN;
  const wall = { year, month: at(4), day: at(3), hour: at(2), minute: at(1), second: at(0) };
  if (Object.values(wall).some(Number.isNaN)) return 'wrong';
  return instantOfWall(zone, wall) ?? 'wrong';
}

function fieldOf(bytes: Uint8Array, kind: Field[1]): number | string | undefined {
  if (kind !== 'temperature' && kind !== 'hours') return quantityOf(bytes.subarray(0, 5), kind);
  const digits = bytes.subarray(0, 3);
  return allFf(digits) ? undefined : (decimalOf(digits, kind === 'hours' ? 0 : 2) ?? 'not decimal digits');
}

/**
 * The metering data of one answer (identifier 901F), without identifier and serial number. What the meter marks as not
 * there (FF) is absent, never a value; a field that cannot be read is refused alone.
 */
export function measuredOf(type: number, body: Uint8Array, options: ReadingOptions): Measured | Refusal {
  if (body.length === 6) return shortOf(type, body, options);
  const layout = layoutOf(type);
  if (body.length < layout.length) return refuse(PayloadMalformed, `${body.length} bytes of metering data`);
  const values: Record<string, unknown> = {};
  const refused: Refusal[] = [];
  for (const [name, kind, at] of layout.fields) {
    const value = fieldOf(body.subarray(at), kind);
    if (typeof value === 'number') values[name] = value;
    else if (value !== undefined) refused.push(refuse(PayloadMalformed, value, `/${name}`));
  }
  Object.assign(values, statusOf(body.subarray(layout.status, layout.status + 2), options.status));
  const clock = clockOf(body.subarray(layout.clock, layout.clock + 7), options.zone);
  if (clock === 'wrong') refused.push(refuse(TimeOutOfRange, 'no such date', '/clock'));
  return { values, ...(typeof clock === 'number' && { clock }), refused };
}

/** The short answer of some meters: the total and the status, no unit. Water and gas are then cubic metres. */
function shortOf(type: number, body: Uint8Array, options: ReadingOptions): Measured | Refusal {
  const [name, kind, unit] = isHeat(type)
    ? (['energy', 'heat', options.heatUnit] as const)
    : (['volume', 'volume', cubicMetre] as const);
  const value = quantityOf(body.subarray(0, 4), kind, unit);
  if (typeof value === 'string') return refuse(PayloadMalformed, value, `/${name}`);
  const values = statusOf(body.subarray(4, 6), options.status);
  return { values: value === undefined ? values : { [name]: value, ...values }, refused: [] };
}
