import { hourMicros } from './instants.ts';
import type { HourPiece, Point } from './signal-reader.ts';
import { addPoint, addStatistics, emptyStatistics, type Statistics } from './statistics.ts';

export interface Bucket extends Statistics {
  /** Start, µs since 1970. */
  time: number;
}

/** Widths a person reads off an axis, in seconds; beyond a day whole days. */
const widths = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800,
  3600, 7200, 10_800, 14_400, 21_600, 28_800, 43_200, 86_400,
];

/** Bucket width in µs: the smallest round one with which [from, to) makes at most `points` buckets. */
export function bucketWidth(from: number, to: number, points: number): number {
  const least = (to - from) / points / 1_000_000;
  const round = widths.find((width) => width >= least) ?? Math.ceil(least / 86_400) * 86_400;
  return Math.max(1, Math.round(round * 1_000_000));
}

/** Starts of the buckets of one width that cover [from, to), on a grid that begins at `origin`. */
export function evenEdges(from: number, to: number, width: number, origin = 0): number[] {
  const edges: number[] = [];
  for (let edge = origin + Math.floor((from - origin) / width) * width; edge < to; edge += width) edges.push(edge);
  edges.push((edges.at(-1) ?? from) + width);
  return edges;
}

/**
 * Sums up pieces given in order of time. `edges` ascend; bucket i is [edges[i], edges[i + 1]). Buckets without a
 * point do not come out: a gap stays a gap.
 */
export class Buckets {
  readonly #edges: readonly number[];
  readonly #found: Bucket[] = [];
  #at = 0;

  constructor(edges: readonly number[]) {
    this.#edges = edges;
  }

  /** True when an hour lies in one bucket, so that its statistics are enough. */
  readonly covers = (hour: number): boolean => {
    const edges = this.#edges;
    let low = 0;
    let high = edges.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((edges[middle] as number) <= hour) low = middle;
      else high = middle - 1;
    }
    const end = edges[low + 1];
    return (edges[low] ?? Number.POSITIVE_INFINITY) <= hour && end !== undefined && hour + hourMicros <= end;
  };

  add(piece: HourPiece): void {
    if ('statistics' in piece) {
      const bucket = this.#bucketOf(piece.hour);
      if (bucket) addStatistics(bucket, piece.statistics);
    } else for (const point of piece.points) this.addPoint(point);
  }

  addPoint({ time, value, quality }: Pick<Point, 'time' | 'value' | 'quality'>): void {
    const bucket = this.#bucketOf(time);
    if (bucket) addPoint(bucket, value, quality);
  }

  get found(): readonly Bucket[] {
    return this.#found;
  }

  #bucketOf(time: number): Bucket | undefined {
    const edges = this.#edges;
    while ((edges[this.#at + 1] ?? Number.POSITIVE_INFINITY) <= time) this.#at += 1;
    const start = edges[this.#at];
    if (start === undefined || start > time || edges[this.#at + 1] === undefined) return undefined;
    const last = this.#found.at(-1);
    if (last?.time === start) return last;
    const made: Bucket = { time: start, ...emptyStatistics() };
    this.#found.push(made);
    return made;
  }
}
