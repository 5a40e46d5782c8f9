import { choices, seedOf } from '@keystead/simulator/behaviour';

/** Choices that follow each other, the same for the same words. */
export interface Choice {
  next(): number;
  below(most: number): number;
  chance(share: number): boolean;
}

export function choiceOf(...words: readonly (string | number)[]): Choice {
  const next = choices(seedOf(...words));
  return { next, below: (most) => Math.floor(next() * most), chance: (share) => next() < share };
}
