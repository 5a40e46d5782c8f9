export interface CandidateRow {
  channel: string;
  title: string;
  /** What the device says of its make, as text. */
  about: string;
  /** Where it answers, as its entry in a configuration says it. */
  at: Record<string, unknown>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const start = 'candidates.';

const aboutOf = (about: unknown): string =>
  Object.values(isObject(about) ? about : {})
    .map((value) => (Array.isArray(value) ? value.join(', ') : String(value)))
    .join(' · ');

/** Devices an agent hears and nobody has configured, from what it says of itself. */
export const candidatesOf = (attributes: readonly { side: string; key: string; value: unknown }[]): CandidateRow[] =>
  attributes
    .filter(({ side, key }) => side === 'client' && key.startsWith(start))
    .flatMap(({ key, value }) =>
      (Array.isArray(value) ? value.filter(isObject) : []).map(({ title, at, about }) => ({
        channel: key.slice(start.length),
        title: String(title),
        about: aboutOf(about),
        at: isObject(at) ? at : {},
      })),
    );
