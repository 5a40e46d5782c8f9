import { sql, type Tx, underPath } from '@keystead/kernel/db';
import { restingStates } from './case.ts';
import { gradesOfSeverity, priorityOf } from './priority.ts';
import type { WatchRow } from './watch-store.ts';

/** Things on one ground that fell silent within this time of each other are one piece of work. */
const window = 300; // s
/** An order names no more things than this; the next ones get another. */
const mostSubjects = 1000;

const shifted = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);

/**
 * The open order about things that fell silent together with this one, if it is urgent enough for it too: whoever goes
 * there looks at all of them (G-scene-alarm). Two workers ask one after the other.
 */
export async function orderOfOutage(tx: Tx, watch: WatchRow, ground: string): Promise<string | undefined> {
  if (ground === '') return undefined;
  const { organisation, kind, since } = watch;
  await tx.all(
    sql`select pg_advisory_xact_lock(hashtextextended(${`cases outage ${organisation} ${kind} ${ground}`}, 0))`,
  );
  const { impact, urgency } = gradesOfSeverity(watch.severity);
  const found = await tx.maybe(sql<{ id: string }>`
    select c.id from cases.case c
    where c.organisation = ${organisation} and c.kind = ${kind} and c.source = 'offline' and c.ended_at is null
      and c.state <> all(${restingStates}) and c.priority <= ${priorityOf(impact, urgency)} and ${underPath(ground, 'c.place')}
      and exists (select from cases.watch w where w.case_id = c.id and w.source = 'offline'
        and w.since between ${shifted(since, -window)} and ${shifted(since, window)})
      and (select count(*) from cases.subject s where s.case_id = c.id) < ${mostSubjects}
    order by c.opened_at limit 1`);
  return found?.id;
}

/** Names one more thing in an order; answers how many it names now. */
export async function addSubject(tx: Tx, caseId: string, { organisation, subject }: WatchRow): Promise<number> {
  await tx.run(sql`
    insert into cases.subject (case_id, organisation, kind, id, label, main)
    values (${caseId}, ${organisation}, ${subject.kind}, ${subject.id}, ${subject.label}, false) on conflict do nothing`);
  const [row] = await tx.all(
    sql<{ count: number }>`select count(*)::int as count from cases.subject where case_id = ${caseId}`,
  );
  return row?.count ?? 0;
}

/** Other things of the order that are still silent. */
export async function othersSilent(tx: Tx, caseId: string): Promise<boolean> {
  const [row] = await tx.all(
    sql<{ found: boolean }>`
      select exists (select from cases.watch where case_id = ${caseId} and source = 'offline' and present) as found`,
  );
  return row?.found ?? false;
}
