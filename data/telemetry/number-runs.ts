import type { ByteReader, ByteWriter } from './bytes.ts';

/** Largest of 1 s, 1 ms, 1 µs in which all numbers are whole. */
function stepOf(numbers: Float64Array): number {
  let step = 1_000_000;
  for (const each of numbers) {
    if (each % step === 0) continue;
    step = each % 1000 === 0 ? 1000 : 1;
    if (step === 1) return 1;
  }
  return step;
}

/**
 * Whole numbers as differences; with `beat` as differences of differences, so that a steady beat costs a byte a row
 * and nothing after compression. A beat is for numbers of an hour only: differences of large ones would lose bits.
 */
export function writeSteps(out: ByteWriter, numbers: Float64Array, beat: 0 | 1): void {
  const step = stepOf(numbers);
  out.unsigned(step);
  let before = 0;
  let stride = 0;
  for (let i = 0; i < numbers.length; i++) {
    const whole = (numbers[i] as number) / step;
    const next = whole - before;
    out.signed(next - stride);
    stride = next * beat;
    before = whole;
  }
}

export function readSteps(from: ByteReader, count: number, beat: 0 | 1): Float64Array {
  const numbers = new Float64Array(count);
  const step = from.unsigned();
  let whole = 0;
  let stride = 0;
  for (let i = 0; i < count; i++) {
    const next = stride + from.signed();
    whole += next;
    stride = next * beat;
    numbers[i] = whole * step;
  }
  return numbers;
}

/** Runs of equal small numbers as (number, length). */
export function writeRuns(out: ByteWriter, numbers: ArrayLike<number>, count: number): void {
  let from = 0;
  while (from < count) {
    const each = numbers[from] as number;
    let to = from + 1;
    while (to < count && numbers[to] === each) to++;
    out.unsigned(each);
    out.unsigned(to - from);
    from = to;
  }
}

export function readRuns(from: ByteReader, into: Uint8Array | Uint16Array): void {
  let at = 0;
  while (at < into.length) {
    const each = from.unsigned();
    const length = from.unsigned();
    into.fill(each, at, at + length);
    at += length;
  }
}

/** Which rows have the property: lengths of the runs with, without, with, … beginning with those that have it. */
export function writePresence(out: ByteWriter, at: Uint32Array, count: number, rows: number): void {
  let next = 0;
  let n = 0;
  while (next < rows) {
    const from = next;
    while (n < count && at[n] === next) {
      n++;
      next++;
    }
    out.unsigned(next - from);
    const until = n < count ? (at[n] as number) : rows;
    if (next < rows) out.unsigned(until - next);
    next = until;
  }
}

export function readPresence(from: ByteReader, count: number, rows: number): Uint32Array {
  const at = new Uint32Array(count);
  let row = 0;
  let n = 0;
  while (row < rows) {
    for (let left = from.unsigned(); left > 0; left--) at[n++] = row++;
    if (row < rows) row += from.unsigned();
  }
  if (n !== count) throw new RangeError('a column of another length than it says');
  return at;
}

export function everyRow(rows: number): Uint32Array {
  const at = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) at[row] = row;
  return at;
}
