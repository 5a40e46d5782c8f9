import type { Scope } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { type Db, inSubtrees, sql, type Tx, underPath } from '@keystead/kernel/db';
import { readCursor } from '@keystead/kernel/http';
import { AlarmMissing, type Change } from './alarm.ts';
import type { AlarmRow } from './row.ts';
import type { AlarmFilter } from './schemas.ts';

const open = sql`(condition = 'active' or handling <> 'closed')`;

export const find = (db: Db, scope: Scope, id: string) =>
  db.read(scope, sql<AlarmRow>`select * from alarms.alarm where id = ${id} and ${inSubtrees(scope, 'place')}`);

/** The alarm, locked for the rest of the transaction; AlarmMissing when it is not there or not in scope. */
export const lock = (tx: Tx, scope: Scope, id: string): Promise<AlarmRow> =>
  tx.one(
    sql<AlarmRow>`select * from alarms.alarm where id = ${id} and organisation = ${scope.organisation} and ${inSubtrees(scope, 'place')} for update`,
    () => new AlarmMissing({ id }),
  );

export interface SubjectKey {
  organisation: string;
  rule: string;
  subject: { kind: string; id: string };
}

/** The one open alarm of a rule and subject, locked. */
export const lockOpen = (tx: Tx, key: SubjectKey): Promise<AlarmRow | undefined> =>
  tx.maybe(sql<AlarmRow>`
    select * from alarms.alarm where organisation = ${key.organisation} and rule = ${key.rule}
      and subject_kind = ${key.subject.kind} and subject_id = ${key.subject.id} and ${open} for update`);

/** Inserts unless another transaction opened the same alarm meanwhile; true when it was inserted. */
export async function insert(tx: Tx, row: AlarmRow): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into alarms.alarm select * from jsonb_populate_record(null::alarms.alarm, ${JSON.stringify(row)}::jsonb) on conflict do nothing`);
  return inserted === 1;
}

export const save = (tx: Tx, row: AlarmRow): Promise<number> =>
  tx.run(sql`
    update alarms.alarm set severity = ${row.severity}, worst_severity = ${row.worst_severity}, condition = ${row.condition}, handling = ${row.handling},
      suppressed_by = ${row.suppressed_by}, escalated = ${row.escalated}, false_positive = ${row.false_positive}, occurrences = ${row.occurrences},
      last_event_time = ${row.last_event_time}, readings = ${JSON.stringify(row.readings)}, acknowledged_at = ${row.acknowledged_at},
      handling_at = ${row.handling_at}, cleared_at = ${row.cleared_at}, resolved_at = ${row.resolved_at}, reviewed_at = ${row.reviewed_at},
      closed_at = ${row.closed_at}, handler = ${row.handler}, handler_name = ${row.handler_name}, incident = ${row.incident}, member = ${row.member}, version = version + 1
    where id = ${row.id}`);

export interface Occurrence {
  kind: string;
  severity: number;
  eventTime: Date;
  at: Date;
  readings: Record<string, unknown>;
}

export const addOccurrence = (tx: Tx, alarm: AlarmRow, found: Occurrence): Promise<number> =>
  tx.run(sql`
    insert into alarms.occurrence (id, organisation, alarm, kind, severity, event_time, at, readings)
    values (${newId()}, ${alarm.organisation}, ${alarm.id}, ${found.kind}, ${found.severity}, ${found.eventTime}, ${found.at}, ${JSON.stringify(found.readings)})`);

/** What was found of an alarm at exactly this time with this severity. */
export const occurrenceAt = (
  tx: Tx,
  { id }: AlarmRow,
  { eventTime, severity }: Pick<Occurrence, 'eventTime' | 'severity'>,
): Promise<{ kind: Change } | undefined> =>
  tx.maybe(sql<{ kind: Change }>`
    select kind from alarms.occurrence
    where alarm = ${id} and event_time = ${eventTime} and severity = ${severity} and kind <> 'cleared' limit 1`);

export interface Step {
  step: string;
  from: string;
  to: string;
  actor: string;
  actorName: string;
  note: string;
  at: Date;
}

export const addStep = (tx: Tx, alarm: AlarmRow, taken: Step): Promise<number> =>
  tx.run(sql`
    insert into alarms.step (id, organisation, alarm, step, from_state, to_state, actor, actor_name, note, at)
    values (${newId()}, ${alarm.organisation}, ${alarm.id}, ${taken.step}, ${taken.from}, ${taken.to}, ${taken.actor}, ${taken.actorName}, ${taken.note}, ${taken.at})`);

const maybe = (value: unknown, condition: ReturnType<typeof sql>) =>
  value === undefined || value === '' ? sql`true` : condition;

/** Stands by itself or leads; or its lead lies outside what the scope sees, and it must stand for itself there. */
const standing = (scope: Scope) =>
  scope.subtrees.includes('')
    ? sql`not member`
    : sql`(not member or not exists (
        select from alarms.incident i join alarms.alarm l on l.id = i.lead
        where i.id = alarm.incident and ${inSubtrees(scope, 'l.place')}))`;

/** What people filter by, and the members of one incident without one of them. */
export interface ListFilter extends AlarmFilter {
  incident?: string;
  besides?: string;
}

/** Newest first; the cursor is the raise time and id of the last row shown. */
export function list(db: Db, scope: Scope, filter: ListFilter): Promise<AlarmRow[]> {
  const before = filter.cursor ? readCursor(filter.cursor) : undefined;
  const state = filter.state === 'all' ? sql`true` : filter.state === 'active' ? sql`condition = 'active'` : open;
  return db.read(
    scope,
    sql<AlarmRow>`
      select * from alarms.alarm
      where ${state} and ${inSubtrees(scope, 'place')}
        and ${maybe(filter.severity, sql`severity = ${filter.severity}`)}
        and ${maybe(filter.handling, sql`handling = ${filter.handling}`)}
        and ${maybe(filter.subject, sql`subject_id = ${filter.subject}`)}
        and ${maybe(filter.subjectKind, sql`subject_kind = ${filter.subjectKind}`)}
        and ${maybe(filter.rule, sql`rule = ${filter.rule}`)}
        and ${filter.lead === undefined ? sql`true` : filter.lead ? standing(scope) : sql`member`}
        and ${maybe(filter.incident, sql`incident = ${filter.incident}`)}
        and ${maybe(filter.besides, sql`id <> ${filter.besides}`)}
        and ${underPath(filter.place ?? '', 'place')}
        and ${maybe(filter.text, sql`(title_zh ilike ${`%${filter.text}%`} or title_en ilike ${`%${filter.text}%`} or subject_code ilike ${`%${filter.text}%`} or subject_name ilike ${`%${filter.text}%`})`)}
        and ${maybe(filter.from, sql`raised_at >= ${filter.from}`)}
        and ${maybe(filter.to, sql`raised_at < ${filter.to}`)}
        and ${maybe(before, sql`(raised_at, id) < (${before?.at}::timestamptz, ${before?.id}::uuid)`)}
      order by raised_at desc, id desc
      limit ${(filter.limit ?? 50) + 1}`,
  );
}

export interface CountRow {
  severity: number;
  open: number;
  active: number;
  standing: number;
  fresh: number;
  oldest: Date | null;
}

export const counts = (db: Db, scope: Scope) =>
  db.read(
    scope,
    sql<CountRow>`
      select severity, count(*) as open, count(*) filter (where condition = 'active') as active,
        count(*) filter (where ${standing(scope)}) as standing,
        count(*) filter (where handling = 'new') as fresh, min(raised_at) as oldest
      from alarms.alarm where ${open} and ${inSubtrees(scope, 'place')} group by severity`,
  );

export const occurrencesOf = (db: Db, scope: Scope, alarm: string) =>
  db.read(
    scope,
    sql<
      Occurrence & { id: string; event_time: Date }
    >`select id, kind, severity, event_time, at, readings from alarms.occurrence where alarm = ${alarm} order by event_time desc, id desc limit 200`,
  );

export const stepsOf = (db: Db, scope: Scope, alarm: string) =>
  db.read(
    scope,
    sql<Step & { id: string }>`
      select id, step, from_state as "from", to_state as "to", actor, actor_name as "actorName", note, at from alarms.step where alarm = ${alarm} order by at, id limit 500`,
  );
