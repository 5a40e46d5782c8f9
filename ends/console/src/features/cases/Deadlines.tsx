import { useT } from '@keystead/ui/i18n';
import { Flex } from 'antd';
import { useNow } from '../../parts/index.ts';
import { ClockMark } from './ClockMark.tsx';
import { type ClockStanding, standingOf } from './clock.ts';
import type { CaseLine } from './queries.ts';

/** What is promised for a case in a list: the answer while it is awaited, and the solution. */
export function Deadlines({ line }: { line: CaseLine }) {
  const t = useT();
  const now = useNow();
  const standing = (due: string): ClockStanding => standingOf(Date.parse(due), Date.parse(line.openedAt), now);
  const { responseDueAt, resolutionDueAt } = line;
  if (line.endedAt || line.doneAt) return '—';
  if (!responseDueAt && !resolutionDueAt) {
    return <ClockMark standing={{ need: line.overdue ? 'broken' : 'paused' }} />;
  }
  return (
    <Flex vertical gap={2}>
      {responseDueAt ? (
        <ClockMark standing={standing(responseDueAt)} due={responseDueAt} name={t('cases.response')} />
      ) : null}
      {resolutionDueAt ? (
        <ClockMark standing={standing(resolutionDueAt)} due={resolutionDueAt} name={t('cases.resolution')} />
      ) : null}
    </Flex>
  );
}
