import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Language = 'zh-CN' | 'en';
export const languages: readonly Language[] = ['zh-CN', 'en'];

/** Text of a key with `{name}` places filled; a key without text comes back as itself. */
export type Translate = (key: string, values?: Readonly<Record<string, unknown>>) => string;

export interface Catalogue {
  /** Adds `i18n/{zh-CN,en}.json` of a module folder, if it has them. */
  load(folder: string): void;
  in(language: Language): Translate;
}

type Texts = Map<string, string>;

function flatten(node: Record<string, unknown>, prefix: string, into: Texts): void {
  for (const [key, value] of Object.entries(node)) {
    if (key.startsWith('$')) continue;
    const path = prefix ? `${prefix}.${key}` : key;
    if (typeof value === 'string') into.set(path, value);
    else if (value && typeof value === 'object') flatten(value as Record<string, unknown>, path, into);
  }
}

export function createCatalogue(): Catalogue {
  const texts: Record<Language, Texts> = { 'zh-CN': new Map(), en: new Map() };
  return {
    load: (folder) => {
      for (const language of languages) {
        const file = join(folder, 'i18n', `${language}.json`);
        if (existsSync(file)) flatten(JSON.parse(readFileSync(file, 'utf8')), '', texts[language]);
      }
    },
    in: (language) => (key, values) => {
      const text = texts[language].get(key) ?? key;
      return values
        ? text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole))
        : text;
    },
  };
}

/** The better of our two languages for an Accept-Language header; zh-CN when it names neither. */
export function chooseLanguage(header: string | undefined): Language {
  const first = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', q] = part.trim().split(';q=');
      return { tag: tag.toLowerCase(), weight: q === undefined ? 1 : Number(q) };
    })
    .filter(({ tag }) => tag.startsWith('zh') || tag.startsWith('en'))
    .sort((a, b) => b.weight - a.weight)[0];
  return first?.tag.startsWith('en') ? 'en' : 'zh-CN';
}
