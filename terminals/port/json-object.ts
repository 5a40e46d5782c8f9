import { isUtf8 } from 'node:buffer';
import { PayloadMalformed, PayloadNotUtf8, PayloadTooLarge, type Refusal, refuse } from './refusal.ts';

export type JsonObject = Record<string, unknown>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** One JSON object, as somebody else's platform sends them; `limit`: bytes. */
export function readJsonObject(bytes: Uint8Array, limit: number): JsonObject | Refusal {
  if (bytes.length > limit) return refuse(PayloadTooLarge, `${bytes.length} bytes, at most ${limit}`);
  if (!isUtf8(bytes)) return refuse(PayloadNotUtf8);
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
    return isJsonObject(value) ? value : refuse(PayloadMalformed, 'no JSON object');
  } catch {
    return refuse(PayloadMalformed, 'not JSON');
  }
}
