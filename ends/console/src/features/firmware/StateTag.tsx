import { useT } from '@keystead/ui/i18n';
import { Tag } from 'antd';
import type { CampaignLine, TargetState } from './queries.ts';

const colours: Record<CampaignLine['state'] | TargetState, string> = {
  'awaiting-approval': 'warning',
  running: 'processing',
  paused: 'error',
  completed: 'success',
  cancelled: 'default',
  refused: 'default',
  pending: 'default',
  offered: 'default',
  downloading: 'processing',
  downloaded: 'processing',
  verified: 'processing',
  applying: 'processing',
  succeeded: 'success',
  failed: 'error',
  'rolled-back': 'warning',
  skipped: 'default',
};

export function StateTag({ state }: { state: CampaignLine['state'] | TargetState }) {
  const t = useT();
  return <Tag color={colours[state]}>{t(`firmware.states.${state}`)}</Tag>;
}
