import { newId } from '@keystead/contracts/ids';
import { sql, type Tx } from '@keystead/kernel/db';
import { type NewOpeningRule, type OpeningRule, standardRules } from './opening-rule.ts';
import type { Subject } from './row.ts';

/** A trouble that is watched (see the migration). */
export interface WatchRow {
  organisation: string;
  source: 'alarm' | 'offline';
  sourceId: string;
  present: boolean;
  since: Date;
  toldAt: Date;
  dueAt: Date | null;
  place: string;
  subject: Subject;
  title: string;
  severity: number;
  kind: string;
  caseId: string | null;
}

const watchColumns = sql.raw(`
  organisation, source, source_id as "sourceId", present, since, told_at as "toldAt", due_at as "dueAt", place, subject,
  title, severity, kind, case_id as "caseId"`);

export const lockWatch = (
  tx: Tx,
  organisation: string,
  source: WatchRow['source'],
  sourceId: string,
): Promise<WatchRow | undefined> =>
  tx.maybe(sql<WatchRow>`
    select ${watchColumns} from cases.watch
    where organisation = ${organisation} and source = ${source} and source_id = ${sourceId} for update`);

export async function saveWatch(tx: Tx, row: WatchRow): Promise<void> {
  await tx.run(sql`
    insert into cases.watch (organisation, source, source_id, present, since, told_at, due_at, place, subject, title, severity, kind, case_id)
    values (${row.organisation}, ${row.source}, ${row.sourceId}, ${row.present}, ${row.since}, ${row.toldAt}, ${row.dueAt}, ${row.place},
      ${JSON.stringify(row.subject)}, ${row.title}, ${row.severity}, ${row.kind}, ${row.caseId})
    on conflict (organisation, source, source_id) do update set present = excluded.present, since = excluded.since,
      told_at = excluded.told_at, due_at = excluded.due_at, place = excluded.place, subject = excluded.subject,
      title = excluded.title, severity = excluded.severity, kind = excluded.kind, case_id = excluded.case_id`);
}

/** Troubles that lasted long enough; each is taken by one worker. */
export const takeDue = (tx: Tx, now: Date, limit: number): Promise<WatchRow[]> =>
  tx.all(sql<WatchRow>`
    select ${watchColumns} from cases.watch where due_at <= ${now} and present order by due_at limit ${limit} for update skip locked`);

/** Other troubles behind the same case that are still there. */
export async function stillTroubled(tx: Tx, caseId: string): Promise<boolean> {
  const [row] = await tx.all(
    sql<{ found: boolean }>`select exists (select from cases.watch where case_id = ${caseId} and present) as found`,
  );
  return row?.found ?? false;
}

/** Whether the work of a case is over: closed or called off. */
export async function hasEnded(tx: Tx, caseId: string): Promise<boolean> {
  const [row] = await tx.all(
    sql<{ ended: boolean }>`select ended_at is not null as ended from cases.case where id = ${caseId}`,
  );
  return row?.ended ?? true;
}

/** The open case of this kind about this subject, if there is one. Whoever asks first keeps others waiting. */
export async function openCaseAbout(
  tx: Tx,
  organisation: string,
  kind: string,
  subject: Subject,
): Promise<string | undefined> {
  await tx.all(
    sql`select pg_advisory_xact_lock(hashtextextended(${`cases ${organisation} ${kind} ${subject.kind} ${subject.id}`}, 0))`,
  );
  const found = await tx.maybe(sql<{ id: string }>`
    select c.id from cases.subject s join cases.case c on c.id = s.case_id
    where s.organisation = ${organisation} and s.kind = ${subject.kind} and s.id = ${subject.id} and c.kind = ${kind} and c.ended_at is null
    order by c.opened_at limit 1`);
  return found?.id;
}

export async function linkAlarm(
  tx: Tx,
  organisation: string,
  caseId: string,
  alarm: string,
  at: Date,
): Promise<boolean> {
  const added = await tx.run(sql`
    insert into cases.link (case_id, organisation, relation, target_kind, target, at)
    values (${caseId}, ${organisation}, 'raised-by', 'alarm', ${alarm}, ${at}) on conflict do nothing`);
  return added === 1;
}

export interface RuleRow extends OpeningRule {
  version: number;
}

export const rulesOf = (organisation: string) =>
  sql<RuleRow>`
    select id, position, name, source, conditions, kind, delay, enabled, version from cases.rule
    where organisation = ${organisation} order by position, id`;

export async function insertRule(tx: Tx, organisation: string, rule: NewOpeningRule, at: Date): Promise<string> {
  const id = newId();
  await tx.run(sql`
    insert into cases.rule (id, organisation, position, name, source, conditions, kind, delay, enabled, version, changed_at)
    values (${id}, ${organisation}, ${rule.position}, ${rule.name}, ${rule.source}, ${JSON.stringify(rule.conditions)}, ${rule.kind},
      ${rule.delay}, ${rule.enabled}, 1, ${at})`);
  return id;
}

/** Gives an organisation its first rules, once; those it deletes later stay deleted. */
export async function furnish(tx: Tx, organisation: string, at: Date): Promise<void> {
  const first = await tx.run(
    sql`insert into cases.furnished (organisation, at) values (${organisation}, ${at}) on conflict do nothing`,
  );
  if (first === 1) for (const rule of standardRules) await insertRule(tx, organisation, rule, at);
}
