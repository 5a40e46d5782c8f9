import { useTexts } from '@keystead/ui/i18n';
import { useScenes } from '../queries.ts';
import { type Linkage, useAlarmRules, useModels } from './queries.ts';

/** Rules as people would say them. */
export function useLinkageWords() {
  const { t, language } = useTexts();
  const models = useModels();
  const alarms = useAlarmRules();
  const scenes = useScenes();
  const said = (name: { zh: string; en: string }) => (language === 'en' ? name.en : name.zh);
  const alarmName = (id: string) => {
    const found = alarms.data?.items.find((rule) => rule.id === id);
    return found ? said(found.definition.name) : id;
  };
  const modelOf = (family: string) => models.data?.find((model) => model.family === family);

  function trigger({ trigger, hours }: Pick<Linkage, 'trigger' | 'hours'>): string {
    const span = hours?.weekly[0];
    const when = span ? ` · ${span.from}–${span.to}` : '';
    if (trigger.kind === 'alarm') {
      const change = t(`commands.linkages.changes.${trigger.change}`);
      const what = trigger.rule ? alarmName(trigger.rule) : t('commands.linkages.anyAlarm');
      const grade = trigger.severity ? ` · ${t('commands.linkages.atLeast', { severity: trigger.severity })}` : '';
      return `${what} ${change}${grade}${when}`;
    }
    const model = modelOf(trigger.family);
    const event = model?.events.find(({ id }) => id === trigger.event);
    return `${model ? said(model.name) : trigger.family} · ${event ? said(event.name) : trigger.event}${when}`;
  }

  return {
    trigger,
    said,
    models: models.data ?? [],
    alarmRules: alarms.data?.items ?? [],
    scenes: scenes.data,
  };
}
