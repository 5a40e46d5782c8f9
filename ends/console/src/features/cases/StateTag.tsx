import { useT } from '@keystead/ui/i18n';
import { Tag } from 'antd';
import type { CaseState } from './queries.ts';

const colours: Partial<Record<CaseState, string>> = {
  new: 'processing',
  triaged: 'processing',
  reopened: 'warning',
  'in-progress': 'cyan',
  accepted: 'cyan',
  done: 'success',
  confirmed: 'success',
};

export function StateTag({ state }: { state: CaseState }) {
  const t = useT();
  return <Tag color={colours[state] ?? 'default'}>{t(`cases.state.${state}`)}</Tag>;
}

/** Priority as a word; the first two stand out by weight, not by the colours of severity. */
export function PriorityMark({ priority }: { priority: number }) {
  const t = useT();
  return (
    <span style={{ whiteSpace: 'nowrap', fontWeight: priority <= 2 ? 600 : 400 }}>
      {t('cases.priorityShort', { priority, word: t(`cases.priority.${priority}`) })}
    </span>
  );
}
