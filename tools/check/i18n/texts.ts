import type { SourceTree } from '../../source/index.ts';

/** One `i18n/<language>.json` read flat: `alarm.state.new` → text, with the prefixes of keys that code puts together. */
export interface TextFile {
  readonly file: string;
  readonly texts: ReadonlyMap<string, string>;
  readonly dynamic: readonly string[];
  /** Why the file cannot be read, when it cannot. */
  readonly broken?: string;
}

function flatten(node: object, prefix: string, into: Map<string, string>): void {
  for (const [name, value] of Object.entries(node)) {
    if (name.startsWith('$')) continue;
    const key = prefix === '' ? name : `${prefix}.${name}`;
    if (typeof value === 'string') into.set(key, value);
    else if (typeof value === 'object' && value !== null) flatten(value, key, into);
  }
}

export function readTextFile(tree: SourceTree, file: string): TextFile {
  const texts = new Map<string, string>();
  try {
    const json: unknown = JSON.parse(tree.read(file));
    if (typeof json !== 'object' || json === null || Array.isArray(json))
      return { file, texts, dynamic: [], broken: 'an object is expected' };
    flatten(json, '', texts);
    const dynamic = '$dynamic' in json && Array.isArray(json.$dynamic) ? json.$dynamic.map(String) : [];
    return { file, texts, dynamic };
  } catch (cause) {
    return { file, texts, dynamic: [], broken: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** Line of a key in a nested JSON text, by its last word; 1 when it is not written that way. */
export function keyLine(text: string, key: string): number {
  const word = `"${key.slice(key.lastIndexOf('.') + 1)}"`;
  const whole = `"${key}"`;
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.includes(whole));
  const found = at >= 0 ? at : lines.findIndex((line) => line.includes(`${word}:`));
  return found + 1 || 1;
}

/** The names in `{braces}` of a text, sorted. */
export const placesIn = (text: string): string =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map((match) => match[1])
    .sort()
    .join(', ');
