import { useT } from '@keystead/ui/i18n';
import { Tag } from 'antd';
import type { Plan } from './queries.ts';

const colours: Record<Plan['state'], string> = {
  draft: 'default',
  open: 'processing',
  committed: 'purple',
  choosing: 'cyan',
  closed: 'success',
};

/** Where a plan stands. */
export function PlanTag({ state }: { state: Plan['state'] }) {
  const t = useT();
  return <Tag color={colours[state]}>{t(`allocation.planStates.${state}`)}</Tag>;
}
