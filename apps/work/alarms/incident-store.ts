import type { Scope } from '@keystead/contracts/access';
import { type Db, inSubtrees, sql, type Tx, underPath } from '@keystead/kernel/db';
import type { Severity } from './alarm.ts';
import { type IncidentFigures, type IncidentKind, mostMembers, type Ranked } from './incident.ts';
import type { AlarmRow } from './row.ts';

export interface Incident {
  id: string;
  organisation: string;
  lead: string;
  kind: IncidentKind;
  told_severity: Severity;
  members: number;
  opened_at: Date;
  last_at: Date;
  due_at: Date | null;
  ended_at: Date | null;
}

/** The incident, locked, unless it has ended. */
export const lockLive = (tx: Tx, id: string): Promise<Incident | undefined> =>
  tx.maybe(sql<Incident>`select * from alarms.incident where id = ${id} and ended_at is null for update`);

/** Incidents to look at; each is taken by one worker. */
export const takeDue = (tx: Tx, now: Date, limit: number): Promise<Incident[]> =>
  tx.all(sql<Incident>`
    select * from alarms.incident where due_at <= ${now} order by due_at limit ${limit} for update skip locked`);

export const insert = (tx: Tx, made: Incident): Promise<number> =>
  tx.run(sql`
    insert into alarms.incident (id, organisation, lead, kind, told_severity, members, opened_at, last_at, due_at)
    values (${made.id}, ${made.organisation}, ${made.lead}, ${made.kind}, ${made.told_severity}, ${made.members}, ${made.opened_at}, ${made.last_at}, ${made.due_at})`);

export const save = (tx: Tx, incident: Incident): Promise<number> =>
  tx.run(sql`
    update alarms.incident set lead = ${incident.lead}, kind = ${incident.kind}, told_severity = ${incident.told_severity},
      members = ${incident.members}, last_at = ${incident.last_at}, due_at = ${incident.due_at}, ended_at = ${incident.ended_at}
    where id = ${incident.id}`);

/** Looks at an incident again at `at`, or earlier if that was settled already. */
export const settleAt = (tx: Tx, id: string, at: Date): Promise<number> =>
  tx.run(sql`
    update alarms.incident set due_at = least(coalesce(due_at, ${at}), ${at}) where id = ${id} and ended_at is null`);

/** An alarm others may come to stand with, as far as deciding needs it. */
export interface Peer {
  id: string;
  incident: string | null;
  severity: Severity;
  subject_id: string;
  lead: string | null;
  kind: IncidentKind | null;
}

/** Alarms of a symptom that stand on a ground, first first, that are young enough for one more to join. */
export const peersOf = (
  tx: Tx,
  row: Pick<AlarmRow, 'id' | 'organisation' | 'symptom'>,
  ground: string,
  since: { joined: Date; opened: Date },
  limit: number,
): Promise<Peer[]> =>
  tx.all(sql<Peer>`
    select a.id, i.id as incident, a.severity, a.subject_id, i.lead, i.kind
    from alarms.alarm a left join alarms.incident i on i.id = a.incident and i.ended_at is null
    where a.organisation = ${row.organisation} and a.symptom = ${row.symptom} and ${underPath(ground, 'a.place')} and a.id <> ${row.id}
      and not a.member and (a.condition = 'active' or a.handling <> 'closed') and (a.condition = 'active' or i.due_at is not null)
      and a.suppressed_by is null and a.transfer_level < 3
      and coalesce(i.last_at, a.raised_at) >= ${since.joined} and coalesce(i.opened_at, a.raised_at) >= ${since.opened}
      and coalesce(i.members, 1) < ${mostMembers}
    order by i.id is null, a.raised_at, a.id limit ${limit}`);

/** Enough of an alarm to put it in its place among others. */
export interface Ranking extends Ranked {
  readonly member: boolean;
}

export interface Cause extends Peer {
  symptom: string;
  member: boolean;
}

/** Active alarms of things that somebody was, or could be, told of. */
export const activeOf = (tx: Tx, organisation: string, things: readonly string[]): Promise<Cause[]> =>
  tx.all(sql<Cause>`
    select a.id, i.id as incident, a.severity, a.symptom, a.member, a.subject_id, i.lead, i.kind
    from alarms.alarm a left join alarms.incident i on i.id = a.incident and i.ended_at is null
    where a.organisation = ${organisation} and a.subject_id = any(${things}) and a.subject_kind = 'thing'
      and a.condition = 'active' and a.suppressed_by is null
    order by a.severity, a.raised_at`);

/** Of those alarms the ones that may be gathered: young enough, none of level 3, none silenced. */
export const recentOf = (tx: Tx, organisation: string, things: readonly string[], since: Date): Promise<Cause[]> =>
  tx.all(sql<Cause>`
    select a.id, i.id as incident, a.severity, a.symptom, a.member, a.subject_id, i.lead, i.kind
    from alarms.alarm a left join alarms.incident i on i.id = a.incident and i.ended_at is null
    where a.organisation = ${organisation} and a.subject_id = any(${things}) and a.subject_kind = 'thing'
      and a.condition = 'active' and a.suppressed_by is null and a.transfer_level < 3
      and coalesce(i.last_at, a.raised_at) >= ${since}
    order by a.severity, a.raised_at limit ${mostMembers}`);

/** Puts alarms into an incident, as members or standing beside its lead; answers them as they are now. */
export async function enlist(
  tx: Tx,
  alarms: readonly string[],
  incident: string | null,
  member: boolean,
): Promise<AlarmRow[]> {
  if (alarms.length === 0) return [];
  return tx.all(sql<AlarmRow>`
    update alarms.alarm set incident = ${incident}, member = ${member}, version = version + 1
    where id = any(${alarms}) returning *`);
}

/** The active alarms of an incident that were told of, gravest first. */
export const standingIn = (tx: Tx, incident: string): Promise<Ranked[]> =>
  tx.all(sql<Ranked>`
    select id, severity from alarms.alarm where incident = ${incident} and not member and condition = 'active'
    order by severity, raised_at, id limit 100`);

/** The gravest active alarm of an incident that nobody was told of, locked. */
export const hiddenIn = (tx: Tx, incident: string): Promise<AlarmRow | undefined> =>
  tx.maybe(sql<AlarmRow>`
    select * from alarms.alarm where incident = ${incident} and member and condition = 'active'
    order by severity, raised_at, id limit 1 for update`);

/** What the given incidents hold, as far as a scope sees it: alarms besides the lead, all of them counted. */
export const figuresOf = (db: Db, scope: Scope, incidents: readonly string[]): Promise<IncidentFigures[]> =>
  db.read(
    scope,
    sql<IncidentFigures>`
      select i.id, i.lead, i.kind, count(a.id) filter (where a.id <> i.lead) as members,
        count(a.id) filter (where a.condition = 'active') as active, min(a.severity) filter (where a.condition = 'active') as worst
      from alarms.incident i left join alarms.alarm a on a.incident = i.id and ${inSubtrees(scope, 'a.place')}
      where i.id = any(${incidents}) group by i.id`,
  );
