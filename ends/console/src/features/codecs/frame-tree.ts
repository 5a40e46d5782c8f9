import type { Frame } from './queries.ts';

/** Bytes [start, end) of what was pasted. */
export interface Span {
  start: number;
  end: number;
}

interface Part extends Span {
  name: { zh: string; en: string };
  value: string;
  fields?: Part[];
}

export interface Branch {
  key: string;
  title: string;
  children?: Branch[];
}

const hanWords = /[\u4e00-\u9fff][\u4e00-\u9fff、（）]*\s?/g;
/** Lower-case words right behind Chinese ones: how readers say the same in English. */
const englishBehind = /([\u4e00-\u9fff）]) [a-z][a-z]+(?:[ -][a-z]+)*/g;

/** Readers say words of a protocol in both languages, `读数据 read data`: one of them is enough. */
export function inOneLanguage(value: string, language: 'zh' | 'en'): string {
  if (language === 'zh') return value.replace(englishBehind, '$1');
  const left = value.replace(hanWords, '').trim();
  return /[a-z]{2}/.test(left) ? left : value;
}

/** The parts of a frame as a tree, and which bytes each branch stands on. */
export function branchesOf(
  fields: Frame['fields'],
  language: 'zh' | 'en',
): { branches: Branch[]; spans: ReadonlyMap<string, Span> } {
  const spans = new Map<string, Span>();
  const branch =
    (above: string) =>
    ({ name, start, end, value, fields: inner }: Part, index: number): Branch => {
      const key = `${above}${index}`;
      spans.set(key, { start, end });
      const title = value === '' ? name[language] : `${name[language]}: ${inOneLanguage(value, language)}`;
      return { key, title, ...(inner?.length ? { children: inner.map(branch(`${key}.`)) } : {}) };
    };
  return { branches: fields.map(branch('')), spans };
}

export interface ByteCell {
  at: number;
  text: string;
  /** Of the frame, not of what stands around it. */
  own: boolean;
  lit: boolean;
}

const across = 16;
const mostRows = 64;

/** The rows of bytes a frame stands in, sixteen a row, at most 64 of them. */
export function byteRows(hex: string, frame: Span, lit: Span | undefined): ByteCell[][] {
  const from = Math.floor(frame.start / across);
  const to = Math.min(Math.ceil(Math.max(frame.end, frame.start + 1) / across), from + mostRows);
  return Array.from({ length: to - from }, (_, row) =>
    Array.from({ length: across }, (_, column) => {
      const at = (from + row) * across + column;
      return {
        at,
        text: hex.slice(at * 2, at * 2 + 2).toUpperCase(),
        own: at >= frame.start && at < frame.end,
        lit: lit !== undefined && at >= lit.start && at < lit.end,
      };
    }).filter(({ text }) => text !== ''),
  );
}
