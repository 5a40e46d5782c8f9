import type { LedgerService } from '@keystead/apps/work/ledger';
import { type Actor, inScope } from '@keystead/contracts/access';
import { newId, nilId } from '@keystead/contracts/ids';
import { NotAllowed } from '@keystead/contracts/problem';
import type { PlacesService } from '@keystead/data/places';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Line, lateFee } from './calculation.ts';
import type { DialRule } from './dial.ts';
import type { Issued, Issuing } from './issuing.ts';
import { BillFixed, BillMissing } from './problems.ts';

export interface UsageWish {
  readonly house: string;
  readonly subject: string;
  readonly period: string;
  /** Readings in thousandths of the unit. */
  readonly begin: number;
  readonly end: number;
  readonly source: string;
  /** What was used when it is not the difference: over exchanges, or when the dial began anew. */
  readonly quantity?: number;
  /** How the figure was found; left out it was told by a person. */
  readonly rule?: DialRule;
  /** A picture of the dial in data/records. */
  readonly photo?: string;
  /** The one lease it is for, when the house changes hands within the month; left out it is for whoever has no figure of his own. */
  readonly agreement?: string;
}

interface BillRow {
  id: string;
  agreement: string;
  place: string;
  period: string;
  revision: number;
  reversedAt: Date | null;
}

type Parts = Pick<Kernel, 'db' | 'clock' | 'audit'> & {
  issuing: Issuing;
  ledger: LedgerService;
  places: PlacesService;
};

const columns = sql.raw(`id, agreement, place, period, revision, reversed_at as "reversedAt"`);

/** What happens to bills after the run: taken back, issued anew, let go in part. Each leaves its journal line. */
export function createBills({ db, clock, audit, issuing, ledger, places }: Parts) {
  async function lock(tx: Tx, actor: Actor, id: string): Promise<BillRow> {
    return tx.one(
      sql<BillRow>`select ${columns} from billing.bill where id = ${id} and organisation = ${actor.scope.organisation}
        and ${inSubtrees(actor.scope, 'place')} for update`,
      () => new BillMissing({ id }),
    );
  }

  async function takeBack(tx: Tx, actor: Actor, bill: BillRow, reason: string): Promise<void> {
    if (bill.reversedAt) throw new BillFixed({ id: bill.id });
    await ledger.reverse(tx, actor, { document: bill.id, key: `reverse:${bill.id}`, reason });
    await tx.run(
      sql`update billing.bill set reversed_at = ${clock.now()}, reverse_reason = ${reason} where id = ${bill.id}`,
    );
    await audit.add(tx, actor, {
      action: 'bill.reverse',
      subject: `bill:${bill.id}`,
      place: bill.place,
      detail: { period: bill.period, revision: bill.revision, reason },
    });
  }

  /** Late fees are what they were: they are not worked out anew from what is owed meanwhile. */
  const keptLines = (tx: Tx, id: string): Promise<Line[]> =>
    tx.all(sql<Line>`
      select subject, fund, 90 as rank, amount, detail from ledger_pub.charge where document = ${id} and subject = ${lateFee}`);

  /** What a month costs one lease by today's facts, or as if its last day were `lastDay`. */
  async function workOutOne(tx: Tx, organisation: string, period: string, agreement: string, lastDay?: string) {
    const terms = await issuing.termsOf(tx, organisation, period);
    const [found] = await issuing.leasesOf(tx, organisation, period, nilId, 1, agreement);
    const lease = found && lastDay ? { ...found, endsOn: lastDay, staying: false } : found;
    const [work] = await issuing.workOut(tx, terms, lease ? [lease] : []);
    return { terms, lease, lines: work?.lines ?? [] };
  }

  async function reissue(
    tx: Tx,
    actor: Actor,
    bill: BillRow,
    reason: string,
    lastDay?: string,
  ): Promise<Issued | undefined> {
    if (bill.reversedAt) throw new BillFixed({ id: bill.id });
    const kept = await keptLines(tx, bill.id);
    const { organisation } = actor.scope;
    const work = await workOutOne(tx, organisation, bill.period, bill.agreement, lastDay);
    const { lease, terms } = work;
    const lines = [...work.lines.filter(({ subject }) => subject !== lateFee), ...kept];
    // Nothing would stand in its place: that is for a person to decide, by taking it back alone.
    if (!lease || lines.length === 0) throw new BillFixed({ id: bill.id });
    await takeBack(tx, actor, bill, reason);
    const fresh = { lease, lines, revision: bill.revision + 1, replaces: bill.id };
    const [made] = await issuing.issue(tx, actor, terms, [fresh], null);
    await audit.add(tx, actor, {
      action: 'bill.reissue',
      subject: `bill:${made?.id}`,
      place: bill.place,
      detail: { replaces: bill.id, period: bill.period, reason, amount: made?.amount },
    });
    return made;
  }

  /** What a meter counted in a month; the same told again changes nothing, another figure replaces it. */
  async function record(tx: Tx, actor: Actor, wish: UsageWish): Promise<boolean> {
    const place = await places.pathOf(tx, actor.scope.organisation, wish.house);
    if (!inScope(actor.scope, place)) throw new NotAllowed({ place });
    const { house, subject, period, begin, end, source, agreement = null, rule = null, photo = null } = wish;
    const quantity = wish.quantity ?? end - begin;
    await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`usage:${house}:${subject}:${period}`}, 0))`);
    const known = await tx.maybe(sql<{ id: string; begin: number; end: number; quantity: number; estimated: boolean }>`
      select id, begin_reading as begin, end_reading as end, quantity, coalesce(rule = 'estimated', false) as estimated from billing.usage
      where house = ${house} and subject = ${subject} and period = ${period} and agreement is not distinct from ${agreement}::uuid
        and replaced_at is null`);
    const same = known && known.begin === begin && known.end === end && known.quantity === quantity;
    if (same && known.estimated === (rule === 'estimated')) return false;
    if (known) await tx.run(sql`update billing.usage set replaced_at = ${clock.now()} where id = ${known.id}`);
    await tx.run(sql`
      insert into billing.usage (id, organisation, place, house, subject, period, begin_reading, end_reading, quantity, source, at, actor_name, agreement, rule, photo)
      values (${newId()}, ${actor.scope.organisation}, ${place}, ${house}, ${subject}, ${period}, ${begin}, ${end}, ${quantity}, ${source}, ${clock.now()}, ${actor.name}, ${agreement}::uuid, ${rule}, ${photo}::uuid)`);
    await tx.run(sql`
      update billing.meter_gap set ended_at = ${clock.now()}
      where house = ${house} and subject = ${subject} and period = ${period} and ended_at is null
        and (${agreement}::uuid is null or agreement = ${agreement}::uuid)`);
    await audit.add(tx, actor, {
      action: known ? 'usage.correct' : 'usage.record',
      subject: `place:${house}`,
      place,
      detail: { subject, period, begin, end, quantity, source, ...(rule ? { rule } : {}) },
    });
    return true;
  }

  /**
   * The last bill of a lease whose household leaves on `lastDay`, in the caller's transaction: figures read that day are taken, the
   * month is billed by days up to it (a bill already out is taken back and issued anew), and bills of later months are taken back.
   * What was paid for them becomes prepaid money, which `ledger.refund` gives back. Told twice it comes to the same.
   */
  async function finish(
    tx: Tx,
    actor: Actor,
    wish: { agreement: string; lastDay: string; reason: string; usages?: readonly UsageWish[] },
  ): Promise<{ issued?: Issued; takenBack: number }> {
    const { agreement, lastDay, reason } = wish;
    const { organisation } = actor.scope;
    for (const usage of wish.usages ?? []) await record(tx, actor, { ...usage, agreement });
    const period = lastDay.slice(0, 7);
    const bills = await tx.all(sql<BillRow>`
      select ${columns} from billing.bill where agreement = ${agreement} and organisation = ${organisation} and period >= ${period}
        and ${inSubtrees(actor.scope, 'place')} and reversed_at is null order by period for update`);
    let [issued, takenBack]: [Issued | undefined, number] = [undefined, 0];
    const own = bills.find((bill) => bill.period === period);
    const { terms, lease, lines } = await workOutOne(tx, organisation, period, agreement, lastDay);
    if (own && lines.length > 0) issued = await reissue(tx, actor, own, reason, lastDay);
    else if (!own && lease && lines.length > 0 && inScope(actor.scope, lease.place)) {
      const { next } = await tx.one(
        sql<{
          next: number;
        }>`select count(*)::int + 1 as next from billing.bill where agreement = ${agreement} and period = ${period}`,
        () => new BillMissing({ agreement }),
      );
      [issued] = await issuing.issue(tx, actor, terms, [{ lease, lines, revision: next }], null);
    }
    for (const bill of bills)
      if (bill !== own || lines.length === 0) {
        await takeBack(tx, actor, bill, reason);
        takenBack += 1;
      }
    return { ...(issued ? { issued } : {}), takenBack };
  }

  /**
   * Standing bills of a lease of months from one on (`2026-06`), by the fees as they are now; what was paid moves over. In the
   * caller's transaction. Throws PeriodClosed.
   */
  async function rework(
    tx: Tx,
    actor: Actor,
    { agreement, from, reason }: { agreement: string; from: string; reason: string },
  ): Promise<void> {
    const { organisation } = actor.scope;
    const bills = await tx.all(sql<BillRow>`
      select ${columns} from billing.bill where agreement = ${agreement} and organisation = ${organisation} and period >= ${from}
        and ${inSubtrees(actor.scope, 'place')} and reversed_at is null order by period for update`);
    for (const bill of bills) {
      const { lines } = await workOutOne(tx, organisation, bill.period, agreement);
      await (lines.length > 0 ? reissue : takeBack)(tx, actor, bill, reason);
    }
  }

  return {
    finish,
    rework,
    /**
     * Takes meter figures of months; a bill of the month that is out already is taken back and issued anew, once for all
     * figures of its house. Answers the bills issued. Throws PlaceMissing, NotAllowed, PeriodClosed.
     */
    recordUsages: (actor: Actor, wishes: readonly UsageWish[]): Promise<{ recorded: number; reissued: Issued[] }> =>
      db.transaction(actor.scope, async (tx) => {
        const touched = new Map<string, UsageWish[]>();
        let recorded = 0;
        for (const wish of wishes)
          if (await record(tx, actor, wish)) {
            recorded += 1;
            const key = `${wish.house} ${wish.period}`;
            touched.set(key, [...(touched.get(key) ?? []), wish]);
          }
        const reissued: Issued[] = [];
        for (const told of touched.values()) {
          const { house = '', period = '' } = told[0] ?? {};
          const own = told.flatMap(({ agreement }) => agreement ?? []);
          const shared = told.filter(({ agreement }) => !agreement).map(({ subject }) => subject);
          // A figure of the house is for whoever has none of his own of that kind.
          const bills = await tx.all(sql<BillRow>`
            select ${columns} from billing.bill b where house = ${house} and period = ${period} and reversed_at is null
              and (b.agreement = any(${own}::uuid[]) or exists (select from unnest(${shared}::text[]) as s(subject)
                where not exists (select from billing.usage u where u.agreement = b.agreement and u.subject = s.subject
                  and u.period = b.period and u.replaced_at is null)))
            order by id for update`);
          for (const bill of bills) {
            const made = await reissue(tx, actor, bill, `${period} 抄表补录/更正`);
            if (made) reissued.push(made);
          }
        }
        return { recorded, reissued };
      }),
    /** Takes a bill back; a new one is issued by today's facts when wished. Throws BillMissing, BillFixed, PeriodClosed. */
    reverse: (actor: Actor, id: string, wish: { reason: string; reissue: boolean }): Promise<Issued | undefined> =>
      db.transaction(actor.scope, async (tx) => {
        const bill = await lock(tx, actor, id);
        if (wish.reissue) return reissue(tx, actor, bill, wish.reason);
        await takeBack(tx, actor, bill, wish.reason);
        return undefined;
      }),
    /** Lets part of a line go. Throws BillMissing, ChargeMissing, AmountTooLarge. */
    waive: (actor: Actor, id: string, wish: { charge: string; amount: number; reason: string }): Promise<void> =>
      db.transaction(actor.scope, async (tx) => {
        const bill = await lock(tx, actor, id);
        const line = await tx.maybe(sql`select from ledger_pub.charge where id = ${wish.charge} and document = ${id}`);
        if (!line) throw new BillMissing({ id, charge: wish.charge });
        await ledger.waive(tx, actor, { ...wish, key: `waive:${newId()}` });
        await audit.add(tx, actor, {
          action: 'bill.waive',
          subject: `bill:${id}`,
          place: bill.place,
          detail: { charge: wish.charge, amount: wish.amount, reason: wish.reason },
        });
      }),
    lock,
  };
}

export type Bills = ReturnType<typeof createBills>;
