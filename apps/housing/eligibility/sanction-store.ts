import type { OrganisationId, Scope } from '@keystead/contracts/access';
import { inSubtrees, type Query, sql, type Tx } from '@keystead/kernel/db';
import type { Sanction } from './sanction.ts';

const columns = sql`s.id, s.number, s.organisation, s.place, s.household, s.hearing, s.hearing_code as "hearingCode", s.ground, s.reason, s.lease,
  s.state, s.policy, s.barred_until as "barredUntil", s.fine::float8 as fine, s.appeal_until as "appealUntil", s.answer_by as "answerBy",
  s.appeal_reason as "appealReason", s.answer, s.final_at as "finalAt", s.imposed_at as "imposedAt", s.imposed_by as "imposedBy",
  s.imposed_by_name as "imposedByName", s.version`;

const inView = (scope: Scope) => sql`s.organisation = ${scope.organisation} and ${inSubtrees(scope, 's.place')}`;

export const sanctionById = (scope: Scope, id: string): Query<Sanction> =>
  sql<Sanction>`select ${columns} from eligibility.sanction s where s.id = ${id} and ${inView(scope)} for update`;

export const sanctionsOf = (scope: Scope, household: string): Query<Sanction> =>
  sql<Sanction>`select ${columns} from eligibility.sanction s where s.household = ${household} and ${inView(scope)}
    order by s.imposed_at desc, s.id desc limit 50`;

/** The one that bars a household longest at a moment. */
export const barOf = (organisation: string, household: string, at: Date): Query<Sanction> =>
  sql<Sanction>`select ${columns} from eligibility.sanction s where s.household = ${household} and s.organisation = ${organisation}
    and s.state <> 'lifted' and s.barred_until > ${at} order by s.barred_until desc limit 1`;

/** What was decided about the household of a lease, and stands. */
export const sanctionOfLease = (organisation: string, lease: string): Query<Sanction> =>
  sql<Sanction>`select ${columns} from eligibility.sanction s where s.lease = ${lease} and s.organisation = ${organisation}
    and s.state <> 'lifted' order by s.imposed_at desc limit 1 for update`;

/** Appeals whose answer is late, and staff were not told of it. */
export const unansweredAppeals = (at: Date, limit: number): Query<{ id: string; organisation: OrganisationId }> =>
  sql<{ id: string; organisation: OrganisationId }>`select id, organisation from eligibility.sanction
    where state = 'appealed' and answer_by <= ${at} and escalated_at is null order by answer_by limit ${limit}`;

/** 0 when it was answered, or told, in between. */
export const appealEscalated = (tx: Tx, id: string, at: Date): Promise<number> =>
  tx.run(
    sql`update eligibility.sanction set escalated_at = ${at} where id = ${id} and state = 'appealed' and escalated_at is null`,
  );

/** Those nobody appealed in time. */
export const unappealed = (at: Date, limit: number): Query<{ id: string; organisation: OrganisationId }> =>
  sql<{ id: string; organisation: OrganisationId }>`select id, organisation from eligibility.sanction
    where state = 'imposed' and final_at is null and appeal_until <= ${at} order by appeal_until limit ${limit}`;

export const addSanction = (tx: Tx, s: Omit<Sanction, 'number' | 'version'>): Promise<number> =>
  tx.run(sql`insert into eligibility.sanction (id, organisation, place, household, hearing, hearing_code, ground, reason, lease, state, policy,
      barred_until, fine, appeal_until, imposed_at, imposed_by, imposed_by_name)
    values (${s.id}, ${s.organisation}, ${s.place}, ${s.household}, ${s.hearing}, ${s.hearingCode}, ${s.ground}, ${s.reason}, ${s.lease},
      ${s.state}, ${s.policy}, ${s.barredUntil}, ${s.fine}, ${s.appealUntil}, ${s.imposedAt}, ${s.imposedBy}, ${s.imposedByName})
    on conflict do nothing`);

export const saveSanction = (tx: Tx, s: Sanction): Promise<number> =>
  tx.run(sql`update eligibility.sanction set state = ${s.state}, policy = ${s.policy}, barred_until = ${s.barredUntil}, answer_by = ${s.answerBy},
    appeal_reason = ${s.appealReason}, answer = ${s.answer}, final_at = ${s.finalAt}, version = version + 1 where id = ${s.id}`);

export interface TenantLease {
  readonly id: string;
  readonly code: string;
  readonly house: string;
  readonly place: string;
  readonly party: string;
}

const leases = sql`select a.id, a.code, a.subject::text as house, a.place, p.party
  from agreements_pub.agreement a join agreements_pub.party p on p.agreement = a.id and p.role = 'tenant'`;

/** Leases of parties that were ever signed, the last first. */
export const leasesOf = (organisation: string, tenants: readonly string[]): Query<TenantLease> =>
  sql<TenantLease>`${leases} where a.organisation = ${organisation} and a.kind = 'lease' and p.party = any(${tenants}::uuid[])
    and a.state not in ('draft', 'pending-tenant', 'pending-lessor', 'void') order by a.starts_on desc limit 20`;

export const tenantOf = (organisation: string, lease: string): Query<TenantLease> =>
  sql<TenantLease>`${leases} where a.organisation = ${organisation} and a.id = ${lease} order by p.party limit 1`;

/** Applications of a household that are not decided. */
export const openApplications = (organisation: string, household: string): Query<{ id: string }> =>
  sql<{
    id: string;
  }>`select id from eligibility.application where organisation = ${organisation} and household = ${household}
    and kind in ('initial', 'pre-allocation') and ended_at is null`;
