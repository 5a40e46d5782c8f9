import { isUtf8 } from 'node:buffer';
import { PayloadMalformed, PayloadTooLarge, ProtocolViolated, type Refusal, refuse } from '@keystead/terminals/port';
import { type DataType, dataTypeOf } from './data-types.ts';
import { bigOf, doubleOf, floatOf, numberOf, readFields, type WireField } from './wire.ts';

/** One metric as it stands on the wire; its value waits for its type, which data messages may leave out. */
export interface Metric {
  name?: string;
  alias?: bigint;
  /** ms since 1970. */
  time?: number;
  type?: DataType;
  isHistorical: boolean;
  isNull: boolean;
  /** The field the value stands in; absent with null. */
  raw?: WireField;
  properties: MetricProperties;
}

/** What of a metric's properties is understood. */
export interface MetricProperties {
  unit?: string;
  /** 192 good, 0 bad, 500 stale. */
  quality?: number;
  low?: number;
  high?: number;
}

export interface Payload {
  /** ms since 1970. */
  time?: number;
  /** 0 … 255. */
  seq?: number;
  metrics: Metric[];
}

const metricsMost = 20_000;
const nameMost = 512;
const compressed = 'SPBV1.0_COMPRESSED';

export const textOf = (bytes: Uint8Array): string | undefined =>
  isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8') : undefined;

/** A payload, or why it is none. Extensions and fields nobody knows are passed over, as protobuf asks. */
export function readPayload(bytes: Uint8Array): Payload | Refusal {
  const fields = readFields(bytes);
  if (!fields) return refuse(PayloadMalformed, 'no protobuf message');
  const payload: Payload = { metrics: [] };
  for (const field of fields) {
    if (field.number === 1 && field.wire === 'varint') payload.time = numberOf(field);
    else if (field.number === 3 && field.wire === 'varint') payload.seq = numberOf(field);
    else if (field.number === 4 && field.wire === 'bytes' && textOf(field.bytes) === compressed)
      return refuse(ProtocolViolated, 'compressed payloads are not read');
    else if (field.number === 2 && field.wire === 'bytes') {
      if (payload.metrics.length >= metricsMost)
        return refuse(PayloadTooLarge, `more than ${metricsMost} metrics in one payload`);
      const metric = readMetric(field.bytes);
      if (!metric) return refuse(PayloadMalformed, 'not a metric', `/metrics/${payload.metrics.length}`);
      payload.metrics.push(metric);
    } else if (field.number <= 5) return refuse(PayloadMalformed, `field ${field.number} has another form`);
  }
  return payload;
}

/** Undefined when it is no metric. */
export function readMetric(bytes: Uint8Array): Metric | undefined {
  const fields = readFields(bytes);
  if (!fields) return undefined;
  const metric: Metric = { isHistorical: false, isNull: false, properties: {} };
  for (const field of fields) {
    const isNumber = field.wire === 'varint';
    switch (field.number) {
      case 1:
        metric.name = field.bytes.length <= nameMost ? textOf(field.bytes) : undefined;
        if (field.wire !== 'bytes' || metric.name === undefined) return undefined;
        break;
      case 2:
        metric.alias = bigOf(field);
        break;
      case 3:
        metric.time = numberOf(field);
        break;
      case 4:
        metric.type = dataTypeOf(field.high === 0 ? field.low : 0);
        break;
      case 5:
        metric.isHistorical = field.low !== 0;
        break;
      case 7:
        metric.isNull = field.low !== 0;
        break;
      case 9:
        metric.properties = readProperties(field.bytes);
        break;
      default:
        // Of a oneof the last counts.
        if (field.number >= 10 && field.number <= 18) metric.raw = field;
    }
    if (field.number >= 2 && field.number <= 7 && !isNumber) return undefined;
  }
  if (metric.isNull) delete metric.raw;
  return metric;
}

/** Values stand beside their keys; only what is asked for is read, so nothing nests. */
function readProperties(bytes: Uint8Array): MetricProperties {
  const fields = readFields(bytes) ?? [];
  const keys = fields.filter(({ number, wire }) => number === 1 && wire === 'bytes');
  const values = fields.filter(({ number, wire }) => number === 2 && wire === 'bytes');
  const properties: MetricProperties = {};
  keys.slice(0, 64).forEach((key, at) => {
    const fieldsOfValue = readFields(values[at]?.bytes ?? new Uint8Array(0)) ?? [];
    const value = fieldsOfValue.find(({ number }) => number >= 3 && number <= 8);
    if (value) understand(properties, textOf(key.bytes) ?? '', value);
  });
  return properties;
}

const propertyNumbers = { Quality: 'quality', engLow: 'low', engHigh: 'high' } as const;

function understand(properties: MetricProperties, key: string, value: WireField): void {
  if (key === 'engUnit' && value.number === 8) {
    const unit = textOf(value.bytes);
    if (unit !== undefined && unit.length <= 32) properties.unit = unit;
    return;
  }
  if (!Object.hasOwn(propertyNumbers, key)) return;
  const number = value.wire === 'varint' ? value.low | 0 : realOf(value);
  if (number !== undefined && Number.isFinite(number))
    properties[propertyNumbers[key as keyof typeof propertyNumbers]] = number;
}

function realOf(value: WireField): number | undefined {
  if (value.wire === 'fixed64') return doubleOf(value);
  return value.wire === 'fixed32' ? floatOf(value) : undefined;
}
