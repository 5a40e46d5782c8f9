import type { Scope } from '@keystead/contracts/access';
import { inSubtrees, movePaths, type Query, sql, type Tx } from '@keystead/kernel/db';
import type { Cursor } from '@keystead/kernel/http';
import type { ChangeState, HouseholdChange, HouseholdFile, Mark, Opening } from './household.ts';

const fileColumns = sql`f.number, f.household, f.organisation, f.place, f.tags, f.opened_by as "openedBy", f.opened_at as "openedAt", f.version`;

export const fileOf = (scope: Scope, household: string): Query<HouseholdFile> =>
  sql<HouseholdFile>`select ${fileColumns} from households.file f where f.household = ${household}
    and f.organisation = ${scope.organisation} and ${inSubtrees(scope, 'f.place')}`;

export const lockFile = (scope: Scope, household: string): Query<HouseholdFile> =>
  sql<HouseholdFile>`select ${fileColumns} from households.file f where f.household = ${household}
    and f.organisation = ${scope.organisation} and ${inSubtrees(scope, 'f.place')} for update`;

export const files = (
  scope: Scope,
  filter: { ids?: readonly string[]; tag?: string; after?: Cursor; limit: number },
): Query<HouseholdFile> =>
  sql<HouseholdFile>`select ${fileColumns} from households.file f
    where f.organisation = ${scope.organisation} and ${inSubtrees(scope, 'f.place')}
    ${filter.ids ? sql`and f.household = any(${filter.ids}::uuid[])` : sql``}
    ${filter.tag ? sql`and ${filter.tag} = any(f.tags)` : sql``}
    ${filter.after ? sql`and (f.opened_at, f.household) < (${filter.after.at}, ${filter.after.id}::uuid)` : sql``}
    order by f.opened_at desc, f.household desc limit ${filter.limit}`;

export const addFile = (
  tx: Tx,
  of: { household: string; organisation: string; place: string },
  by: Opening,
  at: Date,
): Promise<number> =>
  tx.run(sql`insert into households.file (household, organisation, place, opened_by, opened_at)
    values (${of.household}, ${of.organisation}, ${of.place}, ${by}, ${at}) on conflict do nothing`);

export const saveFile = (tx: Tx, household: string, tags: readonly string[], place: string): Promise<number> =>
  tx.run(
    sql`update households.file set tags = ${tags}, place = ${place}, version = version + 1 where household = ${household}`,
  );

export async function placeRows(tx: Tx, household: string, place: string): Promise<void> {
  for (const table of ['file', 'mark', 'change'])
    await tx.run(sql`update ${sql.table(`households.${table}`)} set place = ${place} where household = ${household}`);
}

const markColumns = sql`m.id, m.household, m.person, m.kind, m.source, m.evidence, m.valid_from::text as "validFrom",
  m.valid_to::text as "validTo", m.ended_at as "endedAt"`;

export const marksOf = (household: string): Query<Mark> =>
  sql<Mark>`select ${markColumns} from households.mark m where m.household = ${household} order by m.marked_at, m.id limit 500`;

export const markById = (scope: Scope, id: string): Query<Mark & { place: string }> =>
  sql<Mark & { place: string }>`select ${markColumns}, m.place from households.mark m
    where m.id = ${id} and m.organisation = ${scope.organisation} and ${inSubtrees(scope, 'm.place')} for update`;

/** Everybody marked now in view, for those who care. */
export const marksInView = (scope: Scope, day: string, limit: number): Query<Mark> =>
  sql<Mark>`select ${markColumns} from households.mark m
    where m.organisation = ${scope.organisation} and ${inSubtrees(scope, 'm.place')} and m.ended_at is null
      and m.valid_from <= ${day}::date and (m.valid_to is null or m.valid_to >= ${day}::date)
    order by m.household, m.id limit ${limit}`;

export const addMark = (tx: Tx, file: HouseholdFile, mark: Mark, by: string, at: Date): Promise<number> =>
  tx.run(sql`insert into households.mark (id, organisation, place, household, person, kind, source, evidence, valid_from, valid_to, marked_at, marked_by)
    values (${mark.id}, ${file.organisation}, ${file.place}, ${file.household}, ${mark.person}, ${mark.kind}, ${mark.source},
      ${mark.evidence}, ${mark.validFrom}::date, ${mark.validTo}::date, ${at}, ${by}) on conflict do nothing`);

export const endMark = (tx: Tx, id: string, at: Date): Promise<number> =>
  tx.run(sql`update households.mark set ended_at = ${at} where id = ${id}`);

const changeColumns = sql`c.id, c.organisation, c.place, c.household,
  (select f.number from households.file f where f.household = c.household) as "fileNumber", c.party, c.kind, c.proposal, c.evidence, c.note, c.state,
  c.case_id as "caseId", c.case_code as "caseCode", c.submitted_at as "submittedAt", c.submitted_by as "submittedBy",
  c.decided_at as "decidedAt", c.decided_by as "decidedBy", c.reason, c.version`;

export const changeById = (scope: Scope, id: string): Query<HouseholdChange> =>
  sql<HouseholdChange>`select ${changeColumns} from households.change c
    where c.id = ${id} and c.organisation = ${scope.organisation} and ${inSubtrees(scope, 'c.place')} for update`;

export const changes = (
  scope: Scope,
  filter: { household?: string; state?: ChangeState; after?: Cursor; limit: number },
): Query<HouseholdChange> =>
  sql<HouseholdChange>`select ${changeColumns} from households.change c
    where c.organisation = ${scope.organisation} and ${inSubtrees(scope, 'c.place')}
    ${filter.household ? sql`and c.household = ${filter.household}` : sql``}
    ${filter.state ? sql`and c.state = ${filter.state}` : sql``}
    ${filter.after ? sql`and (c.submitted_at, c.id) < (${filter.after.at}, ${filter.after.id}::uuid)` : sql``}
    order by c.submitted_at desc, c.id desc limit ${filter.limit}`;

export const addChange = (tx: Tx, c: HouseholdChange): Promise<number> =>
  tx.run(sql`insert into households.change (id, organisation, place, household, party, kind, proposal, evidence, note, state,
      case_id, case_code, submitted_at, submitted_by)
    values (${c.id}, ${c.organisation}, ${c.place}, ${c.household}, ${c.party}, ${c.kind}, ${c.proposal}, ${c.evidence}::uuid[],
      ${c.note}, ${c.state}, ${c.caseId}, ${c.caseCode}, ${c.submittedAt}, ${c.submittedBy})`);

export const decideChange = (
  tx: Tx,
  id: string,
  state: ChangeState,
  by: string,
  reason: string,
  at: Date,
): Promise<number> =>
  tx.run(sql`update households.change set state = ${state}, decided_at = ${at}, decided_by = ${by}, reason = ${reason},
    version = version + 1 where id = ${id}`);

/** When the last lease of any of these parties ends or ended; null without one. */
export const lastLeaseEnd = (organisation: string, parties: readonly string[]): Query<{ endsOn: string | null }> =>
  sql<{ endsOn: string | null }>`select max(a.ends_on)::text as "endsOn" from agreements_pub.agreement a
    join agreements_pub.party p on p.agreement = a.id
    where a.organisation = ${organisation} and a.kind = 'lease' and a.state not in ('draft', 'void') and p.party = any(${parties}::uuid[])`;

/** Bills of a household, newest first: lines charged together are one. */
export const billsOf = (scope: Scope, household: string, limit: number) =>
  sql<{ id: string; period: string; amount: number; open: number; dueOn: string; reversed: boolean }>`
    select c.document as id, min(c.period) as period, sum(c.amount)::int8 as amount, sum(c.amount - c.settled - c.waived)::int8 as open,
      min(c.due_on)::text as "dueOn", bool_and(c.reversed_at is not null) as reversed
    from ledger_pub.charge c where c.organisation = ${scope.organisation} and c.party = ${household} and ${inSubtrees(scope, 'c.place')}
    group by c.document order by min(c.due_on) desc, c.document limit ${limit}`;

/** The rows of one organisation below `from` are now below `to`. */
export async function movePlaces(tx: Tx, organisation: string, from: string, to: string): Promise<void> {
  for (const table of ['households.file', 'households.mark', 'households.change'])
    await movePaths(tx, table, 'place', organisation, from, to);
}
