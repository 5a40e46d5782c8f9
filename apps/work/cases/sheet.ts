import type { Translate } from '@keystead/kernel/i18n';
import type { Cell, Sheet } from '@keystead/kernel/sheet';
import type { CaseKind } from './kind.ts';
import type { CaseLine } from './list.ts';

/** The list as a table for people: heads, kinds and states in their language. */
export function caseSheet(
  lines: readonly CaseLine[],
  kindNames: (id: string) => CaseKind['name'],
  t: Translate,
  language: 'zh-CN' | 'en',
): Sheet {
  const columns: readonly (readonly [string, (line: CaseLine) => Cell])[] = [
    ['code', (line) => line.code],
    ['kind', (line) => (language === 'en' ? kindNames(line.kind).en : kindNames(line.kind).zh)],
    ['state', (line) => t(`case.state.${line.state}`)],
    ['priority', (line) => line.priority],
    ['title', (line) => line.title],
    ['subject', (line) => line.subjectLabel],
    ['place', (line) => line.placeName],
    ['requester', (line) => line.requesterName],
    ['assignee', (line) => line.assigneeName ?? line.team],
    ['openedAt', (line) => line.openedAt],
    ['dueAt', (line) => line.resolutionDueAt],
    ['doneAt', (line) => line.doneAt],
    ['endedAt', (line) => line.endedAt],
    ['overdue', (line) => t(line.overdue ? 'case.yes' : 'case.no')],
    ['rating', (line) => line.rating],
  ];
  return {
    name: t('case.sheet'),
    heads: columns.map(([name]) => t(`case.column.${name}`)),
    rows: lines.map((line) => columns.map(([, read]) => read(line))),
  };
}
