import { useTexts } from '@keystead/ui/i18n';
import { useKinds } from './queries.ts';

/** Words of kinds and waits come from the platform; those of states and steps are the console's. */
export function useCaseWords() {
  const { t, has, language } = useTexts();
  const kinds = useKinds();
  const said = (name: { zh: string; en: string } | undefined, otherwise: string) =>
    name ? name[language === 'en' ? 'en' : 'zh'] : otherwise;
  const kindOf = (id: string) => kinds.data?.items.find((kind) => kind.id === id);
  return {
    kinds: kinds.data?.items ?? [],
    kindOf,
    kind: (id: string) => said(kindOf(id)?.name, id),
    wait: (kind: string, id: string) => said(kindOf(kind)?.waits.find((reason) => reason.id === id)?.name, id),
    state: (state: string) => t(`cases.state.${state}`),
    step: (step: string) => (has(`cases.step.${step}`) ? t(`cases.step.${step}`) : step),
    /** What the platform and its apps name; people may have written others. */
    category: (id: string | undefined) => (id && has(`cases.categories.${id}`) ? t(`cases.categories.${id}`) : id),
    calendar: (name: string) => (has(`cases.calendars.${name}`) ? t(`cases.calendars.${name}`) : name),
    priority: (priority: number) => t(`cases.priority.${priority}`),
  };
}
