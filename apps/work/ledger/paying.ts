import { type Actor, inScope } from '@keystead/contracts/access';
import { moneyReceived } from '@keystead/contracts/events/ledger';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Charging, voucher } from './charging.ts';
import { AmountTooLarge, PaymentReferenceUsed } from './problems.ts';
import type { Share } from './settlement.ts';
import * as store from './store.ts';

export interface NewPayment {
  readonly channel: string;
  /** The channel's own number: a second one with the same number changes nothing. */
  readonly reference: string;
  readonly agreement: string;
  readonly party: string;
  readonly place: string;
  /** Minor units, positive. */
  readonly amount: number;
  readonly paidAt: Date;
  /** Charges to be settled before all others. */
  readonly first?: ReadonlySet<string>;
}

interface Holder {
  readonly agreement: string;
  readonly party: string;
  readonly place: string;
}

/** Prepaid money that is to go back; `key` names it once. */
export interface RefundWish extends Holder {
  readonly channel: string;
  readonly amount: number;
  readonly key: string;
  readonly reason: string;
  /** Whoever guards refunds has looked at it already. */
  readonly cleared?: true;
}

/** Is asked of every refund before it is posted, whichever module gives it; `true` holds it back until somebody else has confirmed it. */
export type RefundGuard = (tx: Tx, actor: Actor, wish: RefundWish) => Promise<boolean>;

type Parts = Pick<Kernel, 'clock' | 'outbox'> & { charging: Charging };

export function createPaying({ clock, outbox, charging }: Parts) {
  let guard: RefundGuard | undefined;

  /**
   * Money that came in. Told twice it counts once: `fresh` is false and nothing changes. Throws PaymentReferenceUsed when
   * the number was used for another amount or agreement, PeriodClosed.
   */
  async function pay(
    tx: Tx,
    actor: Actor,
    payment: NewPayment,
  ): Promise<{ id: string; fresh: boolean; shares: Share[] }> {
    const { channel, reference, agreement, party, place, amount, paidAt } = payment;
    if (amount <= 0 || !inScope(actor.scope, place)) throw new InputInvalid({ in: 'payment' });
    await store.lockAgreement(tx, agreement);
    const { organisation } = actor.scope;
    const id = newId();
    const head = { ...voucher(clock, actor, { agreement, party, place }), document: id, kind: 'payment' };
    const key = `payment:${channel}:${reference}`;
    const entries = [
      { account: 'bank', subject: channel, amount },
      { account: 'prepaid', agreement, amount: -amount },
    ] as const;
    const fresh = (await store.addPostings(tx, [{ ...head, key, entries }])).size > 0;
    if (!fresh) {
      const known = await tx.maybe(sql<{ id: string; agreement: string; amount: number }>`
        select id, agreement, amount from ledger.payment
        where organisation = ${organisation} and channel = ${channel} and reference = ${reference}`);
      if (!known || known.agreement !== agreement || known.amount !== amount)
        throw new PaymentReferenceUsed({ reference });
      return { id: known.id, fresh, shares: [] };
    }
    await tx.run(sql`
      insert into ledger.payment (id, organisation, place, agreement, party, channel, reference, amount, paid_at, at, posting)
      values (${id}, ${organisation}, ${place}, ${agreement}, ${party}, ${channel}, ${reference}, ${amount}, ${paidAt}, ${clock.now()}, ${head.id})`);
    await outbox.add(tx, moneyReceived, { organisation, place }, { id, agreement, amount });
    return { id, fresh, shares: await charging.settle(tx, actor, { agreement, party, place }, payment.first) };
  }

  /**
   * Prepaid money given back: `posted`, `known` when it was before, `held` when somebody else has to confirm it first. Throws
   * AmountTooLarge, PeriodClosed.
   */
  async function refund(tx: Tx, actor: Actor, wish: RefundWish): Promise<'posted' | 'known' | 'held'> {
    await store.lockAgreement(tx, wish.agreement);
    const most = (await store.held(tx, 'prepaid', [wish.agreement])).get(wish.agreement) ?? 0;
    const head = { ...voucher(clock, actor, holderOf(wish)), memo: wish.reason, kind: 'refund', key: wish.key };
    const entries = [
      { account: 'prepaid', agreement: wish.agreement, amount: wish.amount },
      { account: 'bank', subject: wish.channel, amount: -wish.amount },
    ] as const;
    const known = await tx.maybe(sql`
      select from ledger.posting where organisation = ${actor.scope.organisation} and key = ${wish.key}`);
    if (known) return 'known';
    if (wish.amount > most) throw new AmountTooLarge({ most });
    if (!wish.cleared && (await guard?.(tx, actor, wish))) return 'held';
    await store.addPostings(tx, [{ ...head, entries }]);
    return 'posted';
  }

  /** What went back of an agreement since an instant, less what was undone; minor units. */
  async function refundedSince(tx: Tx, agreement: string, since: Date): Promise<number> {
    const row = await tx.maybe(sql<{ sum: number }>`
      select coalesce(sum(p.amount), 0)::bigint as sum from ledger.posting p where p.agreement = ${agreement} and p.kind = 'refund'
        and p.at > ${since} and not exists (select from ledger.posting u where u.reverses = p.id)`);
    return row?.sum ?? 0;
  }

  /** Undoes a refund that did not go out: its money is prepaid again and put on what is owed. Told twice it counts once. */
  async function undo(tx: Tx, actor: Actor, wish: { key: string; reason: string }): Promise<boolean> {
    const refund = await tx.maybe(sql<Holder & { id: string; subject: string; amount: number }>`
      select p.id, p.agreement, p.party, p.place, p.amount, e.subject from ledger.posting p
      join ledger.entry e on e.posting = p.id and e.account = 'bank'
      where p.organisation = ${actor.scope.organisation} and p.key = ${wish.key} and p.kind = 'refund'`);
    if (!refund) return false;
    await store.lockAgreement(tx, refund.agreement);
    const { id, subject, amount, agreement } = refund;
    const head = { ...voucher(clock, actor, holderOf(refund)), memo: wish.reason, kind: 'reversal', reverses: id };
    const entries = [
      { account: 'bank', subject, amount },
      { account: 'prepaid', agreement, amount: -amount },
    ] as const;
    const fresh = (await store.addPostings(tx, [{ ...head, key: `undo:${wish.key}`, entries }])).size > 0;
    if (fresh) await charging.settle(tx, actor, holderOf(refund));
    return fresh;
  }

  /** A deposit given free: it is prepaid money then, to settle what is owed or be refunded. Throws AmountTooLarge. */
  async function release(tx: Tx, actor: Actor, wish: Holder & { amount: number; key: string; reason: string }) {
    await store.lockAgreement(tx, wish.agreement);
    const most = (await store.held(tx, 'deposit', [wish.agreement])).get(wish.agreement) ?? 0;
    const { agreement, amount } = wish;
    if (amount > most) throw new AmountTooLarge({ most });
    const head = { ...voucher(clock, actor, holderOf(wish)), memo: wish.reason, kind: 'release', key: wish.key };
    const entries = [
      { account: 'deposit', agreement, amount },
      { account: 'prepaid', agreement, amount: -amount },
    ] as const;
    await store.addPostings(tx, [{ ...head, entries }]);
    return charging.settle(tx, actor, holderOf(wish));
  }

  /**
   * A deposit that goes on under another agreement of the same tenant: held there as it was here, no money moves. Told twice
   * it counts once. Throws AmountTooLarge.
   */
  async function carry(
    tx: Tx,
    actor: Actor,
    wish: { from: Holder; to: Holder; amount: number; key: string; reason: string },
  ): Promise<void> {
    const { from, to, amount, key, reason } = wish;
    for (const id of [from.agreement, to.agreement].sort()) await store.lockAgreement(tx, id);
    const known = await tx.maybe(sql`
      select from ledger.posting where organisation = ${actor.scope.organisation} and key = ${`${key}:from`}`);
    if (known) return;
    const most = (await store.held(tx, 'deposit', [from.agreement])).get(from.agreement) ?? 0;
    if (amount > most) throw new AmountTooLarge({ most });
    // Two vouchers, one in the books of each agreement; they meet on the bank account and come to nothing there.
    const legs = [
      { at: from, side: 'from', sign: 1 },
      { at: to, side: 'to', sign: -1 },
    ];
    await store.addPostings(
      tx,
      legs.map(({ at, side, sign }) => ({
        ...voucher(clock, actor, holderOf(at)),
        ...{ memo: reason, kind: 'carry', key: `${key}:${side}` },
        entries: [
          { account: 'deposit', agreement: at.agreement, amount: sign * amount },
          { account: 'bank', subject: 'carried', amount: -sign * amount },
        ] as const,
      })),
    );
  }

  /** A credit in the tenant's favour, such as for days without use: prepaid money out of income. */
  async function credit(
    tx: Tx,
    actor: Actor,
    wish: Holder & { subject: string; amount: number; key: string; reason: string },
  ): Promise<void> {
    const { agreement, subject, amount } = wish;
    const head = { ...voucher(clock, actor, holderOf(wish)), memo: wish.reason, kind: 'credit', key: wish.key };
    const entries = [
      { account: 'income', subject, amount },
      { account: 'prepaid', agreement, amount: -amount },
    ] as const;
    const fresh = await store.addPostings(tx, [{ ...head, entries }]);
    if (fresh.size > 0) await charging.settle(tx, actor, holderOf(wish));
  }

  const guardRefunds = (given: RefundGuard): void => {
    guard = given;
  };

  return { pay, refund, refundedSince, guardRefunds, undo, release, carry, credit };
}

const holderOf = ({ agreement, party, place }: Holder): Holder => ({ agreement, party, place });
