import {
  isJsonObject,
  isRefusal,
  PayloadNotUtf8,
  type Refusal,
  refuse,
  type Uplink,
  ValueWrongType,
} from '@keystead/terminals/port';
import { contentFormats } from '../message/code.ts';
import { optionNumbers, uintOf } from '../message/option.ts';
import { readJson, readTelemetry } from '../payload.ts';
import type { CoapResource } from '../settings.ts';
import type { Content } from '../transport/endpoint.ts';

/** Name of a resource's single value: as configured, or the last part of its path. */
export const pointOf = ({ name, path }: CoapResource): string => name ?? (path.split('/').at(-1) || path);

/** What a representation says: JSON, or plain text, which is a number when it looks like one. */
export function readRepresentation({ options, payload }: Content): { value: unknown } | Refusal {
  const format = uintOf(options, optionNumbers.contentFormat);
  if (format === contentFormats.json) return readJson(payload);
  const read = readJson(payload);
  if (!isRefusal(read) || read.problem === PayloadNotUtf8) return read;
  return { value: Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString('utf8').trim() };
}

/** A representation as readings: objects and arrays as devices post them, a single value under the point's name. */
export function readingsOf(value: unknown, resource: CoapResource, device: string, time: number): Uplink | Refusal {
  if (value === null) return refuse(ValueWrongType, 'null', '', device);
  const read = isJsonObject(value) || Array.isArray(value) ? value : { [pointOf(resource)]: value };
  const uplink = readTelemetry(read, device);
  if (isRefusal(uplink) || uplink.kind !== 'readings') return uplink;
  // It was we who asked: the time is ours where the device has none.
  return { ...uplink, readings: uplink.readings.map((one) => ({ ...one, time: one.time ?? time })) };
}

/** A value as it is written. */
export function writtenAs(value: unknown, form: CoapResource['form']): { format: number; payload: Uint8Array } {
  if (form === 'text') {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return { format: contentFormats.text, payload: Buffer.from(text ?? '') };
  }
  return { format: contentFormats.json, payload: Buffer.from(JSON.stringify(value) ?? 'null') };
}
