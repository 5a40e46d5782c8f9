import type { LeasesService } from '@keystead/apps/housing/leases';
import type { AgreementsService } from '@keystead/apps/work/agreements';
import type { LedgerService } from '@keystead/apps/work/ledger';
import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import type { agreementChanged } from '@keystead/contracts/events/agreements';
import type { EventEnvelope, Payload } from '@keystead/contracts/events/define';
import type { Tx } from '@keystead/kernel/db';

type Parts = { agreements: AgreementsService; leases: LeasesService; ledger: LedgerService };

/** The deposit of a lease that was renewed, or signed anew for the same house, is held under the one that took its place. */
export const createDepositFollows =
  ({ agreements, leases, ledger }: Parts) =>
  async ({ organisation, payload }: EventEnvelope<Payload<typeof agreementChanged>>, tx: Tx): Promise<void> => {
    if (payload.kind !== 'lease' || payload.to !== 'ended' || payload.from === payload.to) return;
    const next = await leases.followerOf(tx, payload.id);
    if (!next) return;
    const actor = systemActor('billing.deposit', organisation as OrganisationId);
    const { deposit } = await ledger.standingIn(tx, actor, payload.id);
    if (deposit <= 0) return;
    const [from, to] = [await agreements.lock(tx, actor, payload.id), await agreements.lock(tx, actor, next)];
    const holder = ({ id, place, parties }: typeof from) => ({
      agreement: id,
      party: parties.find(({ role }) => role === 'tenant')?.party ?? '',
      place,
    });
    const reason = `${to.code} 续签/重签`;
    await ledger.carry(tx, actor, {
      from: holder(from),
      to: holder(to),
      amount: deposit,
      key: `follow:${next}`,
      reason,
    });
  };
