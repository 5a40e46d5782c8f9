/** One piece of software as it is found in an asset. */
export interface Component {
  /** `npm`, `debian:12`, `pypi`, …; `generic` for what belongs to none. */
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
}

/** What an asset says it runs. */
export interface SoftwareList {
  readonly components: readonly Component[];
  /** Entries that cannot be read as software; shown, never guessed. */
  readonly unreadable: number;
}

/** Attribute in which a thing tells what it runs, or in which staff write it down for one that cannot tell. */
export const softwareAttribute = 'software';

const most = 2000;
const short = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 200 ? value.trim() : undefined;

/** One name for an ecosystem, whatever the source calls it: `Ubuntu:22.04:LTS` → `ubuntu:22.04`. */
export const ecosystemOf = (text: string | undefined): string => {
  const [kind = '', release] = (text ?? '').trim().toLowerCase().split(':');
  if (kind === '') return 'generic';
  return release ? `${kind}:${release}` : kind;
};

/** Under which a component is looked for. */
export const packageKey = ({ ecosystem, name }: Pick<Component, 'ecosystem' | 'name'>): string =>
  `${ecosystem} ${name.toLowerCase()}`;

function entryOf(value: unknown): Component | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const { name, version, ecosystem } = value as Record<string, unknown>;
  const [known, at] = [short(name), short(version)];
  if (known === undefined || at === undefined) return undefined;
  return { ecosystem: ecosystemOf(short(ecosystem)), name: known, version: at };
}

/**
 * Reads the attribute `software`: `{"postgresql":"17.2"}` or `[{"name","version","ecosystem"?}]`, at most 2,000
 * entries. Anything else counts as unreadable.
 */
export function readSoftware(value: unknown): SoftwareList {
  const listed = Array.isArray(value)
    ? value
    : value !== null && typeof value === 'object'
      ? Object.entries(value).map(([name, version]) => ({ name, version }))
      : undefined;
  if (listed === undefined) return { components: [], unreadable: 1 };
  const components = listed.slice(0, most).flatMap((each) => entryOf(each) ?? []);
  return { components, unreadable: listed.length - components.length };
}
