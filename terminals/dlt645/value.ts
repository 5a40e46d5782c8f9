import {
  allFf,
  decimalOf,
  instantOfWall,
  PayloadMalformed,
  type Refusal,
  refuse,
  TimeOutOfRange,
} from '@keystead/terminals/port';
import { addressOf } from './frame.ts';
import type { Item, ItemField } from './item.ts';

/** What stood behind one identifier. */
export interface ItemValues {
  readonly values: Record<string, unknown>;
  readonly refused: Refusal[];
}

/** A BCD number with an optional sign bit; undefined when a half byte is no digit. */
function numberOf(bytes: Uint8Array, { decimals = 0, times = 1, signed }: ItemField): number | undefined {
  const digits = bytes.slice();
  const top = digits.at(-1) ?? 0;
  const negative = signed === true && (top & 0x80) !== 0;
  if (negative) digits[digits.length - 1] = top & 0x7f;
  const value = decimalOf(digits, decimals);
  if (value === undefined) return undefined;
  const scaled = times === 1 ? value : Number((value * times).toPrecision(12));
  return negative && scaled !== 0 ? -scaled : scaled;
}

const partsOf = (bytes: Uint8Array): number[] =>
  Array.from(bytes, (_, at) => decimalOf(bytes.subarray(at, at + 1), 0) ?? Number.NaN);

/** mm hh DD MM YY in the zone of the meter, as an ISO time; undefined = never happened; 'wrong' = no such date. */
function momentOf(bytes: Uint8Array, zone: string): string | undefined {
  if (bytes.every((byte) => byte === 0)) return undefined;
  const [minute = Number.NaN, hour = Number.NaN, day = Number.NaN, month = Number.NaN, year = Number.NaN] =
    partsOf(bytes);
  const instant = instantOfWall(zone, { year: 2000 + year, month, day, hour, minute, second: 0 });
  return instant === undefined ? 'wrong' : new Date(instant).toISOString();
}

/** `2026-03-15`, from WW DD MM YY. */
function dateOf(bytes: Uint8Array): string {
  const [, day = Number.NaN, month = Number.NaN, year = Number.NaN] = partsOf(bytes);
  const real = instantOfWall('UTC', { year: 2000 + year, month, day, hour: 0, minute: 0, second: 0 });
  return real === undefined ? 'wrong' : new Date(real).toISOString().slice(0, 10);
}

/** `08:30:15`, from ss mm hh. */
function timeOf(bytes: Uint8Array): string {
  const [second = Number.NaN, minute = Number.NaN, hour = Number.NaN] = partsOf(bytes);
  if (!(hour < 24 && minute < 60 && second < 60)) return 'wrong';
  return [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':');
}

function fieldOf(bytes: Uint8Array, field: ItemField, zone: string): unknown {
  switch (field.kind) {
    case 'number':
      return numberOf(bytes, field) ?? 'not decimal digits';
    case 'moment':
      return momentOf(bytes, zone);
    case 'date':
      return dateOf(bytes);
    case 'time':
      return timeOf(bytes);
    case 'address':
      return addressOf(bytes);
    // Status word 3, bit 4: 0 = relay closed. Word 1, bits 2 and 3: the batteries of clock and of reading without mains.
    case 'status':
      return ((bytes[0] ?? 0) & 0x10) === 0;
    case 'battery':
      return ((bytes[0] ?? 0) & 0x0c) !== 0;
  }
}

/** Cuts data into the fields of an item; a repeated field is numbered as tariff 1, 2, … */
export function fieldsIn(item: Item, length: number): { field: ItemField; at: number }[] {
  const found: { field: ItemField; at: number }[] = [];
  let at = 0;
  for (const field of item.fields) {
    found.push({ field, at });
    at += field.bytes;
  }
  const last = item.fields.at(-1);
  if (!item.repeats || !last) return found;
  for (let rate = 1; at + last.bytes <= length && rate <= 63; rate++, at += last.bytes)
    found.push({ field: { ...last, name: `${last.name}Rate${rate}` }, at });
  return found;
}

/**
 * The values behind one identifier, in the platform's units (I-7.1-c). FF throughout = the meter does not have it:
 * absent. A field that cannot be read is refused alone; data shorter than the item is refused as a whole.
 */
export function valuesOf(item: Item, data: Uint8Array, zone: string): ItemValues {
  const values: Record<string, unknown> = {};
  const refused: Refusal[] = [];
  for (const { field, at } of fieldsIn(item, data.length)) {
    const bytes = data.subarray(at, at + field.bytes);
    if (bytes.length < field.bytes) {
      refused.push(refuse(PayloadMalformed, `${data.length} bytes of data`, `/${field.name}`));
      break;
    }
    if (allFf(bytes)) continue;
    const value = fieldOf(bytes, field, zone);
    if (value === 'wrong') refused.push(refuse(TimeOutOfRange, 'no such date', `/${field.name}`));
    else if (field.kind === 'number' && typeof value === 'string')
      refused.push(refuse(PayloadMalformed, value, `/${field.name}`));
    else if (value !== undefined) values[field.name] = value;
  }
  return { values, refused };
}
