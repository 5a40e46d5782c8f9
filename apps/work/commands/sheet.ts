import type { Language, Translate } from '@keystead/kernel/i18n';
import type { Cell, Sheet } from '@keystead/kernel/sheet';
import type { CommandRow } from './command.ts';
import { withoutSecrets } from './secret.ts';

const written = (value: unknown): Cell => {
  if (value === null || value === undefined) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : (value as Cell);
};

/** Commands as a table for people: who, when, what, old and new value, result (I-5.2.2.3-e), in their language. */
export function commandSheet(rows: readonly CommandRow[], t: Translate, language: Language): Sheet {
  const columns: readonly (readonly [string, (row: CommandRow) => Cell])[] = [
    ['createdAt', (row) => row.created_at],
    ['thingCode', (row) => row.thing_code],
    ['thingName', (row) => row.thing_name],
    ['method', (row) => row.method],
    ['methodName', (row) => (language === 'en' ? row.method_name.en : row.method_name.zh)],
    ['input', (row) => written(withoutSecrets(row.input))],
    ['before', (row) => written(row.before)],
    ['risk', (row) => t(`command.risk.${row.risk}`)],
    ['origin', (row) => t(`command.origin.${row.origin}`)],
    ['requester', (row) => row.requester_name],
    ['reason', (row) => row.reason],
    ['approver', (row) => row.approver_name],
    ['state', (row) => t(`command.state.${row.state}`)],
    ['failure', (row) => row.failure],
    ['sentAt', (row) => row.sent_at],
    ['acknowledgedAt', (row) => row.acknowledged_at],
    ['endedAt', (row) => row.ended_at],
  ];
  return {
    name: t('command.sheet'),
    heads: columns.map(([name]) => t(`command.column.${name}`)),
    rows: rows.map((row) => columns.map(([, read]) => read(row))),
  };
}
