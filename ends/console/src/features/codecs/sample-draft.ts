import type { Sample } from './queries.ts';

/** A sample as it stands in the form: what is JSON is text until it is run. */
export interface SampleDraft {
  key: number;
  way: 'up' | 'down';
  name: string;
  hex: string;
  method: string;
  /** The rest of what the script is given, as JSON: `fPort`, `variables` … upwards, `params`, `request` … downwards. */
  given: string;
  expected: string;
}

let keys = 0;

export const emptyDraft = (name: string): SampleDraft => ({
  ...{ key: ++keys, way: 'up', name, hex: '', method: '', given: '', expected: '' },
});

export function draftOf(sample: Sample): SampleDraft {
  const { name, expected } = sample;
  const text = (fields: object) => (Object.keys(fields).length === 0 ? '' : JSON.stringify(fields));
  const draft = { ...emptyDraft(name), expected: JSON.stringify(expected, null, 1) };
  if (sample.way === 'up') {
    const { way, name: _, hex, expected: __, ...given } = sample;
    return { ...draft, way, hex, given: text(given) };
  }
  const { way, name: _, method, expected: __, ...given } = sample;
  return { ...draft, way, method, given: text(given) };
}

/** JSON text that is an object; nothing counts as an empty one; undefined = it is none. */
function fieldsIn(text: string): Record<string, unknown> | undefined {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** What is sent, or the text key of what is wrong with the draft. */
export function sampleFrom(draft: SampleDraft): Sample | 'given' | 'expected' | 'hex' | 'method' {
  const given = fieldsIn(draft.given);
  if (!given) return 'given';
  const expected = fieldsIn(draft.expected);
  if (!expected) return 'expected';
  const { way, name, hex, method } = draft;
  if (way === 'up') return hex.trim() === '' ? 'hex' : ({ ...given, way, name, hex, expected } as Sample);
  return method.trim() === '' ? 'method' : ({ ...given, way, name, method, expected } as Sample);
}
