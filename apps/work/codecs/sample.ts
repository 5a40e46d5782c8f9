import { isDeepStrictEqual } from 'node:util';
import type { Outcome } from './ports.ts';
import type { Sample } from './schemas.ts';

/** How one sample went: `differences` are JSON pointers into what was expected. */
export interface Verdict {
  name: string;
  passed: boolean;
  differences: string[];
  made?: Readonly<Record<string, unknown>>;
  refused?: string;
  detail?: string;
}

const mostDifferences = 50;
const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

function* differencesOf(expected: unknown, made: unknown, pointer: string): Generator<string> {
  if (isFields(expected) && isFields(made)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(made)]))
      yield* differencesOf(expected[key], made[key], `${pointer}/${escaped(key)}`);
  } else if (Array.isArray(expected) && Array.isArray(made) && expected.length === made.length) {
    for (const [index, item] of expected.entries()) yield* differencesOf(item, made[index], `${pointer}/${index}`);
  } else if (!isDeepStrictEqual(expected, made)) yield pointer;
}

/**
 * Holds what a script made against what a sample expects. Of the outermost keys only those that are expected count, so
 * that a sample may leave out `warnings`; below them everything must be equal. `{ refused: type }` expects a refusal.
 */
export function judge({ name, expected }: Pick<Sample, 'name' | 'expected'>, outcome: Outcome): Verdict {
  const told = 'made' in outcome ? outcome.made : { refused: outcome.refused };
  const differences: string[] = [];
  for (const [key, value] of Object.entries(expected))
    for (const pointer of differencesOf(value, Object.hasOwn(told, key) ? told[key] : undefined, `/${escaped(key)}`))
      if (differences.length < mostDifferences) differences.push(pointer);
  // A refusal nobody expected is no pass, whatever else was expected; and a sample that expects nothing proves nothing.
  const passed =
    differences.length === 0 &&
    Object.keys(expected).length > 0 &&
    ('made' in outcome || Object.hasOwn(expected, 'refused'));
  return { name, passed, differences, ...outcome };
}
