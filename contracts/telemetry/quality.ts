/** Quality of one value as stored (one byte). `suspect` has its reasons as separate codes. */
export const quality = {
  good: 0,
  test: 1,
  corrected: 2,
  missing: 3,
  suspectRange: 16,
  suspectRate: 17,
  suspectStuck: 18,
  suspectClock: 19,
  suspectFell: 20,
} as const;

export type QualityCode = (typeof quality)[keyof typeof quality];

export const isSuspect = (code: number): boolean => code >= 16;
