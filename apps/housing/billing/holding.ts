import type { PolicyService } from '@keystead/apps/housing/policy';
import type { LedgerService, RefundGuard } from '@keystead/apps/work/ledger';
import type { Actor } from '@keystead/contracts/access';
import { refundHeld } from '@keystead/contracts/events/billing';
import { newId } from '@keystead/contracts/ids';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { RefundWay } from './refund.ts';

const day = 86_400_000; // ms

interface Wish {
  readonly agreement: string;
  readonly place: string;
  /** Minor units. */
  readonly amount: number;
}

/** What a refund is above, by which pack. */
export interface Limit {
  readonly above: number;
  readonly policy: string;
}

interface Entered extends Wish {
  readonly id: string;
  readonly party: string;
  readonly way: RefundWay;
  readonly via: string;
  readonly key: string;
  readonly reason: string;
  readonly channel?: string;
  readonly order?: string;
  readonly number?: string;
  readonly reference?: string;
}

/** Who acts, as a person: a key stands for whom it belongs to. */
export const personOf = ({ id, account }: Actor): string => account ?? id;

type Parts = Pick<Kernel, 'clock' | 'audit' | 'outbox'> & { ledger: LedgerService; policy: Pick<PolicyService, 'at'> };

/**
 * Which refunds wait for a second person, whichever module gives them: those by which more than the policy's limit would have gone back of
 * the lease within a day, so that parts do not slip under it.
 */
export function createHolding({ clock, audit, outbox, ledger, policy }: Parts) {
  /** Undefined when it may go at once. */
  async function limitOf(tx: Tx, actor: Actor, { agreement, place, amount }: Wish): Promise<Limit | undefined> {
    const rules = await policy.at(tx, actor.scope.organisation, clock.now(), place);
    const above = rules.value('refund-confirm-above');
    const before = await ledger.refundedSince(tx, agreement, new Date(clock.now().getTime() - day));
    return before + amount > above ? { above, policy: rules.id } : undefined;
  }

  /** Notes a refund: with a limit it waits; else the channel is asked, and what goes over the desk is done. */
  async function enter(tx: Tx, actor: Actor, wish: Entered, limit: Limit | undefined): Promise<void> {
    const { id, place, agreement, party, way, via, key, amount, reason, reference = '' } = wish;
    const state = limit ? 'waiting' : way === 'channel' ? 'asked' : 'done';
    const now = clock.now();
    await tx.run(sql`
      insert into billing.refund (id, organisation, place, agreement, party, way, via, channel, pay_order, number, reference, key, amount, reason, state,
        above, policy, asked_at, ended_at, asked_by, actor_name)
      values (${id}, ${actor.scope.organisation}, ${place}, ${agreement}, ${party}, ${way}, ${via}, ${wish.channel ?? null}, ${wish.order ?? null},
        ${wish.number ?? id.replaceAll('-', '')}, ${reference}, ${key}, ${amount}, ${reason}, ${state}, ${limit?.above ?? null}, ${limit?.policy ?? null},
        ${now}, ${state === 'done' ? now : null}, ${personOf(actor)}, ${actor.name})`);
    await audit.add(tx, actor, {
      action: limit ? 'payment.refund-hold' : 'payment.refund',
      subject: `agreement:${agreement}`,
      place,
      detail: { refund: id, channel: via, amount, reference, reason, ...(limit && { above: limit.above }) },
    });
    if (limit) {
      const where = { organisation: actor.scope.organisation, place };
      const held = { id, agreement, amount, askedBy: personOf(actor), actorName: actor.name };
      await outbox.add(tx, refundHeld, where, held);
    }
  }

  /** Over the desk or by transfer, and whatever other modules give back. Asked again while it waits it waits on. */
  const guard: RefundGuard = async (tx, actor, { agreement, party, place, channel, amount, key, reason }) => {
    const waits = await tx.maybe(sql`
      select from billing.refund where organisation = ${actor.scope.organisation} and key = ${key} and state = 'waiting'`);
    if (waits) return true;
    const limit = await limitOf(tx, actor, { agreement, place, amount });
    const reference = /^refund:[^:]+:(.*)$/.exec(key)?.[1] ?? '';
    const wish = { agreement, party, place, amount, key, reason, reference } as const;
    await enter(tx, actor, { ...wish, id: newId(), way: 'desk', via: channel }, limit);
    return limit !== undefined;
  };

  return { limitOf, enter, guard };
}

export type Holding = ReturnType<typeof createHolding>;
