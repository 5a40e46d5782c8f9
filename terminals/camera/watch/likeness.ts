import { columns, rows, type View } from './view.ts';

type Edges = Pick<View, 'across' | 'down'>;

/**
 * How far the edges of two views run alike, 1 = the same, 0 = nothing in common; `right` and `down` are cells the
 * second is moved by before it is laid on the first, and only what overlaps counts.
 */
export function likeness(one: Edges, other: Edges, right = 0, down = 0): number {
  let [common, first, second] = [0, 0, 0];
  for (let y = Math.max(0, down); y < Math.min(rows, rows + down); y++)
    for (let x = Math.max(0, right); x < Math.min(columns, columns + right); x++) {
      const [a, b] = [y * columns + x, (y - down) * columns + x - right];
      const [ax, ay] = [one.across[a] ?? 0, one.down[a] ?? 0];
      const [bx, by] = [other.across[b] ?? 0, other.down[b] ?? 0];
      common += ax * bx + ay * by;
      first += ax * ax + ay * ay;
      second += bx * bx + by * by;
    }
  return first === 0 || second === 0 ? 0 : common / Math.sqrt(first * second);
}

export interface Shift {
  /** In parts of the picture's width and height. */
  right: number;
  down: number;
  likeness: number;
}

/** Where the edges of `now` lie when they are those of `before`, moved by at most two fifths of the picture. */
export function shiftBetween(now: Edges, before: Edges): Shift {
  const [most, tall] = [Math.floor(columns * 0.4), Math.floor(rows * 0.4)];
  let best = { right: 0, down: 0, likeness: -1 };
  for (let down = -tall; down <= tall; down++)
    for (let right = -most; right <= most; right++) {
      const found = likeness(now, before, right, down);
      if (found > best.likeness) best = { right, down, likeness: found };
    }
  return { right: best.right / columns, down: best.down / rows, likeness: best.likeness };
}

const steps = 60;

/** How much edge runs in each direction, in steps of 6° over the full turn. */
function directions({ across, down }: Edges): Float32Array {
  const sums = new Float32Array(steps);
  for (const [n, dx] of across.entries()) {
    const dy = down[n] ?? 0;
    const weight = dx * dx + dy * dy;
    if (weight < 0.1) continue;
    const turn = (Math.atan2(dy, dx) / (2 * Math.PI) + 1) * steps;
    const low = Math.floor(turn);
    sums[low % steps] = (sums[low % steps] ?? 0) + weight * (low + 1 - turn);
    sums[(low + 1) % steps] = (sums[(low + 1) % steps] ?? 0) + weight * (turn - low);
  }
  return sums;
}

/** By how many degrees (−180 … 174, clockwise) the directions of the edges turned from `before` to `now`. */
export function turnBetween(now: Edges, before: Edges): number {
  const [a, b] = [directions(now), directions(before)];
  let best = { turn: 0, score: Number.NEGATIVE_INFINITY };
  for (let turn = 0; turn < steps; turn++) {
    let score = 0;
    for (let n = 0; n < steps; n++) score += (a[(n + turn) % steps] ?? 0) * (b[n] ?? 0);
    if (score > best.score) best = { turn, score };
  }
  const degrees = (best.turn * 360) / steps;
  return degrees >= 180 ? degrees - 360 : degrees;
}
