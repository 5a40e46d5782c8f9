import { useTexts } from '@keystead/ui/i18n';
import { useModel, useScenes, useThingOf } from '../queries.ts';
import type { Linkage } from './queries.ts';

/** What a rule does, as people would say it. */
export function ActionText({ rule: { action, trigger } }: { rule: Pick<Linkage, 'action' | 'trigger'> }) {
  const { t, language } = useTexts();
  const command = action.kind === 'command' ? action : undefined;
  const scenes = useScenes();
  const target = useThingOf(command?.thing);
  const family = target.data?.family ?? (trigger.kind === 'event' && !command?.thing ? trigger.family : '');
  const model = useModel(family, target.data?.modelVersion);
  if (action.kind === 'scene') {
    const scene = scenes.data?.items.find(({ id }) => id === action.scene);
    return t('commands.linkages.runs', { scene: scene?.name ?? '—' });
  }
  const name = model.data?.services.find(({ id }) => id === action.service)?.name;
  const service = name === undefined ? action.service : language === 'en' ? name.en : name.zh;
  const to = action.thing ? (target.data?.name ?? '…') : t('commands.linkages.toSame');
  return t('commands.linkages.gives', { service, to });
}
