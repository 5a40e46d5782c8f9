import { useT } from '@keystead/ui/i18n';
import { Tag } from 'antd';
import { type Line, stateColours } from './queries.ts';

/** Where an exit stands; its lease in the archive is the end of it. */
export function ExitTag({ exit }: { exit: Pick<Line, 'state' | 'leaseState'> }) {
  const t = useT();
  if (exit.leaseState === 'archived' && exit.state !== 'cancelled')
    return <Tag color="success">{t('exits.archived')}</Tag>;
  return <Tag color={stateColours[exit.state]}>{t(`exits.states.${exit.state}`)}</Tag>;
}
