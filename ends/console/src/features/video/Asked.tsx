import { useT } from '@keystead/ui/i18n';
import { Tag } from 'antd';
import { useAsked } from './queries.ts';

const good = ['acknowledged', 'verified'];
const bad = ['refused', 'expired', 'failed', 'cancelled'];

/** How what was asked of a recorder stands; in its own words where it says why not. */
export function Asked({ command }: { command: string | undefined }) {
  const t = useT();
  const { data } = useAsked(command);
  if (command === undefined || data === undefined) return null;
  const { state, failure } = data;
  if (good.includes(state)) return <Tag color="success">{t('video.answered')}</Tag>;
  if (!bad.includes(state)) return <Tag color="processing">{t('video.waiting')}</Tag>;
  return <Tag color="error">{t('video.notDone', { why: failure ?? state })}</Tag>;
}
