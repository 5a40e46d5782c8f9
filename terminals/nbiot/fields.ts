import { createHash, timingSafeEqual } from 'node:crypto';
import { isJsonObject, type JsonObject } from '@keystead/terminals/port';

// Clouds leave fields empty in many ways: absent, null, "", the word "undefined".

export const absent = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || value === 'undefined';

/** Ids come as texts or as numbers. */
export function word(value: unknown): string | undefined {
  if (absent(value)) return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  return typeof value === 'string' && value.length <= 128 ? value : undefined;
}

export const object = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});

/** ms since 1970, a number or its digits → µs. */
export function time(value: unknown): number | undefined {
  const ms = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof ms === 'number' && Number.isFinite(ms) && ms > 0 && ms < 8.64e15 ? Math.round(ms * 1000) : undefined;
}

/** The fields of an object that say something. */
export const filled = (value: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([key, inner]) => !absent(inner) && key !== '__proto__'));

export function base64(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string' || value.length > 65_536 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return undefined;
  return Uint8Array.from(Buffer.from(value, 'base64'));
}

export function hex(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string' || value.length > 65_536 || !/^([0-9a-f]{2})+$/i.test(value)) return undefined;
  return Uint8Array.from(Buffer.from(value, 'hex'));
}

export const digest = (...parts: string[]): string => createHash('sha256').update(parts.join('\n')).digest('base64');

/** Equal, told in a time that does not depend on where they differ. */
export function sameText(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
