import { type FrameExplanation, type FrameField, type FrameReader, isRefusal } from '@keystead/terminals/port';
import { readMetric, readPayload } from './payload.ts';
import { metricValue } from './values.ts';
import { numberOf, readFields, type WireField } from './wire.ts';

const field = (zh: string, en: string, { start, end }: WireField, value: string): FrameField => ({
  name: { zh, en },
  start,
  end,
  value,
});

const timeText = (ms: number | undefined): string =>
  ms !== undefined && ms < 8.64e15 ? new Date(ms).toISOString() : String(ms);

const shownMost = 500;
const year2000 = 946_684_800_000;
const year2100 = 4_102_444_800_000;

function metricField(one: WireField): FrameField {
  const metric = readMetric(one.bytes);
  const said = metric?.raw && metricValue(metric.raw, metric.type ?? 'Unknown');
  const value =
    said === undefined ? 'null' : 'value' in said ? JSON.stringify(said.value) : (said.refusal.detail ?? '');
  const name = metric?.name ?? `alias ${metric?.alias ?? ''}`;
  const type = metric?.type === undefined ? '' : ` (${metric.type})`;
  return field('度量', 'Metric', one, `${name}${type} = ${value}`.slice(0, 500));
}

const explained: Readonly<Record<number, (one: WireField) => FrameField>> = {
  1: (one) => field('时间', 'Timestamp', one, timeText(numberOf(one))),
  2: metricField,
  3: (one) => field('序号', 'Sequence number', one, String(numberOf(one))),
  4: (one) => field('标识', 'UUID', one, Buffer.from(one.bytes).toString('utf8')),
  5: (one) => field('附体', 'Body', one, `${one.bytes.length}`),
};

/** Protobuf has no mark and no checksum: a time of this century and metrics of known types make it likely. */
function explain(bytes: Uint8Array): FrameExplanation | undefined {
  if (bytes.length < 4) return undefined;
  const fields = readFields(bytes);
  const payload = readPayload(bytes);
  if (!fields || isRefusal(payload) || fields.some(({ number }) => number > 5)) return undefined;
  const { time, metrics } = payload;
  const inThisCentury = time !== undefined && time > year2000 && time < year2100;
  const isPlain = metrics.every(({ name, alias, raw, isNull }) => (name ?? alias) !== undefined && (raw || isNull));
  const certainty = inThisCentury ? (metrics.length > 0 && isPlain ? 0.6 : 0.4) : 0.1;
  const readable = metrics.flatMap((metric) => {
    const said = metric.raw && metricValue(metric.raw, metric.type ?? 'Unknown');
    return said && 'value' in said ? [[metric.name ?? `alias ${metric.alias}`, said.value] as const] : [];
  });
  const values = Object.fromEntries(readable.filter(([name]) => name !== '__proto__').slice(0, shownMost));
  const reading = { values, ...(inThisCentury && { time: time * 1000 }) };
  return {
    protocol: 'sparkplug',
    certainty,
    checksum: 'none',
    fields: fields.slice(0, shownMost).flatMap((one) => explained[one.number]?.(one) ?? []),
    ...(Object.keys(values).length > 0 && { uplink: { kind: 'readings' as const, readings: [reading] } }),
  };
}

export const sparkplugFrameReader: FrameReader = { protocol: 'sparkplug', explain };
