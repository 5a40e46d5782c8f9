import { type Refusal, refuse, ValueWrongType } from '@keystead/terminals/port';
import { type DataType, integerForm, numberOfType } from './data-types.ts';
import { WireWriter } from './wire.ts';

/** A metric to be sent: by its alias where the node gave one, else by its name. */
export interface WrittenMetric {
  name?: string;
  alias?: bigint;
  /** ms since 1970. */
  time?: number;
  type: DataType;
  /** null is told as such. */
  value: unknown;
  isHistorical?: boolean;
}

type PutValue = (into: WireWriter) => WireWriter;

/** How a value is written in a type, or why it cannot be. Of lists, tables and templates none can be. */
export function writerOf(value: unknown, type: DataType): PutValue | Refusal {
  const form = integerForm(type);
  if (form) {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) return refuse(ValueWrongType, `${type}: no integer`);
    const wide = BigInt(value);
    const kept = form.signed ? BigInt.asIntN(form.bits, wide) : BigInt.asUintN(form.bits, wide);
    if (kept !== wide) return refuse(ValueWrongType, `${type}: out of its range`);
    if (form.bits === 64) return (into) => into.varint(11, wide);
    // Negative numbers go as the 32 bits of their complement.
    return (into) => into.varint(10, BigInt.asUintN(32, wide));
  }
  if (type === 'Float' || type === 'Double') {
    if (typeof value !== 'number' || !Number.isFinite(value)) return refuse(ValueWrongType, `${type}: no number`);
    if (type === 'Double') return (into) => into.double(13, value);
    if (!Number.isFinite(Math.fround(value))) return refuse(ValueWrongType, `${type}: out of its range`);
    return (into) => into.float(12, value);
  }
  if (type === 'Boolean') {
    if (typeof value !== 'boolean') return refuse(ValueWrongType, `${type}: neither true nor false`);
    return (into) => into.varint(14, value ? 1 : 0);
  }
  if (type === 'String' || type === 'Text' || type === 'UUID') {
    if (typeof value !== 'string') return refuse(ValueWrongType, `${type}: no text`);
    return (into) => into.text(15, value);
  }
  return refuse(ValueWrongType, `${type} cannot be written`);
}

/** A payload with these metrics, or why one of them cannot be written. Times in ms. */
export function writePayload(
  metrics: readonly WrittenMetric[],
  { time, seq }: { time?: number; seq?: number },
): Uint8Array | Refusal {
  const payload = new WireWriter();
  if (time !== undefined) payload.varint(1, time);
  for (const metric of metrics) {
    const inner = new WireWriter();
    if (metric.name !== undefined) inner.text(1, metric.name);
    if (metric.alias !== undefined) inner.varint(2, metric.alias);
    if (metric.time !== undefined) inner.varint(3, metric.time);
    inner.varint(4, numberOfType(metric.type));
    if (metric.isHistorical) inner.varint(5, 1);
    if (metric.value === null) inner.varint(7, 1);
    else {
      const put = writerOf(metric.value, metric.type);
      if (typeof put !== 'function') return put;
      put(inner);
    }
    payload.bytes(2, inner.done());
  }
  if (seq !== undefined) payload.varint(3, seq);
  return payload.done();
}
