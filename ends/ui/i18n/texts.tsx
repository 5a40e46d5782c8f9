import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import en from './en.json' with { type: 'json' };
import zh from './zh-CN.json' with { type: 'json' };

export type Language = 'zh-CN' | 'en';
export type Translate = (key: string, values?: Readonly<Record<string, unknown>>) => string;
/** Nested texts as they stand in an `i18n/*.json`. */
export type Texts = { readonly [key: string]: string | string[] | Texts };

const flat: Record<Language, Map<string, string>> = { 'zh-CN': new Map(), en: new Map() };

function flatten(node: Texts, prefix: string, into: Map<string, string>): void {
  for (const [key, value] of Object.entries(node)) {
    if (key.startsWith('$')) continue;
    const path = prefix ? `${prefix}.${key}` : key;
    if (typeof value === 'string') into.set(path, value);
    else if (!Array.isArray(value)) flatten(value, path, into);
  }
}

/** Adds a feature's texts; called once at load by each feature. */
export function addTexts(texts: Record<Language, Texts>): void {
  flatten(texts['zh-CN'], '', flat['zh-CN']);
  flatten(texts.en, '', flat.en);
}

export function translator(language: Language): Translate {
  return (key, values) => {
    const text = flat[language].get(key) ?? key;
    return values
      ? text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole))
      : text;
  };
}

interface Choice {
  language: Language;
  t: Translate;
  /** Whether a key has a text: for words that come from data, such as states. */
  has(key: string): boolean;
  choose(language: Language): void;
}

const stored = 'keystead.language';
const Context = createContext<Choice>({ language: 'zh-CN', t: (key) => key, has: () => false, choose: () => {} });

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(localStorage.getItem(stored) === 'en' ? 'en' : 'zh-CN');
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo(
    () => ({
      language,
      t: translator(language),
      has: (key: string) => flat[language].has(key),
      choose: (next: Language) => {
        localStorage.setItem(stored, next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return <Context value={value}>{children}</Context>;
}

export const useTexts = (): Choice => useContext(Context);
/** The texts of the current language. */
export const useT = (): Translate => useContext(Context).t;

addTexts({ 'zh-CN': zh, en });
