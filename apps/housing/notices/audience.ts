import type { Scope } from '@keystead/contracts/access';
import { problem } from '@keystead/contracts/problem';
import { inSubtrees, type Query, sql } from '@keystead/kernel/db';

export const feeStates = ['any', 'nothing-due', 'owing', 'late'] as const;
/** `owing`: something is not paid; `late`: past its day; `nothing-due`: all is paid. */
export type FeeState = (typeof feeStates)[number];
/** States in which a lease has somebody to be told. */
export const leaseStates = ['signed', 'effective', 'expiring', 'holdover'] as const;

/** Whom a notice is for. All that is named has to hold. */
export interface Audience {
  readonly states: readonly string[];
  readonly fees: FeeState;
}

export interface Told {
  readonly party: string;
  readonly agreement: string;
  readonly place: string;
}

/** Published already: its text and audience stay. */
export class NoticePublished extends problem('notice-published', 409) {}
export class NoticeMissing extends problem('notice-missing', 404) {}
/** Nobody is in the audience. */
export class AudienceEmpty extends problem('notice-audience-empty', 409) {}

/**
 * Tenants of the audience, each once, however many leases he has (H-10.2-c): of the place and everything below it, as far as the scope
 * reaches; `today` as YYYY-MM-DD.
 */
export const toldBy = (scope: Scope, place: string, { states, fees }: Audience, today: string): Query<Told> => {
  const open = sql`c.agreement = a.id and c.reversed_at is null and c.settled + c.waived < c.amount`;
  const owes = sql`exists (select from ledger_pub.charge c where ${open})`;
  const late = sql`exists (select from ledger_pub.charge c where ${open} and c.due_on < ${today}::date)`;
  const fee = { any: sql`true`, 'nothing-due': sql`not ${owes}`, owing: owes, late }[fees];
  return sql<Told>`
    select distinct on (p.party) p.party, a.id as agreement, a.place
    from agreements_pub.agreement a join agreements_pub.party p on p.agreement = a.id and p.role = 'tenant'
    where a.organisation = ${scope.organisation} and a.kind = 'lease' and ${inSubtrees(scope, 'a.place')}
      and ${inSubtrees({ ...scope, subtrees: [place] }, 'a.place')} and a.state = any(${[...states]}) and ${fee}
    order by p.party, a.starts_on desc, a.id`;
};
