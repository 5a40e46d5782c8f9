import { isJsonObject, type JsonObject } from '@keystead/terminals/port';

// Careful reading of somebody else's JSON: what has not the expected form is absent.

export const object = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});
export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length > 0 && value.length <= 256 ? value : undefined;
export const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;
export const list = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);

/** 16 hex digits in small letters. */
export function eui(value: unknown): string | undefined {
  return typeof value === 'string' && /^[0-9a-f]{16}$/i.test(value) ? value.toLowerCase() : undefined;
}

/** RFC 3339, with up to nine digits of fraction → ms. */
export function time(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const ms = Date.parse(value.replace(/(\.\d{3})\d+/, '$1'));
  return Number.isFinite(ms) ? ms : undefined;
}

/** Base64 → bytes; an absent payload is an empty one, as the network servers leave it out then. */
export function payload(value: unknown): Uint8Array | undefined {
  if (value === undefined || value === null || value === '') return new Uint8Array(0);
  if (typeof value !== 'string' || value.length > 1_024 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return undefined;
  return Uint8Array.from(Buffer.from(value, 'base64'));
}

/** A frame counter of 32 bits. */
export const counter = (value: unknown): number | undefined =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 0xffff_ffff ? Number(value) : undefined;
export const portOf = (value: unknown): number | undefined =>
  value === undefined || value === null
    ? 0
    : Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255
      ? Number(value)
      : undefined;
