import type { Scope } from '@keystead/contracts/access';
import { inSubtrees, movePaths, sql, type Tx, underPath } from '@keystead/kernel/db';
import { dueAt, type ServiceClock, warnAt } from './clock.ts';
import type { Calendars, Course } from './course.ts';
import { CaseMissing } from './problems.ts';
import { type CaseRow, type ClockRow, caseColumns, clockColumns, type Subject } from './row.ts';

/** The next number of an organisation's day; others who open a case at the same moment wait for it. */
export async function nextNumber(tx: Tx, organisation: string, day: string): Promise<number> {
  const [row] = await tx.all(sql<{ last: number }>`
    insert into cases.counter (organisation, day, last) values (${organisation}, ${day}, 1)
    on conflict (organisation, day) do update set last = cases.counter.last + 1 returning last`);
  return row?.last ?? 1;
}

export async function insertCase(tx: Tx, row: CaseRow, subjects: readonly Subject[]): Promise<void> {
  await tx.run(sql`
    insert into cases.case (id, organisation, place, place_id, code, kind, state, title, description, category, impact,
      urgency, priority, source, requester, requester_name, form, opened_at, changed_at, version)
    values (${row.id}, ${row.organisation}, ${row.place}, ${row.placeId}, ${row.code}, ${row.kind}, ${row.state},
      ${row.title}, ${row.description}, ${row.category}, ${row.impact}, ${row.urgency}, ${row.priority}, ${row.source},
      ${row.requester}, ${row.requesterName}, ${JSON.stringify(row.form)}, ${row.openedAt}, ${row.changedAt}, ${row.version})`);
  for (const [index, subject] of subjects.entries())
    await tx.run(sql`
      insert into cases.subject (case_id, organisation, kind, id, label, main)
      values (${row.id}, ${row.organisation}, ${subject.kind}, ${subject.id}, ${subject.label}, ${index === 0})
      on conflict do nothing`);
}

/** The case and its clocks, locked until the transaction ends. Throws CaseMissing outside the scope. */
export async function lockCase(
  tx: Tx,
  scope: Scope,
  id: string,
): Promise<{ row: CaseRow; clocks: readonly ServiceClock[] }> {
  const row = await tx.one(
    sql<CaseRow>`
      select ${caseColumns} from cases.case c
      where c.id = ${id} and c.organisation = ${scope.organisation} and ${inSubtrees(scope, 'c.place')} for update`,
    () => new CaseMissing({ id }),
  );
  const clocks = await tx.all(
    sql<ClockRow>`select ${clockColumns} from cases.clock k where k.case_id = ${id} order by name desc`,
  );
  return { row, clocks };
}

export async function saveClock(
  tx: Tx,
  of: { id: string; organisation: string },
  clock: ServiceClock,
  calendars: Calendars,
): Promise<void> {
  const calendar = calendars(clock.calendar);
  await tx.run(sql`
    insert into cases.clock (case_id, organisation, name, target, calendar, spent, running_since, stopped_at, warned_at,
      breached_at, warn_at, due_at)
    values (${of.id}, ${of.organisation}, ${clock.name}, ${clock.target}, ${clock.calendar}, ${clock.spent},
      ${clock.runningSince}, ${clock.stoppedAt}, ${clock.warnedAt}, ${clock.breachedAt}, ${warnAt(clock, calendar)},
      ${dueAt(clock, calendar)})
    on conflict (case_id, name) do update set target = excluded.target, calendar = excluded.calendar,
      spent = excluded.spent, running_since = excluded.running_since, stopped_at = excluded.stopped_at,
      warned_at = excluded.warned_at, breached_at = excluded.breached_at, warn_at = excluded.warn_at, due_at = excluded.due_at`);
}

/** Writes what a step changed; the version counts on. */
export async function saveCourse(
  tx: Tx,
  row: CaseRow,
  course: Course,
  facts: { assigneeName: string | null; outcome: string | null; reopened: boolean; at: Date },
  calendars: Calendars,
): Promise<void> {
  await tx.run(sql`
    update cases.case set state = ${course.state}, assignee = ${course.assignee}, assignee_name = ${facts.assigneeName},
      team = ${course.team}, waiting_for = ${course.waitingFor}, accepted_at = ${course.acceptedAt},
      done_at = ${course.doneAt}, ended_at = ${course.endedAt}, outcome = coalesce(${facts.outcome}::text, outcome),
      impact = ${row.impact}, urgency = ${row.urgency}, priority = ${row.priority},
      reopened = reopened + ${facts.reopened ? 1 : 0}, changed_at = ${facts.at}, version = version + 1
    where id = ${row.id}`);
  for (const clock of course.clocks) await saveClock(tx, row, clock, calendars);
}

export interface HistoryEntry {
  at: Date;
  actor: string;
  actorName: string;
  actorKind: string;
  step: string;
  from: string;
  to: string;
  reason: string | null;
  detail: Record<string, unknown>;
}

export async function addHistory(tx: Tx, of: { id: string; organisation: string }, entry: HistoryEntry): Promise<void> {
  await tx.run(sql`
    insert into cases.history (case_id, organisation, number, at, actor, actor_name, actor_kind, step, from_state, to_state, reason, detail)
    select ${of.id}, ${of.organisation}, coalesce(max(number), 0) + 1, ${entry.at}, ${entry.actor}, ${entry.actorName},
      ${entry.actorKind}, ${entry.step}, ${entry.from}, ${entry.to}, ${entry.reason}, ${JSON.stringify(entry.detail)}
    from cases.history where case_id = ${of.id}`);
}

/** What still stands between the case and `done`. */
export async function openGround(tx: Tx, id: string): Promise<{ items: number; evidence: number }> {
  const [found] = await tx.all(sql<{ items: number; evidence: number }>`
    select (select count(*)::int from cases.item where case_id = ${id} and required and done_at is null) as items,
      (select count(*)::int from cases.evidence where case_id = ${id}) as evidence`);
  return found ?? { items: 0, evidence: 0 };
}

/** An edit of the describing fields. */
export async function saveEdit(tx: Tx, row: CaseRow, at: Date): Promise<void> {
  await tx.run(sql`
    update cases.case set title = ${row.title}, description = ${row.description}, category = ${row.category},
      impact = ${row.impact}, urgency = ${row.urgency}, priority = ${row.priority}, form = ${JSON.stringify(row.form)},
      changed_at = ${at}, version = version + 1
    where id = ${row.id}`);
}

/** The rows of one organisation below `from` are now below `to`. */
export async function movePlaces(tx: Tx, organisation: string, from: string, to: string): Promise<void> {
  for (const table of ['cases.case', 'cases.watch']) await movePaths(tx, table, 'place', organisation, from, to);
}

/** Open cases in a subtree: nobody removes the ground under them. */
export async function countOpenIn(tx: Tx, organisation: string, path: string): Promise<number> {
  const [row] = await tx.all(sql<{ count: number }>`
    select count(*)::int as count from cases.case
    where organisation = ${organisation} and ${underPath(path, 'place')} and ended_at is null`);
  return row?.count ?? 0;
}
