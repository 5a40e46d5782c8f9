/** Spans that end now, by their name in an address, in seconds. */
export const spans = { '1h': 3600, '24h': 86_400, '7d': 604_800, '30d': 2_592_000 } as const;
export type SpanName = keyof typeof spans;

/** A time range as it stands in an address: `24h`, or `<from>~<to>` as ISO 8601. */
export type RangeText = string;

export interface Range {
  from: Date;
  to: Date;
}

export const isSpan = (text: RangeText): text is SpanName => Object.hasOwn(spans, text);

const broken = (at: Date): boolean => Number.isNaN(at.getTime());

/** What a range means at `now`; text that is no range means the last 24 hours. */
export function rangeOf(text: RangeText, now: Date): Range {
  const [from, to] = text.split('~').map((part) => new Date(part));
  if (!isSpan(text) && from && to && !broken(from) && !broken(to) && from < to) return { from, to };
  const seconds = spans[isSpan(text) ? text : '24h'];
  return { from: new Date(now.getTime() - seconds * 1000), to: now };
}

export const rangeText = ({ from, to }: Range): RangeText => `${from.toISOString()}~${to.toISOString()}`;
