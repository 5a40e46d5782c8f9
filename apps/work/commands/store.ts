import type { Scope } from '@keystead/contracts/access';
import { type Db, inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import { CommandMissing, type CommandRow } from './command.ts';

/** A row as it is written: the number comes from the database. */
export type NewCommand = Omit<CommandRow, 'number'> & { digest: Buffer };

/** Of a wish whose key was there before: the command it belongs to, with its digest. */
export type Kept = CommandRow & { digest: Buffer };

const columns = [
  'id',
  'organisation',
  'place',
  'thing',
  'thing_id',
  'thing_code',
  'thing_name',
  'family',
  'kind',
  'method',
  'method_name',
  'input',
  'sealed',
  'before',
  'risk',
  'urgent',
  'repeatable',
  'origin',
  'origin_id',
  'chain',
  'requester',
  'requester_name',
  'reason',
  'key',
  'digest',
  'group_id',
  'group_order',
  'state',
  'failure',
  'reply',
  'read_back',
  'record',
  'deadline_s',
  'answer_s',
  'window_from',
  'window_until',
  'approver',
  'approver_name',
  'approval_note',
  'created_at',
  'approved_at',
  'queued_at',
  'deadline',
  'sent_at',
  'sends',
  'sender',
  'broken_at',
  'acknowledged_at',
  'seen_at',
  'ended_at',
  'due',
] as const;
const columnList = sql.raw(columns.join(', '));

/** What is told of a command, and what those who move it on need. */
export const toldColumns = sql.raw(
  `c.id, c.number, c.organisation, c.place, c.thing, c.thing_id, c.thing_code, c.method, c.input, c.before, c.urgent,
   c.risk, c.state, c.failure, c.group_id, c.requester, c.requester_name`,
);

/** Inserts all whose key is new, in the given order; returns the numbers by id. */
export async function insertAll(tx: Tx, rows: readonly NewCommand[]): Promise<Map<string, number>> {
  const bytes = (value: Buffer) => `\\x${value.toString('hex')}`;
  const text = JSON.stringify(
    rows.map((row) => ({ ...row, digest: bytes(row.digest), sealed: row.sealed && bytes(row.sealed) })),
  );
  const made = await tx.all(sql<{ id: string; number: number }>`
    insert into commands.command (${columnList})
    select ${columnList} from jsonb_populate_recordset(null::commands.command, ${text}::jsonb)
    on conflict (organisation, requester, key) where key is not null do nothing
    returning id, number`);
  return new Map(made.map(({ id, number }) => [id, number]));
}

export const byKeys = (tx: Tx, requester: string, keys: readonly string[]): Promise<Kept[]> =>
  tx.all(sql<Kept>`select * from commands.command where requester = ${requester} and key = any(${keys})`);

export const lock = (tx: Tx, scope: Scope, id: string): Promise<CommandRow> =>
  tx.one(
    sql<CommandRow>`select * from commands.command where id = ${id} and organisation = ${scope.organisation}
      and ${inSubtrees(scope, 'place')} for update`,
    () => new CommandMissing({ id }),
  );

/** Commands of a run that wait for the second person. */
export const lockWaiting = (tx: Tx, scope: Scope, run: string): Promise<CommandRow[]> =>
  tx.all(
    sql<CommandRow>`select * from commands.command where group_id = ${run} and state = 'awaiting-approval'
      and organisation = ${scope.organisation} and ${inSubtrees(scope, 'place')} order by group_order, number for update`,
  );

export const saveStep = (tx: Tx, row: CommandRow): Promise<number> =>
  tx.run(sql`
    update commands.command set state = ${row.state}, failure = ${row.failure}, requester = ${row.requester},
      requester_name = ${row.requester_name}, reason = ${row.reason}, approver = ${row.approver}, approver_name = ${row.approver_name},
      approval_note = ${row.approval_note}, approved_at = ${row.approved_at}, window_from = ${row.window_from},
      window_until = ${row.window_until}, queued_at = ${row.queued_at}, deadline = ${row.deadline}, ended_at = ${row.ended_at}, due = ${row.due}
    where id = ${row.id}`);

export const find = (db: Db, scope: Scope, id: string): Promise<CommandRow[]> =>
  db.read(scope, sql<CommandRow>`select * from commands.command where id = ${id} and ${inSubtrees(scope, 'place')}`);
