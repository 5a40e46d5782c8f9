import { messageWritten } from '@keystead/contracts/events/notify';
import { newId } from '@keystead/contracts/ids';
import type { Outbox } from '@keystead/kernel/bus';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Delivery } from './delivery.ts';

export interface MessageRow {
  id: string;
  trigger: string;
  severity: number;
  title: string;
  body: string;
  aboutKind: string;
  aboutId: string;
  createdAt: Date;
  readAt: Date | null;
}

export const messageColumns = sql.raw(`
  id, trigger, severity, title, body, about_kind as "aboutKind", about_id as "aboutId", created_at as "createdAt", read_at as "readAt"`);

/** Puts a message into someone's inbox and rings at his open pages. */
export async function writeMessage(
  tx: Tx,
  outbox: Outbox,
  of: Pick<Delivery, 'organisation' | 'place' | 'receiver' | 'trigger' | 'severity' | 'aboutKind' | 'aboutId'>,
  text: { title: string; body: string },
  at: Date,
): Promise<void> {
  const id = newId();
  await tx.run(sql`
    insert into notify.message (id, organisation, receiver, trigger, severity, title, body, about_kind, about_id, created_at)
    values (${id}, ${of.organisation}, ${of.receiver}, ${of.trigger}, ${of.severity}, ${text.title}, ${text.body}, ${of.aboutKind}, ${of.aboutId}, ${at})`);
  await outbox.add(
    tx,
    messageWritten,
    { organisation: of.organisation, place: of.place },
    { id, receiver: of.receiver },
  );
}
