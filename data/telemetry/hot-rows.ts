import type { AcceptedMessage } from '@keystead/contracts/telemetry';
import type { CopyRow, CopyRows } from '@keystead/kernel/db/copy';
import { seqOf } from './sequence.ts';
import type { SignalRow } from './signal-row.ts';

/** Columns of `telemetry.hot` in the order they are copied. */
export const hotColumns = 'thing, time, received, seq, gateway, source, keys, vals, quals, texts';
export const hotColumnCount = 10;

export interface BatchHead {
  gateway: number;
  batch: number;
  /** µs since 1970. */
  received: number;
  /** Number of the foreign source; 0 = the things themselves. */
  source: number;
}

function qualityBytes(qualities: readonly number[]): Uint8Array | undefined {
  for (const code of qualities) if (code !== 0) return Uint8Array.from(qualities);
  return undefined;
}

/** Writes the messages of one batch as rows for COPY. Throws CopyValueInvalid for what a column cannot hold. */
export function writeHotRows(out: CopyRows, head: BatchHead, messages: readonly AcceptedMessage[]): void {
  for (let i = 0; i < messages.length; i++) {
    const message = messages[i] as AcceptedMessage;
    out.row().int8(message.thing).timestamptz(message.time).timestamptz(head.received);
    out.int8(seqOf(head.batch, i)).int4(head.gateway);
    if (head.source === 0) out.null();
    else out.int2(head.source);
    out.int2s(message.keys).float8s(message.values);
    const doubtful = qualityBytes(message.qualities);
    if (doubtful) out.bytea(doubtful);
    else out.null();
    if (message.texts) out.text(JSON.stringify(message.texts));
    else out.null();
  }
}

/** A hot row as it was written, with who it is of. */
export interface HotRow extends SignalRow {
  thing: number;
  seq: number;
  gateway: number;
}

export function readHotRow(row: CopyRow): HotRow {
  return {
    thing: row.int8(),
    time: row.timestamptz(),
    received: row.timestamptz(),
    seq: row.int8(),
    gateway: row.int4(),
    source: row.null() ? 0 : row.int2(),
    keys: row.int2s(),
    values: row.float8s(),
    qualities: row.null() ? undefined : [...row.bytea()],
    texts: row.null() ? undefined : (JSON.parse(row.text()) as Record<string, string>),
  };
}
