import { useTexts } from '@keystead/ui/i18n';
import { useSession } from '../../shell/session.tsx';
import { useAlarmRules, useKinds, useModels } from './queries.ts';

/** Stands for every alarm about what devices do that they should not. */
export const securityRules = 'platform:security:*';

/** Names of what the settings speak of; unknown ones are shown as they are written. */
export function useSettingWords() {
  const { t, has, language } = useTexts();
  const { may } = useSession();
  const rules = useAlarmRules(may('alarm:read'));
  const kinds = useKinds();
  const models = useModels();
  const own = (name: { zh: string; en: string } | undefined, otherwise: string) =>
    name ? name[language === 'en' ? 'en' : 'zh'] : otherwise;
  return {
    kinds: kinds.data?.items ?? [],
    models: models.data ?? [],
    kind: (id: string) =>
      id === '' ? t('caseSettings.none') : own(kinds.data?.items.find((kind) => kind.id === id)?.name, id),
    alarmRule: (id: string) =>
      id === securityRules
        ? t('caseSettings.securityRules')
        : own(rules.data?.items.find((rule) => rule.id === id)?.definition.name, id),
    subject: (kind: string) => (has(`caseSettings.subjects.${kind}`) ? t(`caseSettings.subjects.${kind}`) : kind),
    family: (id: string) => own(models.data?.find((model) => model.family === id)?.name, id),
    calendar: (name: string) => (has(`caseSettings.calendars.${name}`) ? t(`caseSettings.calendars.${name}`) : name),
  };
}
