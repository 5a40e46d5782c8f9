export const gapCodes = [
  'claim-missing',
  'claim-short',
  'evidence-missing',
  'evidence-file-missing',
  'evidence-expired',
  'battery-forecast-short',
] as const;
export type GapCode = (typeof gapCodes)[number];

/** One point in which a model or a device falls short of its contract. */
export interface Gap {
  /** Clause that asks for it, such as `H-6.1-2`. */
  clause: string;
  code: GapCode;
  /** The capability or the standard it is about. */
  subject: string;
  strength: 'must' | 'should';
  /** What was found, as short text: `12 h < 24 h`. */
  detail?: string;
}
