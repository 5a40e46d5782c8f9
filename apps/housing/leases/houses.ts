import { type HouseStep, HouseStepRefused, type LeaseBrief, type StockService } from '@keystead/apps/housing/stock';
import type { Agreement, AgreementFollower, AgreementsService } from '@keystead/apps/work/agreements';
import { type Actor, may } from '@keystead/contracts/access';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';

type Parts = Pick<Kernel, 'clock'> & { stock: StockService; agreements: AgreementsService };

/** A house out for signing is held so long; the agreement itself holds it as long as it is out. */
const signingDays = 30;

interface Kin {
  /** House of the lease this one takes the place of. */
  before: string | null;
  followed: boolean;
}

/**
 * What a lease does to its house, in the transaction of the lease's own step (H-9.1.1-b-2). A place without a file in the
 * stock has no state to change.
 */
export function createHouses({ clock, stock }: Parts): AgreementFollower {
  const kinOf = async (tx: Tx, id: string): Promise<Kin> =>
    (await tx.maybe(sql<Kin>`
      select p.subject as before, exists (select from leases.lease n join agreements_pub.agreement a on a.id = n.agreement
        where n.previous = l.agreement and a.state in ('pending-tenant', 'pending-lessor', 'signed', 'effective', 'expiring')) as followed
      from leases.lease l left join agreements_pub.agreement p on p.id = l.previous where l.agreement = ${id}`)) ?? {
      before: null,
      followed: false,
    };

  /** The household that lives there is to live elsewhere from the same day on: whoever changes houses takes the house's step then. */
  const passesOn = async (tx: Tx, present: string, next: Pick<Agreement, 'subject' | 'startsOn'>): Promise<boolean> =>
    (await tx.maybe(sql`
      select from leases.lease n join agreements_pub.agreement a on a.id = n.agreement
      where n.previous = ${present} and a.subject <> ${next.subject} and a.starts_on <= ${next.startsOn}::date
        and a.state not in ('void', 'archived')`)) !== undefined;

  return async (tx, actor, { before, after, reason }) => {
    const { id, subject: house, state } = after;
    const standing = await stock.standingIn(tx, actor, house);
    if (!standing) return;
    const take = (step: HouseStep, more: object = {}) => stock.stepIn(tx, actor, house, step, more);
    const kin = await kinOf(tx, id);
    const stays = kin.before === house || (standing.lease !== null && (await passesOn(tx, standing.lease, after)));
    const mine = standing.lease === id;
    const why = reason || after.code;
    if (state === 'pending-tenant' && !stays) {
      if (standing.state === 'allocatable')
        await take('reserve', { until: new Date(clock.now().getTime() + signingDays * 86_400_000) });
      else if (standing.state !== 'reserved')
        throw new HouseStepRefused({ state: standing.state, step: 'sign', possible: [] });
    } else if (state === 'signed' && !stays) await take('sign', { lease: id });
    else if (state === 'void' && before === 'signed' && mine) await take('unsign', { reason: why });
    else if (state === 'void' && before.startsWith('pending-') && !stays && standing.state === 'reserved')
      await take('lapse');
    else if (state === 'effective' && stays && standing.state === 'occupied') await take('follow', { lease: id });
    else if (state === 'ended' && mine && !kin.followed) {
      if (standing.state === 'occupied') await take('start-leaving', { reason: why });
      else if (standing.state === 'pending-move-in') await take('unsign', { reason: why });
    }
  };
}

/** What the file of a house shows of its lease; nothing to those who may not read leases. */
export const createLeaseOf =
  (agreements: AgreementsService) =>
  async (actor: Actor, id: string): Promise<LeaseBrief | undefined> => {
    if (!may(actor, 'lease:read')) return undefined;
    const { code, state, startsOn, endsOn, parties } = await agreements.get(actor, id);
    const tenant = parties.find(({ role }) => role === 'tenant');
    return { id, number: code, state, from: startsOn, to: endsOn, household: tenant?.party ?? null, tenant: null };
  };
