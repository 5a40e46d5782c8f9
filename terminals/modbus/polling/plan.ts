import { type Area, most } from '../frame/request.ts';
import { type Decode, decoderOf } from '../values/decode.ts';
import { isBits, type Point, widthOf } from '../values/point.ts';

/** A point with its decoder, made once. */
export interface PlannedPoint {
  point: Point;
  decode: Decode;
  width: number;
}

/** One read request and the points its answer holds. */
export interface Batch {
  area: Area;
  address: number;
  count: number;
  points: readonly PlannedPoint[];
}

/** Addresses [from, to] of an area that must not be read: some devices break off or reset when they are. */
export interface Hole {
  area: Area;
  from: number;
  to: number;
}

export interface PlanLimits {
  /** Most registers a request asks for, at most 125. */
  mostRegisters: number;
  /** Most coils or inputs a request asks for, at most 2000. */
  mostBits: number;
  /** Unused registers that may lie between two points of one request; sixteen times as many bits. */
  gap: number;
  holes: readonly Hole[];
}

export const usualLimits: PlanLimits = {
  mostRegisters: most.readRegisters,
  mostBits: most.readBits,
  gap: 16,
  holes: [],
};

export const planned = (point: Point): PlannedPoint => ({ point, decode: decoderOf(point), width: widthOf(point) });

const touches = (hole: Hole, area: Area, from: number, to: number): boolean =>
  hole.area === area && hole.from < to && hole.to >= from;

/** Whether a point itself lies where nothing may be read. */
export const isForbidden = (point: Point, holes: readonly Hole[]): boolean =>
  holes.some((hole) => touches(hole, point.area, point.address, point.address + widthOf(point)));

function batchOf(points: readonly PlannedPoint[]): Batch[] {
  const first = points[0]?.point;
  if (!first) return [];
  const end = Math.max(...points.map(({ point, width }) => point.address + width));
  return [{ area: first.area, address: first.address, count: end - first.address, points }];
}

/**
 * Few requests for many points: neighbours go together while the gap between them is small, the request stays within
 * its limits and no hole lies between them. A point is never cut in two, so a 32-bit value is of one moment.
 */
export function plan(points: readonly PlannedPoint[], limits: PlanLimits): Batch[] {
  const batches: Batch[] = [];
  const byArea = Map.groupBy(points, ({ point }) => point.area);
  for (const [area, all] of byArea) {
    const sorted = all.toSorted((a, b) => a.point.address - b.point.address);
    const bits = sorted[0] !== undefined && isBits(sorted[0].point);
    const most = bits ? limits.mostBits : limits.mostRegisters;
    const gap = bits ? limits.gap * 16 : limits.gap;
    let run: PlannedPoint[] = [];
    let start = 0;
    let end = 0;
    for (const next of sorted) {
      const from = next.point.address;
      const to = Math.max(end, from + next.width);
      const joins =
        from - end <= gap &&
        to - start <= most &&
        !limits.holes.some((hole) => from > end && touches(hole, area, end, from));
      if (run.length === 0 || joins) {
        if (run.length === 0) start = from;
        run.push(next);
        end = run.length === 1 ? from + next.width : to;
      } else {
        batches.push(...batchOf(run));
        run = [next];
        start = from;
        end = from + next.width;
      }
    }
    batches.push(...batchOf(run));
  }
  return batches;
}

/**
 * A batch the device would not answer (address not there), in smaller ones: first without its gaps, then by halves. A
 * single point cannot be split: the answer is an empty list.
 */
export function split(batch: Batch): Batch[] {
  if (batch.points.length < 2) return [];
  const tight = plan(batch.points, { ...usualLimits, gap: 0 });
  if (tight.length > 1) return tight;
  const middle = Math.ceil(batch.points.length / 2);
  const halves = [...batchOf(batch.points.slice(0, middle)), ...batchOf(batch.points.slice(middle))];
  // Points of the same register (its bits) stay the same request however they are cut.
  const [first, second] = halves;
  return first?.address === second?.address && first?.count === second?.count ? [] : halves;
}
