import type { Translate } from '@keystead/kernel/i18n';
import type { CaseKind } from './kind.ts';
import type { CaseLine } from './list.ts';

const byteOrderMark = '\uFEFF'; // Excel reads UTF-8 only when it sees this

/** One field of a CSV line. What a spreadsheet would take for a formula is made text by an apostrophe. */
export function csvField(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const local = (zone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });

/** The list as a table for people: headings and states in their language, times on their wall clock. */
export function caseSheet(
  lines: readonly CaseLine[],
  kindNames: (id: string) => CaseKind['name'],
  t: Translate,
  language: 'zh-CN' | 'en',
  zone: string,
): string {
  const format = local(zone);
  const time = (at: Date | null) => (at ? format.format(at) : null);
  const columns: readonly (readonly [string, (line: CaseLine) => string | number | null])[] = [
    ['code', (line) => line.code],
    ['kind', (line) => (language === 'en' ? kindNames(line.kind).en : kindNames(line.kind).zh)],
    ['state', (line) => t(`case.state.${line.state}`)],
    ['priority', (line) => line.priority],
    ['title', (line) => line.title],
    ['subject', (line) => line.subjectLabel],
    ['requester', (line) => line.requesterName],
    ['assignee', (line) => line.assigneeName ?? line.team],
    ['openedAt', (line) => time(line.openedAt)],
    ['dueAt', (line) => time(line.resolutionDueAt)],
    ['doneAt', (line) => time(line.doneAt)],
    ['endedAt', (line) => time(line.endedAt)],
    ['overdue', (line) => t(line.overdue ? 'case.yes' : 'case.no')],
    ['rating', (line) => line.rating],
  ];
  const rows = lines.map((line) => columns.map(([, read]) => csvField(read(line))).join(','));
  const head = columns.map(([name]) => csvField(t(`case.column.${name}`))).join(',');
  return `${byteOrderMark}${[head, ...rows].join('\r\n')}\r\n`;
}
