import type { Property } from '@keystead/contracts/thing-model';

/** Why a raw value was refused. Stable codes. */
export type RefusalReason =
  | 'null-value'
  | 'not-a-number'
  | 'not-finite'
  | 'not-an-integer'
  | 'not-a-boolean'
  | 'not-a-text'
  | 'not-in-enum'
  | 'not-json'
  | 'bad-text'
  | 'too-long';

export type Converted =
  /** `value` as telemetry keeps it: booleans 0/1, enums their position; texts have NaN and stand in `text`. */
  | { readonly ok: true; readonly value: number; readonly text?: string }
  | { readonly ok: false; readonly reason: RefusalReason };

export type Convert = (raw: unknown) => Converted;

export const longest = { string: 4096, json: 16_384 } as const;

const refuse = (reason: RefusalReason): Converted => ({ ok: false, reason });
const refused = {
  null: refuse('null-value'),
  number: refuse('not-a-number'),
  finite: refuse('not-finite'),
  integer: refuse('not-an-integer'),
  boolean: refuse('not-a-boolean'),
  text: refuse('not-a-text'),
  enum: refuse('not-in-enum'),
  json: refuse('not-json'),
  bad: refuse('bad-text'),
  long: refuse('too-long'),
} as const;
const yes: Converted = { ok: true, value: 1 };
const no: Converted = { ok: true, value: 0 };

function toNumber(raw: unknown): Converted {
  if (typeof raw !== 'number') return refused.number;
  return Number.isFinite(raw) ? { ok: true, value: raw } : refused.finite;
}

function toInteger(raw: unknown): Converted {
  if (typeof raw !== 'number') return refused.number;
  if (Number.isSafeInteger(raw)) return { ok: true, value: raw };
  return Number.isFinite(raw) ? refused.integer : refused.finite;
}

function toBoolean(raw: unknown): Converted {
  return raw === true ? yes : raw === false ? no : refused.boolean;
}

/** Texts the database could not hold (NUL, half a surrogate pair) are refused, not mended. */
function fits(text: string, most: number): Converted {
  if (text.length > most) return refused.long;
  return text.isWellFormed() && !text.includes('\u0000') ? { ok: true, value: Number.NaN, text } : refused.bad;
}

function toText(raw: unknown): Converted {
  return typeof raw === 'string' ? fits(raw, longest.string) : refused.text;
}

function toJson(raw: unknown): Converted {
  try {
    const text = JSON.stringify(raw);
    if (text === undefined) return refused.json;
    // stringify writes NUL and half surrogates as escapes, which are no more welcome.
    return /\\u(0000|d[89a-f])/i.test(text) ? refused.bad : fits(text, longest.json);
  } catch (error) {
    if (error instanceof TypeError) return refused.json;
    throw error;
  }
}

/** The converter of one property, prepared once. A value of another type is refused, never changed: "12" is no number. */
export function converterOf(property: Pick<Property, 'type' | 'values'>): Convert {
  const convert = byType(property);
  return (raw) => (raw === null || raw === undefined ? refused.null : convert(raw));
}

function byType(property: Pick<Property, 'type' | 'values'>): Convert {
  switch (property.type) {
    case 'number':
      return toNumber;
    case 'integer':
      return toInteger;
    case 'boolean':
      return toBoolean;
    case 'string':
      return toText;
    case 'json':
      return toJson;
    case 'enum': {
      const positions = new Map<unknown, Converted>(
        (property.values ?? []).map(({ value }, position) => [value, { ok: true, value: position }]),
      );
      return (raw) => positions.get(raw) ?? refused.enum;
    }
  }
}

/** Converts one raw JSON value by the type of its property; for many values keep `converterOf`. */
export function convertValue(property: Pick<Property, 'type' | 'values'>, raw: unknown): Converted {
  return converterOf(property)(raw);
}
