import type { AcceptedMessage } from '@keystead/contracts/telemetry';

/** The newest point of one property of one thing. Times in µs since 1970. */
export interface LatestPoint {
  time: number;
  received: number;
  value: number;
  quality: number;
  text?: string;
}

/** By property key. */
export type LatestPoints = Map<number, LatestPoint>;

/** Newer by event time; of one event time the later received. */
const isNewer = (point: LatestPoint, than: LatestPoint): boolean =>
  point.time > than.time || (point.time === than.time && point.received >= than.received);

export function addLatest(to: LatestPoints, key: number, point: LatestPoint): void {
  const before = to.get(key);
  if (before === undefined || isNewer(point, before)) to.set(key, point);
}

/** Takes the points of one accepted message. */
export function addMessage(
  to: LatestPoints,
  message: Pick<AcceptedMessage, 'time' | 'texts'> & {
    keys: readonly number[];
    values: readonly number[];
    qualities?: readonly number[];
  },
  received: number,
): void {
  const { time, keys, values, qualities, texts } = message;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as number;
    const before = to.get(key);
    if (before !== undefined && (before.time > time || (before.time === time && before.received > received))) continue;
    const point: LatestPoint = { time, received, value: values[i] as number, quality: qualities?.[i] ?? 0 };
    const text = texts?.[key];
    if (text !== undefined) point.text = text;
    to.set(key, point);
  }
}
