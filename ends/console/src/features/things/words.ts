import { quantity } from '@keystead/ui/format';
import { type Language, useTexts } from '@keystead/ui/i18n';
import type { Property, ThingModel } from './queries.ts';

interface Named {
  zh: string;
  en: string;
}

export const named = (name: Named, language: Language): string => (language === 'en' ? name.en : name.zh);

/** Words of models in the reader's language. */
export function useModelWords(models: readonly ThingModel[] | undefined) {
  const { language } = useTexts();
  return {
    model: (family: string): string => {
      const found = models?.find((model) => model.family === family);
      return found ? named(found.name, language) : family;
    },
  };
}

/** Words of the axes a model is sorted by; those of an organisation's own models are shown as they were written. */
export function useAxisWords() {
  const { t, has } = useTexts();
  return (axis: 'functions' | 'domains', word: string): string => {
    const key = axis === 'functions' ? `things.functions.${word}` : `things.domains.${word}`;
    return has(key) ? t(key) : word;
  };
}

/** How values of a property are said: numbers with their unit, words of an enum, yes or no. */
export function useValueWords() {
  const { t, language } = useTexts();
  return (property: Property | undefined, value: unknown): string => {
    if (value === null || value === undefined) return '—';
    if (typeof value === 'boolean') return t(value ? 'things.yes' : 'things.no');
    if (typeof value === 'number' && property?.type !== 'enum') return quantity(value, property?.unit, 3);
    const option = property?.values?.find((each) => String(each.value) === String(value));
    return option ? named(option.name, language) : String(value);
  };
}
