import type { LineFaults } from './line.ts';

export interface BusOptions {
  readonly protocol: 'cjt188' | 'dlt645';
  readonly addresses: readonly string[];
  /** How water meters want their identifiers. */
  readonly order?: 'high' | 'low' | 'either';
}

export interface MeterOptions {
  readonly lines: readonly BusOptions[];
  readonly seed: number;
}

/** What is asked of the running meters. Any mix of the three. */
export type Wish =
  /** The time all meters live in; it runs on from there. */
  | { readonly clock: string }
  /** Instead of the faults before; without `line` for all lines. */
  | { readonly faults: LineFaults; readonly line?: number }
  /** Changes one meter, and is answered with how it stands; `at`: times whose registers are wanted. */
  | {
      readonly meter: string;
      readonly drift?: number;
      readonly silent?: boolean;
      readonly cuts?: readonly (readonly [from: string, to: string])[];
      readonly moving?: number;
      readonly at?: readonly string[];
    };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Throws SyntaxError or TypeError for what is no wish. */
export function readWish(line: string): Wish {
  const wish: unknown = JSON.parse(line);
  if (!isObject(wish) || !('clock' in wish || 'faults' in wish || 'meter' in wish)) throw new TypeError('no wish');
  return wish as unknown as Wish;
}

export function readOptions(text: string): MeterOptions {
  const { lines = [], seed = 1 }: Partial<MeterOptions> = JSON.parse(text);
  return { lines, seed };
}
