import { isUtf8 } from 'node:buffer';
import { PayloadMalformed, PayloadNotUtf8, PayloadTooLarge, type Refusal, refuse } from '@keystead/terminals/port';

export interface JsonLimits {
  /** Bytes of one payload. */
  bytes: number;
  /** Objects and arrays inside each other. */
  depth: number;
}

export const jsonLimits: JsonLimits = { bytes: 64 * 1024, depth: 16 };

const notUtf8 = refuse(PayloadNotUtf8);
const malformed = refuse(PayloadMalformed, 'not JSON');
const tooDeep = refuse(PayloadMalformed, 'nested too deep');

/** True when `value` nests no deeper than `depth`; the walk itself never goes deeper than that. */
export function within(value: unknown, depth: number): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (depth === 0) return false;
  for (const inner of Array.isArray(value) ? value : Object.values(value)) {
    if (inner !== null && typeof inner === 'object' && !within(inner, depth - 1)) return false;
  }
  return true;
}

/** Parsed JSON, or why not. The result is wrapped, because JSON itself may be null or an object of any shape. */
export function readJson(bytes: Uint8Array, limits: JsonLimits = jsonLimits): { value: unknown } | Refusal {
  if (bytes.length > limits.bytes) return refuse(PayloadTooLarge, `${bytes.length} bytes, at most ${limits.bytes}`);
  if (!isUtf8(bytes)) return notUtf8;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
  } catch {
    return malformed;
  }
  return within(value, limits.depth) ? { value } : tooDeep;
}

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
