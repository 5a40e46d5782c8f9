import { localDate } from '@keystead/contracts/calendar';
import type { Translate } from '@keystead/kernel/i18n';
import type { Sheet } from '@keystead/kernel/sheet';
import { type EntryLine, entryCode } from './plan.ts';

/** More rows than a waiting list has. */
export const sheetLimit = 50_000;

const columns = 'position code household category priority score since until declines state'.split(' ');

/** The waiting list as a table in the words of the reader's language. */
export const waitingSheet = (rows: readonly EntryLine[], t: Translate): Sheet => ({
  name: t('waiting.sheet'),
  heads: columns.map((key) => t(`waiting.column.${key}`)),
  rows: rows.map((row) => [
    ...[row.position, entryCode(row.number), row.householdName, t(`waiting.category.${row.category}`), row.priority],
    ...[row.score, localDate(row.since), localDate(row.until), row.declines, t(`waiting.state.${row.state}`)],
  ]),
});
