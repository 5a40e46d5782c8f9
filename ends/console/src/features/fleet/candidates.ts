interface Fact {
  key: string;
  value: string;
}

export interface CandidateRow {
  channel: string;
  title: string;
  /** What the device says of itself. */
  about: Fact[];
  /** Where it answers, as its entry in a configuration says it. */
  at: Record<string, unknown>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const start = 'candidates.';

/** In the order in which people ask; what is not listed comes behind. */
const asked = ['manufacturer', 'vendor', 'model', 'hardware', 'location', 'address', 'endpoint'];

const aboutOf = (about: unknown): Fact[] => {
  const facts = isObject(about) ? about : {};
  const keys = [...asked.filter((key) => key in facts), ...Object.keys(facts).filter((key) => !asked.includes(key))];
  return keys.map((key) => {
    const value = facts[key];
    return { key, value: Array.isArray(value) ? value.join(', ') : String(value) };
  });
};

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
