import { alarmChanged } from '@keystead/contracts/events/alarms';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { AlarmRow } from './row.ts';

const news = new Set(['raised', 'reactivated']);

/** Says what became of an alarm, in the transaction that did it. */
export function createTelling({ outbox }: Pick<Kernel, 'outbox'>) {
  async function groupOf(tx: Tx, row: AlarmRow) {
    if (row.incident === null) return undefined;
    const incident = await tx.maybe(sql<{ lead: string }>`select lead from alarms.incident where id = ${row.incident}`);
    return { id: row.incident, lead: incident?.lead ?? row.id, member: row.member };
  }

  return async (tx: Tx, row: AlarmRow, change: string, eventTime?: Date): Promise<void> => {
    const group = await groupOf(tx, row);
    await outbox.add(
      tx,
      alarmChanged,
      { organisation: row.organisation, place: row.place },
      {
        id: row.id,
        change,
        severity: row.severity,
        condition: row.condition,
        handling: row.handling,
        rule: row.rule,
        title: { zh: row.title_zh, en: row.title_en },
        transferLevel: row.transfer_level,
        suppressed: row.suppressed_by !== null,
        subject: { kind: row.subject_kind, id: row.subject_id, code: row.subject_code, name: row.subject_name },
        ...(group ? { group } : {}),
        ...(eventTime ? { eventTime: eventTime.getTime() * 1000 } : {}),
      },
      // What nobody knows of yet; the members of a storm can wait, and its lead cannot.
      { urgent: news.has(change) && row.suppressed_by === null && !group?.member },
    );
  };
}

export type AlarmTelling = ReturnType<typeof createTelling>;
