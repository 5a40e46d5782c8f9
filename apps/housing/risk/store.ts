import type { Scope } from '@keystead/contracts/access';
import { inSubtrees, movePaths, type Query, sql, type Tx } from '@keystead/kernel/db';
import type { Cursor } from '@keystead/kernel/http';
import type { WarningKind } from './facts.ts';
import type { Warning } from './warning.ts';

const columns = sql`w.id, w.organisation, w.place, w.kind, w.rule, w.subject_kind as "subjectKind", w.subject, w.subject_name as "subjectName",
  w.house, w.alarm, w.grade, w.score, w.reasons, w.state, w.lifted_at as "liftedAt", w.owner, w.owner_name as "ownerName",
  w.case_id as "caseId", w.case_code as "caseCode", w.action, w.person, w.result, w.feedback, w.opened_at as "openedAt",
  w.closed_at as "closedAt", w.settled, w.version`;

export interface WarningFilter {
  readonly state?: 'open' | 'closed' | undefined;
  readonly kind?: WarningKind | undefined;
  readonly after?: Cursor | undefined;
  readonly limit: number;
}

export const warnings = (scope: Scope, { state, kind, after, limit }: WarningFilter): Query<Warning> =>
  sql<Warning>`select ${columns} from risk.warning w
    where w.organisation = ${scope.organisation} and ${inSubtrees(scope, 'w.place')}
      ${state ? sql`and w.state = ${state}` : sql``} ${kind ? sql`and w.kind = ${kind}` : sql``}
      ${after ? sql`and (w.opened_at, w.id) < (${after.at}, ${after.id}::uuid)` : sql``}
    order by w.opened_at desc, w.id desc limit ${limit}`;

export const warningById = (scope: Scope, id: string): Query<Warning> =>
  sql<Warning>`select ${columns} from risk.warning w
    where w.id = ${id} and w.organisation = ${scope.organisation} and ${inSubtrees(scope, 'w.place')}`;

export const lockedWarning = (scope: Scope, id: string): Query<Warning> =>
  sql<Warning>`select ${columns} from risk.warning w
    where w.id = ${id} and w.organisation = ${scope.organisation} and ${inSubtrees(scope, 'w.place')} for update`;

/** The open one of a rule and subject, or the last that was closed. */
export const latestOf = (tx: Tx, organisation: string, rule: string, subject: string): Promise<Warning | undefined> =>
  tx.maybe(sql<Warning>`select ${columns} from risk.warning w
    where w.organisation = ${organisation} and w.rule = ${rule} and w.subject = ${subject}
    order by (w.state = 'open') desc, w.closed_at desc limit 1 for update`);

export const openOf = (tx: Tx, organisation: string, subjects: readonly string[]): Promise<Warning[]> =>
  tx.all(sql<Warning>`select ${columns} from risk.warning w
    where w.organisation = ${organisation} and w.subject = any(${[...subjects]}::uuid[]) and w.state = 'open' order by w.id for update`);

export const unsettled = (limit: number): Query<Warning> =>
  sql<Warning>`select ${columns} from risk.warning w where w.state = 'closed' and not w.settled order by w.closed_at limit ${limit}`;

export const addWarning = (tx: Tx, w: Warning): Promise<number> =>
  tx.run(sql`insert into risk.warning (id, organisation, place, kind, rule, subject_kind, subject, subject_name, house, alarm, grade, score,
      reasons, state, owner, owner_name, opened_at)
    values (${w.id}, ${w.organisation}, ${w.place}, ${w.kind}, ${w.rule}, ${w.subjectKind}, ${w.subject}, ${w.subjectName}, ${w.house},
      ${w.alarm}, ${w.grade}, ${w.score}, ${JSON.stringify(w.reasons)}, 'open', ${w.owner}, ${w.ownerName}, ${w.openedAt})`);

/** What a look found anew of a warning that stands. */
export const regrade = (tx: Tx, w: Pick<Warning, 'id' | 'grade' | 'score' | 'reasons'>): Promise<number> =>
  tx.run(sql`update risk.warning set grade = ${w.grade}, score = ${w.score}, reasons = ${JSON.stringify(w.reasons)}, lifted_at = null,
    version = version + 1 where id = ${w.id}`);

export const lift = (tx: Tx, id: string, at: Date): Promise<number> =>
  tx.run(sql`update risk.warning set lifted_at = ${at}, version = version + 1 where id = ${id}`);

export const addStep = (
  tx: Tx,
  of: Pick<Warning, 'id' | 'organisation' | 'grade'>,
  step: string,
  by: string,
  at: Date,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<number> =>
  tx.run(sql`insert into risk.history (warning, organisation, number, at, step, grade, actor_name, detail)
    values (${of.id}, ${of.organisation}, (select count(*) + 1 from risk.history where warning = ${of.id}), ${at}, ${step}, ${of.grade},
      ${by}, ${JSON.stringify(detail)})`);

export interface Step {
  readonly at: Date;
  readonly step: string;
  readonly grade: number;
  readonly actorName: string;
  readonly detail: Readonly<Record<string, unknown>>;
}
export const stepsOf = (id: string): Query<Step> =>
  sql<Step>`select at, step, grade, actor_name as "actorName", detail from risk.history where warning = ${id} order by number limit 500`;

/** Open warnings by kind and age in whole days: which wait for whom, and how long. */
export const openAges = (scope: Scope, now: Date) =>
  sql<{ kind: WarningKind; day: number; week: number; month: number; older: number; oldest: Date }>`
    select w.kind, count(*) filter (where age < interval '1 day')::int as day,
      count(*) filter (where age >= interval '1 day' and age < interval '7 days')::int as week,
      count(*) filter (where age >= interval '7 days' and age < interval '30 days')::int as month,
      count(*) filter (where age >= interval '30 days')::int as older, min(w.opened_at) as oldest
    from (select *, ${now}::timestamptz - opened_at as age from risk.warning) w
    where w.organisation = ${scope.organisation} and ${inSubtrees(scope, 'w.place')} and w.state = 'open' group by w.kind order by w.kind`;

/** What people said of closed warnings, by kind: the precision that is lived. */
export const feedbackOf = (scope: Scope) =>
  sql<{ kind: WarningKind; confirmed: number; unfounded: number; unclear: number }>`
    select w.kind, count(*) filter (where w.feedback = 'confirmed')::int as confirmed,
      count(*) filter (where w.feedback = 'unfounded')::int as unfounded, count(*) filter (where w.feedback = 'unclear')::int as unclear
    from risk.warning w where w.organisation = ${scope.organisation} and ${inSubtrees(scope, 'w.place')} and w.state = 'closed'
    group by w.kind order by w.kind`;

export async function movePlaces(tx: Tx, organisation: string, from: string, to: string): Promise<void> {
  for (const table of ['risk.day', 'risk.meter_day', 'risk.warning', 'risk.evidence'])
    await movePaths(tx, table, 'place', organisation, from, to);
}
