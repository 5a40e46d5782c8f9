import type { Scope } from '@keystead/contracts/access';
import { inSubtrees, movePaths, type Query, sql, type Tx } from '@keystead/kernel/db';
import type { Cursor } from '@keystead/kernel/http';
import type { Advisory } from './advisory.ts';
import type { KnownFinding } from './reading.ts';
import type { Finding, FindingState, TaskState } from './task.ts';

const advisoryColumns = sql`a.id, a.code, a.title, a.summary, a.severity, a.source, a.affected, a.links,
  a.published_at as "publishedAt", a.withdrawn_at as "withdrawnAt", a.version`;

export interface AdvisoryLine extends Advisory {
  recordedAt: Date;
  /** Assets in view that are affected, and all that ever were. */
  affectedAssets: number;
  assets: number;
}

export const advisoriesInView = (
  scope: Scope,
  filter: { text?: string; after?: Cursor; limit: number },
): Query<AdvisoryLine> => {
  const like = `%${(filter.text ?? '').replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return sql<AdvisoryLine>`
    select ${advisoryColumns}, a.recorded_at as "recordedAt",
      count(distinct f.asset) filter (where f.state = 'affected')::int as "affectedAssets", count(distinct f.asset)::int as assets
    from patches.advisory a
      left join patches.task t on t.advisory = a.id
      left join patches.finding f on f.task = t.id and ${inSubtrees(scope, 'f.place')}
    where a.organisation = ${scope.organisation}
      ${filter.text ? sql`and (a.code ilike ${like} or a.title ilike ${like})` : sql``}
      ${filter.after ? sql`and (a.recorded_at, a.id) < (${filter.after.at}, ${filter.after.id}::uuid)` : sql``}
    group by a.id order by a.recorded_at desc, a.id desc limit ${filter.limit}`;
};

export const advisoryById = (scope: Scope, id: string): Query<Advisory> =>
  sql<Advisory>`select ${advisoryColumns} from patches.advisory a where a.id = ${id} and a.organisation = ${scope.organisation}`;

export const advisoryByCode = (organisation: string, code: string): Query<Advisory> =>
  sql<Advisory>`select ${advisoryColumns} from patches.advisory a where a.organisation = ${organisation} and a.code = ${code} for update`;

/** Those a reading goes by; the newest first, at most `limit`. */
export const advisoriesToRead = (organisation: string, limit: number): Query<Advisory> =>
  sql<Advisory>`select ${advisoryColumns} from patches.advisory a where a.organisation = ${organisation}
    order by a.recorded_at desc limit ${limit}`;

export const organisationsWithAdvisories: Query<{ organisation: string }> = sql<{ organisation: string }>`
  select distinct organisation from patches.advisory`;

export async function saveAdvisory(tx: Tx, organisation: string, row: Advisory, at: Date): Promise<void> {
  await tx.run(sql`
    insert into patches.advisory as a (id, organisation, code, title, summary, severity, source, affected, links,
      published_at, withdrawn_at, version, recorded_at)
    values (${row.id}, ${organisation}, ${row.code}, ${row.title}, ${row.summary}, ${row.severity}, ${row.source},
      ${JSON.stringify(row.affected)}, ${JSON.stringify(row.links)}, ${row.publishedAt}, ${row.withdrawnAt}, ${row.version}, ${at})
    on conflict (id) do update set title = excluded.title, summary = excluded.summary, severity = excluded.severity,
      source = excluded.source, affected = excluded.affected, links = excluded.links, published_at = excluded.published_at,
      withdrawn_at = excluded.withdrawn_at, version = excluded.version`);
}

export interface Task {
  id: string;
  organisation: string;
  place: string;
  advisory: string;
  group: string;
  caseId: string;
  caseCode: string;
  state: TaskState;
  openedAt: Date;
  checkedAt: Date;
  verifiedAt: Date | null;
}

const taskColumns = sql`t.id, t.organisation, t.place, t.advisory, t.asset_group as "group", t.case_id as "caseId",
  t.case_code as "caseCode", t.state, t.opened_at as "openedAt", t.checked_at as "checkedAt", t.verified_at as "verifiedAt"`;

export interface TaskLine extends Task {
  code: string;
  title: string;
  severity: number;
  affected: number;
  patched: number;
}

export const tasksInView = (
  scope: Scope,
  filter: { state?: TaskState; advisory?: string; after?: Cursor; limit: number },
): Query<TaskLine> => sql<TaskLine>`
  select ${taskColumns}, a.code, a.title, a.severity,
    count(f.task) filter (where f.state = 'affected')::int as affected, count(f.task) filter (where f.state = 'patched')::int as patched
  from patches.task t join patches.advisory a on a.id = t.advisory
    left join patches.finding f on f.task = t.id and ${inSubtrees(scope, 'f.place')}
  where t.organisation = ${scope.organisation} and ${inSubtrees(scope, 't.place')}
    ${filter.state ? sql`and t.state = ${filter.state}` : sql``}
    ${filter.advisory ? sql`and t.advisory = ${filter.advisory}` : sql``}
    ${filter.after ? sql`and (t.opened_at, t.id) < (${filter.after.at}, ${filter.after.id}::uuid)` : sql``}
  group by t.id, a.id order by t.opened_at desc, t.id desc limit ${filter.limit}`;

export interface FindingRow {
  task: string;
  assetKind: Finding['asset']['kind'];
  asset: string;
  label: string;
  ecosystem: string;
  package: string;
  version: string;
  fixed: string | null;
  state: FindingState;
  foundAt: Date;
  seenAt: Date;
}

const findingColumns = sql`f.task, f.asset_kind as "assetKind", f.asset, f.label, f.ecosystem, f.package, f.version, f.fixed,
  f.state, f.found_at as "foundAt", f.seen_at as "seenAt"`;

export const findingsOf = (task: string): Query<FindingRow> =>
  sql<FindingRow>`select ${findingColumns} from patches.finding f where f.task = ${task}`;

export const findingsInView = (scope: Scope, advisory: string, limit: number): Query<FindingRow> => sql<FindingRow>`
  select ${findingColumns} from patches.finding f join patches.task t on t.id = f.task
  where t.advisory = ${advisory} and ${inSubtrees(scope, 'f.place')}
  order by f.state, f.label, f.asset, f.package limit ${limit}`;

/** Findings a reading must look at again; with `task`, those of one. */
export const knownFindings = (organisation: string, task?: string): Query<KnownFinding> => sql<KnownFinding>`
  select t.advisory, f.asset, f.ecosystem, f.package, f.version, f.fixed
  from patches.finding f join patches.task t on t.id = f.task
  where f.organisation = ${organisation} ${task ? sql`and t.id = ${task}` : sql`and f.state = 'affected'`}`;

export const taskOf = (advisory: string, group: string): Query<Task> =>
  sql<Task>`select ${taskColumns} from patches.task t where t.advisory = ${advisory} and t.asset_group = ${group} for update`;

export const taskOfCase = (caseId: string): Query<Task> =>
  sql<Task>`select ${taskColumns} from patches.task t where t.case_id = ${caseId}`;

/** One reading at a time in an organisation, so that two never open the same work. */
export const lockReadings = (tx: Tx, organisation: string): Promise<unknown[]> =>
  tx.all(sql`select pg_advisory_xact_lock(hashtextextended(${`patches ${organisation}`}, 0))`);

export const insertTask = (tx: Tx, task: Task): Promise<number> =>
  tx.run(sql`
    insert into patches.task (id, organisation, place, advisory, asset_group, case_id, case_code, state, opened_at, checked_at, verified_at)
    values (${task.id}, ${task.organisation}, ${task.place}, ${task.advisory}, ${task.group}, ${task.caseId}, ${task.caseCode},
      ${task.state}, ${task.openedAt}, ${task.checkedAt}, ${task.verifiedAt})`);

export const saveTask = (tx: Tx, task: Task): Promise<number> =>
  tx.run(sql`update patches.task set state = ${task.state}, checked_at = ${task.checkedAt}, verified_at = ${task.verifiedAt}
    where id = ${task.id}`);

export async function saveFindings(tx: Tx, task: Task, findings: readonly Finding[], at: Date): Promise<void> {
  const rows = findings.map(({ asset, package: name, seenAt, ...rest }) => ({
    ...rest,
    ...{
      name,
      kind: asset.kind,
      asset: asset.id,
      label: asset.label,
      place: asset.place,
      seenat: seenAt.toISOString(),
    },
  }));
  await tx.run(sql`
    insert into patches.finding (task, organisation, place, asset_kind, asset, label, ecosystem, package, version, fixed, state, found_at, seen_at)
    select ${task.id}, ${task.organisation}, r.place, r.kind, r.asset, r.label, r.ecosystem, r.name, r.version, r.fixed, r.state, ${at}, r.seenat
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(place text, kind text, asset text, label text, ecosystem text,
      name text, version text, fixed text, state text, seenat timestamptz)
    on conflict (task, asset, ecosystem, package) do update set place = excluded.place, label = excluded.label,
      version = excluded.version, fixed = excluded.fixed, state = excluded.state, seen_at = excluded.seen_at`);
}

/** The rows of one organisation below `from` are now below `to`. */
export async function movePlaces(tx: Tx, organisation: string, from: string, to: string): Promise<void> {
  for (const table of ['patches.task', 'patches.finding']) await movePaths(tx, table, 'place', organisation, from, to);
}
