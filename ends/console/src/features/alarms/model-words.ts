import { useTexts } from '@keystead/ui/i18n';
import { useModels } from './rule-queries.ts';

interface Named {
  id: string;
  name: { zh: string; en: string };
}

/** What models call classes, events and properties; their ids where no model says it. */
export function useModelWords() {
  const { language } = useTexts();
  const { data = [] } = useModels();
  const said = ({ zh, en }: Named['name']) => (language === 'en' ? en : zh);
  const modelOf = (family: string) => data.find((model) => model.family === family);
  const among = (list: readonly Named[] | undefined, id: string) => {
    const found = list?.find((each) => each.id === id);
    return found ? said(found.name) : id;
  };
  return {
    model: (family: string): string => {
      const model = modelOf(family);
      return model ? said(model.name) : family;
    },
    event: (family: string, id: string): string => among(modelOf(family)?.events, id),
    property: (family: string, id: string): string => among(modelOf(family)?.properties, id),
  };
}

export type ModelWords = ReturnType<typeof useModelWords>;
