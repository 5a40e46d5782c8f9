import { useT } from '@keystead/ui/i18n';
import { Tag } from 'antd';
import { type Swap, stateColours } from './queries.ts';

/** Where a change of houses stands. */
export function StateTag({ state }: { state: Swap['state'] }) {
  const t = useT();
  return <Tag color={stateColours[state]}>{t(`swaps.states.${state}`)}</Tag>;
}
