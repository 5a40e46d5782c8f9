import { cells } from './view.ts';

/** What a watch knows and must not forget when the process is started anew. */
export interface KeptWatch {
  /** What was told of the camera; its end is told by who comes after. */
  fault: 'lost' | 'covered' | 'rotated' | undefined;
  mean: number;
  spread: number;
  detail: number;
  across: Float32Array;
  down: Float32Array;
}

const form = 1;
const faults = [undefined, 'lost', 'covered', 'rotated'] as const;
const figures = 3 + 2 * cells;
const size = 2 + 4 * figures;

export function writeKeptWatch({ fault, mean, spread, detail, across, down }: KeptWatch): Uint8Array {
  const bytes = Buffer.alloc(size);
  bytes[0] = form;
  bytes[1] = faults.indexOf(fault);
  let at = 2;
  for (const part of [[mean, spread, detail], across, down])
    for (const figure of part) at = bytes.writeFloatLE(figure, at);
  return bytes;
}

/** Undefined when it is of another form, or was damaged: then the view is learnt anew. */
export function readKeptWatch(given: Uint8Array): KeptWatch | undefined {
  const known = (given[1] ?? faults.length) < faults.length;
  if (given.length !== size || given[0] !== form || !known) return undefined;
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.length);
  const all = Float32Array.from({ length: figures }, (_, n) => bytes.readFloatLE(2 + 4 * n));
  if (!all.every(Number.isFinite)) return undefined;
  const [mean = 0, spread = 0, detail = 0] = all;
  const fault = faults[given[1] ?? 0];
  return { fault, mean, spread, detail, across: all.subarray(3, 3 + cells), down: all.subarray(3 + cells) };
}
