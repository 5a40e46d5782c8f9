import { type Query, sql, type Tx } from '@keystead/kernel/db';
import type { CommandRow } from './command.ts';
import { toldColumns } from './store.ts';
import type { Told } from './telling.ts';

export interface ClaimedRow {
  id: string;
  number: number;
  thing: number;
  method: string;
  input: unknown;
  sealed: Buffer | null;
  urgent: boolean;
  due: Date;
}

const claimed = sql.raw('c.id, c.number, c.thing, c.method, c.input, c.sealed, c.urgent, c.due');
const sending = (sender: string, now: Date) =>
  sql`state = 'sent', sent_at = ${now}, sends = c.sends + 1, sender = ${sender}, broken_at = null,
      due = ${now}::timestamptz + make_interval(secs => c.answer_s)`;

/** What awaits some things becomes sent, urgent first; one statement, so that nobody else sends the same. */
export const claim = (
  things: readonly number[],
  { urgent, limit, sender, now }: { urgent: boolean; limit: number; sender: string; now: Date },
): Query<ClaimedRow> => sql<ClaimedRow>`
  update commands.command c set ${sending(sender, now)}
  from (select number from commands.command
    where ended_at is null and state = 'queued' and thing = any(${things}::bigint[]) and deadline > ${now} ${urgent ? sql`and urgent` : sql``}
    order by urgent desc, number limit ${limit} for update skip locked) q
  where c.number = q.number returning ${claimed}`;

/** What was sent over a connection that is gone and may be sent again, with the number it had. */
export const claimAgain = (thing: number, sender: string, now: Date): Query<ClaimedRow> => sql<ClaimedRow>`
  update commands.command c set ${sending(sender, now)}
  from (select number from commands.command where ended_at is null and state = 'sent' and thing = ${thing} and repeatable and due > ${now}
    order by urgent desc, number limit 100 for update skip locked) q
  where c.number = q.number returning ${claimed}`;

/** Could not be written: waits again, unless its time is over. */
export const giveBack = (numbers: readonly number[]): Query<unknown> => sql`
  update commands.command c set state = 'queued', sent_at = null, sender = null, sends = c.sends - 1, due = c.deadline
  where c.number = any(${numbers}::bigint[]) and c.state = 'sent'`;

/** The connection it was sent over is gone: whether it reached the device is not known. */
export const markBroken = (things: readonly number[], now: Date): Query<unknown> => sql`
  update commands.command set broken_at = ${now}
  where ended_at is null and thing = any(${things}::bigint[]) and state = 'sent' and broken_at is null`;

/** The same for everything other processes sent, at the start of one. */
export const markAllBroken = (sender: string, now: Date): Query<unknown> => sql`
  update commands.command set broken_at = ${now} where ended_at is null and state = 'sent' and kind = 'service' and broken_at is null and sender <> ${sender}`;

/** Things something waits for. */
export const waitingThings = (now: Date): Query<{ thing: number }> => sql`
  select distinct thing from commands.command where ended_at is null and state = 'queued' and deadline > ${now} limit 50000`;

export interface Answer {
  number: number;
  thing: number;
  reply: unknown;
  taken: boolean;
  failure: string | null;
}

export type AnsweredRow = Told & Pick<CommandRow, 'number' | 'record' | 'reply' | 'requester' | 'requester_name'>;

/** The answers of devices; one that nobody waits for any more changes nothing. */
export const answer = (tx: Tx, answers: readonly Answer[], now: Date): Promise<AnsweredRow[]> =>
  tx.all(sql<AnsweredRow>`
    update commands.command c set
      reply = r.reply, failure = r.failure, acknowledged_at = ${now},
      state = case when not r.taken then 'refused' when c.seen_at is not null then 'verified' else 'acknowledged' end,
      ended_at = case when r.taken and c.read_back is not null and c.seen_at is null then null else ${now}::timestamptz end,
      due = case when r.taken and c.read_back is not null and c.seen_at is null
        then ${now}::timestamptz + make_interval(secs => (c.read_back->>'within')::int) end
    from jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) as r(number bigint, thing bigint, reply jsonb, taken boolean, failure text)
    where c.number = any(${answers.map(({ number }) => number)}::bigint[]) and c.number = r.number and c.thing = r.thing
      and c.ended_at is null and c.state = 'sent' and c.kind = 'service'
    returning ${toldColumns}, c.record, c.reply`);

export interface Calibration {
  id: string;
  row: AnsweredRow;
}

/** I-5.2.2.3-c: what the calibration found is kept beside the command. */
export const keepCalibrations = (tx: Tx, made: readonly Calibration[], now: Date): Promise<number> =>
  tx.run(sql`
    insert into commands.calibration (id, organisation, place, thing_id, command, method, input, result, requester_name, at)
    select r.id, r.organisation, r.place, r.thing_id, r.command, r.method, r.input, r.result, r.requester_name, ${now}
    from jsonb_to_recordset(${JSON.stringify(
      made.map(({ id, row }) => ({ ...row, id, command: row.id, result: row.reply })),
    )}::jsonb) as r(id uuid, organisation uuid, place text, thing_id uuid, command uuid, method text, input jsonb, result jsonb, requester_name text)`);
