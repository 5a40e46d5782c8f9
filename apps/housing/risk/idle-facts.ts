import type { PolicyService } from '@keystead/apps/housing/policy';
import { dateOf, dayOf } from '@keystead/contracts/calendar';
import { sql, type Tx } from '@keystead/kernel/db';
import { daysOf, heardLately } from './day-store.ts';
import type { PolicyNumber } from './facts.ts';
import { quietDays } from './features.ts';
import { keptFor, limitsOf } from './limits.ts';
import { rulesOf } from './settings.ts';
import type { DeskParts } from './warning-desk.ts';

/** How long a home has stood idle without a break, by its door and meters, against the policy in force there. */
export interface IdleFacts {
  readonly days: number;
  /** First of these days; null when somebody was there yesterday, or nothing is known. */
  readonly since: string | null;
  /** So many days make it idle. */
  readonly limit: number;
  readonly policy: PolicyNumber;
}

/** The facts a person needs before anything follows from them; nothing follows from them here. */
export const createIdleFacts =
  ({ clock, policy, today }: Pick<DeskParts, 'clock' | 'today'> & { policy: Pick<PolicyService, 'at'> }) =>
  /** Throws PolicyMissing. */
  async (
    tx: Tx,
    home: { organisation: string; house: string; place: string; leasedOn: string },
  ): Promise<IdleFacts> => {
    const { organisation, house, place, leasedOn } = home;
    const now = dayOf(today()) ?? 0;
    const limits = limitsOf(await policy.at(tx, organisation, clock.now(), place), today());
    const { stillWater: water, stillElectricity: electricity } = await rulesOf(tx, organisation);
    // Silence of devices is not absence of people.
    const heard = await tx.maybe(
      sql`select from stock_pub.house h where h.id = ${house} and ${heardLately(clock.now())}`,
    );
    const quiet = heard ? quietDays(await daysOf(tx, house, today(), keptFor(limits)), { water, electricity }) : 0;
    const days = Math.max(0, Math.min(quiet, now - (dayOf(leasedOn) ?? now)));
    const [, , limit] = limits.idleDays;
    return { days, since: days > 0 ? dateOf(now - days) : null, limit, policy: limits.idle };
  };
