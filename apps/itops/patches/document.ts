import { problem } from '@keystead/contracts/problem';

/** The document is not what its format asks for. */
export class AdvisoryUnreadable extends problem('advisory-unreadable', 422) {}

/** A JSON value of a foreign document, read step by step: what is not there or of another type is undefined. */
export interface Node {
  at(key: string): Node;
  list(key: string): Node[];
  text(key: string): string | undefined;
  texts(key: string): string[];
  number(key: string): number | undefined;
  date(key: string): Date | null;
}

const longest = 10_000;
const mostItems = 5000;

/** Opens a foreign document for reading. Texts are cut at 10,000 signs, lists at 5,000 items. */
export function nodeOf(value: unknown): Node {
  const fields = value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
  const of = (key: string): unknown => (Object.hasOwn(fields, key) ? Reflect.get(fields, key) : undefined);
  const items = (key: string): unknown[] => {
    const found = of(key);
    return Array.isArray(found) ? found.slice(0, mostItems) : [];
  };
  const text = (key: string) => {
    const found = of(key);
    return typeof found === 'string' && found !== '' ? found.slice(0, longest) : undefined;
  };
  return {
    at: (key) => nodeOf(of(key)),
    list: (key) => items(key).map(nodeOf),
    text,
    texts: (key) => items(key).flatMap((each) => (typeof each === 'string' ? [each.slice(0, 500)] : [])),
    number: (key) => {
      const found = of(key);
      return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
    },
    date: (key) => {
      const moment = new Date(text(key) ?? '');
      return Number.isNaN(moment.getTime()) ? null : moment;
    },
  };
}

/** Text with its percent signs taken for what they stand for; as it is when they stand for nothing. */
export function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
