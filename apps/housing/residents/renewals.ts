import type { PolicyService } from '@keystead/apps/housing/policy';
import type { AgreementsService } from '@keystead/apps/work/agreements';
import type { CasesService } from '@keystead/apps/work/cases';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { localDate, plusDays } from '@keystead/contracts/calendar';
import type { agreementChanged } from '@keystead/contracts/events/agreements';
import type { EventEnvelope, Payload } from '@keystead/contracts/events/define';
import { problem } from '@keystead/contracts/problem';
import type { Db, Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { OwnCases } from './own-cases.ts';
import { HomeMissing, type StandingOf } from './standing.ts';

/** Too early, asked for already, or the next lease is on its way. */
export class RenewalNotOpen extends problem('renewal-not-open', 409) {}

type Parts = Pick<Kernel, 'clock'> & {
  db: Db;
  standing: StandingOf;
  requests: OwnCases;
  agreements: AgreementsService;
  cases: CasesService;
  policy: PolicyService;
};

const monthDays = 31;
const category = 'renewal';
const coming = ['pending-tenant', 'pending-lessor', 'signed'];

/** Renewal 续租 from asking to the signed lease: one request for a lease, done when the next lease is signed. */
export function createRenewals({ db, clock, standing, requests, agreements, cases, policy }: Parts) {
  /** What stands: from when a renewal may be asked for, whether it was, whether the next lease is there. Throws HomeMissing. */
  async function stateOf(actor: Actor) {
    const { home, leases } = await standing(actor);
    if (!home) throw new HomeMissing({});
    const now = clock.now();
    const { organisation } = actor.scope;
    const rules = await db.systemTransaction((tx) => policy.at(tx, organisation, now, home.place));
    const ahead = rules.value('renewal-ahead-months') * monthDays;
    const from = plusDays(home.endsOn, -2 * ahead);
    const next = leases.find(({ state, startsOn }) => coming.includes(state) && startsOn > home.startsOn);
    const open = (await requests.list(actor, true)).find((each) => each.category === category);
    const may = !next && !open && localDate(now) >= from;
    const by = plusDays(home.endsOn, -ahead);
    return { lease: home.id, endsOn: home.endsOn, from, by, next: next?.id ?? null, request: open?.id ?? null, may };
  }

  return {
    stateOf,

    /** Throws HomeMissing, RenewalNotOpen. */
    ask: async (actor: Actor, wish: { title: string; description: string }): Promise<string> => {
      const { may, from, next, request } = await stateOf(actor);
      if (!may) throw new RenewalNotOpen({ from, next, request });
      return requests.tell(actor, { ...wish, category, channel: 'app', photos: [] });
    },

    /** The next lease bears both signatures: what was asked for is done. */
    leaseChanged: async (
      { organisation, payload }: EventEnvelope<Payload<typeof agreementChanged>>,
      tx: Tx,
    ): Promise<void> => {
      if (payload.kind !== 'lease' || payload.to !== 'signed') return;
      const platform = systemActor('residents.renewed', organisation as OrganisationId);
      const lease = await agreements.lock(tx, platform, payload.id);
      if (!lease.replaces) return;
      const filter = { kind: ['request'], open: true, place: lease.place };
      const { items } = await cases.list(platform, filter, { limit: 50 });
      for (const { id, category: asked } of items)
        if (asked === category) await cases.settleIn(tx, platform, id, `${payload.code} 已签署`);
    },
  };
}

export type Renewals = ReturnType<typeof createRenewals>;
