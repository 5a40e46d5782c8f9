import { type Actor, inScope } from '@keystead/contracts/access';
import { chargesChanged } from '@keystead/contracts/events/ledger';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid } from '@keystead/contracts/problem';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { Entry, Fund } from './account.ts';
import { periodOf } from './period.ts';
import { AmountTooLarge, ChargeMissing } from './problems.ts';
import { allocate, owed, type Share, settled, waived } from './settlement.ts';
import * as store from './store.ts';

export interface ChargeLine {
  readonly subject: string;
  readonly fund: Fund;
  readonly rank: number;
  /** Month it is for. */
  readonly period: string;
  readonly dueOn: string;
  /** Minor units, positive. */
  readonly amount: number;
  readonly detail?: Record<string, unknown>;
}

/** One bill: its lines are posted together, once for its key. */
export interface ChargeDocument {
  readonly key: string;
  readonly document: string;
  readonly agreement: string;
  readonly party: string;
  readonly place: string;
  readonly memo?: string;
  readonly lines: readonly ChargeLine[];
}

type Parts = Pick<Kernel, 'clock' | 'outbox'>;

/** What comes with every voucher an actor writes at the moment. */
export const voucher = (
  clock: Parts['clock'],
  actor: Actor,
  at: { place: string; agreement: string; party: string },
) => ({
  id: newId(),
  organisation: actor.scope.organisation,
  ...at,
  period: periodOf(clock.now()),
  at: clock.now(),
  document: null as string | null,
  memo: '',
  actor: actor.id,
  actorName: actor.name,
});

/** The path all of them lie at or below. */
export const sharedPath = (places: readonly string[]): string => {
  const [first = '', ...rest] = places;
  const parts = first.split('/').slice(0, -1);
  while (parts.length > 0 && !rest.every((place) => place.startsWith(`${parts.join('/')}/`))) parts.pop();
  return parts.map((part) => `${part}/`).join('');
};

export function createCharging({ clock, outbox }: Parts) {
  const tell = (tx: Tx, actor: Actor, change: string, places: readonly string[]) =>
    outbox.add(
      tx,
      chargesChanged,
      { organisation: actor.scope.organisation, place: sharedPath(places) },
      { change, count: places.length },
    );

  /**
   * Posts bills, each once for its key, and puts prepaid money of their agreements on what is owed. Answers the documents
   * that were new. All within the caller's transaction; throws PeriodClosed.
   */
  async function charge(tx: Tx, actor: Actor, documents: readonly ChargeDocument[]): Promise<Set<string>> {
    const wrong = documents.some(({ lines, place }) => lines.length === 0 || !inScope(actor.scope, place));
    if (wrong) throw new InputInvalid({ in: 'charge' });
    const postings = documents.map((each) => ({
      ...voucher(clock, actor, each),
      kind: 'charge',
      key: each.key,
      document: each.document,
      memo: each.memo ?? '',
      entries: each.lines.flatMap(({ subject, fund, amount }) => owed(each.agreement, subject, fund, amount)),
    }));
    const fresh = await store.addPostings(tx, postings);
    const charges = documents.flatMap(({ document, agreement, party, place, lines }, index) => {
      const posting = postings[index]?.id ?? '';
      if (!fresh.has(posting)) return [];
      const at = clock.now();
      const common = { organisation: actor.scope.organisation, place, posting, at, document, agreement, party };
      return lines.map((line) => ({ id: newId(), ...common, ...line, detail: line.detail ?? {} }));
    });
    if (charges.length > 0) await store.addCharges(tx, charges);
    const written = documents.filter((_, index) => fresh.has(postings[index]?.id ?? ''));
    const prepaid = await store.held(tx, 'prepaid', [...new Set(written.map(({ agreement }) => agreement))]);
    for (const each of written) if ((prepaid.get(each.agreement) ?? 0) > 0) await putOn(tx, actor, each);
    if (written.length > 0) {
      await tell(
        tx,
        actor,
        'charged',
        written.map(({ place }) => place),
      );
    }
    return new Set(written.map(({ document }) => document));
  }

  /** Puts prepaid money of an agreement on what it owes, oldest first; answers the shares. */
  async function settle(...given: Parameters<typeof putOn>): Promise<Share[]> {
    const shares = await putOn(...given);
    const [tx, actor, { place }] = given;
    if (shares.length > 0) await tell(tx, actor, 'settled', [place]);
    return shares;
  }

  async function putOn(
    tx: Tx,
    actor: Actor,
    of: { agreement: string; party: string; place: string },
    first?: ReadonlySet<string>,
  ): Promise<Share[]> {
    await store.lockAgreement(tx, of.agreement);
    const money = (await store.held(tx, 'prepaid', [of.agreement])).get(of.agreement) ?? 0;
    if (money <= 0) return [];
    const { shares } = allocate(await store.openCharges(tx, of.agreement), money, first);
    if (shares.length === 0) return [];
    const head = voucher(clock, actor, { agreement: of.agreement, party: of.party, place: of.place });
    const entries = shares.flatMap(({ charge, amount }) => settled(of.agreement, charge.fund, amount));
    await store.addPostings(tx, [{ ...head, kind: 'settlement', key: `settle:${head.id}`, entries }]);
    const rows = shares.map((share) => ({ ...share, posting: head.id }));
    await store.addSettlements(tx, clock.now(), actor.scope.organisation, rows);
    return shares;
  }

  /** Lets part of a charge go. Throws ChargeMissing, AmountTooLarge, PeriodClosed. */
  async function waive(tx: Tx, actor: Actor, wish: { charge: string; amount: number; key: string; reason: string }) {
    const found = (await store.standingCharges(tx, actor.scope, { id: wish.charge }))[0];
    if (!found) throw new ChargeMissing({ id: wish.charge });
    await store.lockAgreement(tx, found.agreement);
    const now = (await store.openCharges(tx, found.agreement)).find(({ id }) => id === found.id);
    if (wish.amount > (now?.open ?? 0)) throw new AmountTooLarge({ most: now?.open ?? 0 });
    const { agreement, party, place, document } = found;
    const head = { ...voucher(clock, actor, { agreement, party, place }), document, memo: wish.reason };
    const entries = waived(agreement, found.subject, found.fund, wish.amount);
    const fresh = await store.addPostings(tx, [{ ...head, kind: 'waiver', key: wish.key, entries }]);
    if (fresh.size > 0) {
      await store.markWaived(tx, found.id, wish.amount);
      await tell(tx, actor, 'waived', [place]);
    }
    return found;
  }

  /**
   * Takes a bill back: its charges, what was let go of them, and money put on them, which is prepaid again. The bill
   * itself stays as it was issued. Throws ChargeMissing when there is nothing to take back,
   * AmountTooLarge when a deposit it asked for was given back already, PeriodClosed.
   */
  async function reverse(tx: Tx, actor: Actor, wish: { document: string; key: string; reason: string }): Promise<void> {
    const charges = await store.standingCharges(tx, actor.scope, { document: wish.document });
    const [one] = charges;
    if (!one) throw new ChargeMissing({ document: wish.document });
    await store.lockAgreement(tx, one.agreement);
    const now = await store.standingCharges(tx, actor.scope, { document: wish.document });
    const { agreement, party, place, posting } = one;
    const deposits = now.reduce((sum, { fund, settled }) => (fund === 'deposit' ? sum + settled : sum), 0);
    const most = (await store.held(tx, 'deposit', [agreement])).get(agreement) ?? 0;
    // A deposit that was given back cannot be taken off the bill that asked for it.
    if (deposits > most) throw new AmountTooLarge({ most });
    const entries: Entry[] = now.flatMap((charge) => [
      ...settled(agreement, charge.fund, -charge.settled),
      ...waived(agreement, charge.subject, charge.fund, -charge.waived),
      ...owed(agreement, charge.subject, charge.fund, -charge.amount),
    ]);
    const head = voucher(clock, actor, { agreement, party, place });
    const more = { document: wish.document, reverses: posting, memo: wish.reason, kind: 'reversal', key: wish.key };
    await store.addPostings(tx, [{ ...head, ...more, entries }]);
    const undone = now
      .filter(({ settled }) => settled > 0)
      .map((charge) => ({ charge, amount: -charge.settled, posting: head.id }));
    if (undone.length > 0) await store.addSettlements(tx, clock.now(), actor.scope.organisation, undone);
    await store.markReversed(tx, wish.document, clock.now());
    await tell(tx, actor, 'reversed', [place]);
  }

  return { charge, settle, waive, reverse };
}

export type Charging = ReturnType<typeof createCharging>;
