import { useT } from '@keystead/ui/i18n';
import { Tag } from 'antd';
import type { Swap } from './queries.ts';

const colours: Partial<Record<Swap['state'], string>> = {
  requested: 'warning',
  approved: 'processing',
  scheduled: 'purple',
  changing: 'processing',
  done: 'success',
  refused: 'error',
  lapsed: 'error',
};

/** Where a change of houses stands. */
export function StateTag({ state }: { state: Swap['state'] }) {
  const t = useT();
  return <Tag color={colours[state] ?? 'default'}>{t(`swaps.states.${state}`)}</Tag>;
}
