import type { Billable } from '@keystead/apps/work/agreements';
import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import { dateOf, dayOf, plusDays } from '@keystead/contracts/calendar';
import { newId, nilId } from '@keystead/contracts/ids';
import { Problem } from '@keystead/contracts/problem';
import { sql } from '@keystead/kernel/db';
import { job } from '@keystead/kernel/jobs';
import type { Kernel } from '@keystead/kernel/module';
import type { Bills, UsageWish } from './bills.ts';
import { monthOf } from './calculation.ts';
import { type DialRule, dialOf, type Exchange, estimated, usedBetween } from './dial.ts';
import { type Dials, localMidnight, type Meter, type Standing } from './dials.ts';
import type { Issuing } from './issuing.ts';

const hour = 3_600_000;
/** Months back for which figures that come late are still taken. */
const monthsBack = 3;
/** From so long after the end of the month on figures are taken; later a single reading will do, and in the end an estimate. */
const patience = { first: 6 * hour, single: 48 * hour, estimate: 5 * 24 * hour };
const batch = 200;

type Parts = Pick<Kernel, 'db' | 'clock' | 'log' | 'jobs'> & {
  dials: Dials;
  issuing: Issuing;
  bills: Bills;
};

const monthBefore = (period: string): string => dateOf((dayOf(`${period}-01`) ?? 0) - 1).slice(0, 7);
const daysOf = (from: number, to: number): number => Math.round((to - from) / (24 * hour));

type Gap = 'no-meter' | 'no-beginning' | 'no-end' | 'fell';
type Found = { readonly wish: UsageWish } | { readonly gap: Gap } | 'later';

/**
 * Figures of meters at the turns of months, from what they reported: one for each lease with a fee by meter. What cannot be known yet is
 * asked again; what is estimated gives way to the true figure when late readings come, and the bill is issued anew once.
 */
export function createMeters({ db, clock, log, jobs, dials, issuing, bills }: Parts) {
  const { metersOf, standOf, standings, exchangesOf } = dials;

  interface Asked {
    readonly organisation: string;
    readonly period: string;
    readonly lease: Billable;
    readonly subject: string;
    readonly meters: readonly Meter[];
    readonly exchanges: readonly Exchange[];
    readonly earlier: readonly Standing[];
    readonly now: number;
  }

  /** The figure of one lease and kind of meter in a month, or why there is none. */
  async function find(asked: Asked): Promise<Found> {
    const { organisation, period, lease, subject, meters, now } = asked;
    const month = monthOf(period);
    const first = lease.startsOn > month.first ? lease.startsOn : month.first;
    const last = !lease.staying && lease.endsOn < month.last ? lease.endsOn : month.last;
    const [from, to] = [localMidnight(first), localMidnight(plusDays(last, 1))];
    const waited = now - to;
    if (waited < patience.first) return 'later';
    const final = waited >= patience.single;
    const within = asked.exchanges.filter(({ at }) => at > from && at <= to);
    const before = asked.earlier.find((each) => each.period === monthBefore(period) && first === month.first);
    const begin = before
      ? { value: before.end, rule: 'continued' as const }
      : await standOf(organisation, meters, from, asked.exchanges, final);
    const end = begin && (await standOf(organisation, meters, to, asked.exchanges, final));
    const wish = (begins: number, ends: number, quantity: number, rule: DialRule, source: string): Found => ({
      wish: {
        ...{ house: lease.subject, subject, period, begin: begins, end: ends, quantity, rule, source },
        // Of a part of the month it is this lease's alone.
        ...(first === month.first && last === month.last ? {} : { agreement: lease.id }),
      },
    });
    if (begin && end) {
      const quantity = usedBetween(begin.value, end.value, within, dialOf(subject));
      if (quantity === undefined) return { gap: 'fell' };
      return wish(begin.value, end.value, quantity, end.rule, 'telemetry');
    }
    if (waited < patience.estimate) return 'later';
    const read = asked.earlier.filter(({ rule }) => rule !== 'estimated').slice(0, 3);
    const used = estimated(
      read.map((each) => ({ days: monthOf(each.period).days, quantity: each.quantity })),
      daysOf(from, to),
    );
    const known = begin?.value ?? before?.end;
    if (used !== undefined && known !== undefined) return wish(known, known + used, used, 'estimated', 'estimate');
    return { gap: meters.length === 0 ? 'no-meter' : begin ? 'no-end' : 'no-beginning' };
  }

  const note = (organisation: string, { lease, subject, period }: Asked, gap: Gap) =>
    db.systemTransaction((tx) =>
      tx.run(sql`
        insert into billing.meter_gap (id, organisation, place, house, subject, period, agreement, why, at)
        values (${newId()}, ${organisation}, ${lease.place}, ${lease.subject}, ${subject}, ${period}, ${lease.id}, ${gap}, ${clock.now()})
        on conflict (agreement, subject, period) where ended_at is null do update set why = excluded.why`),
    );

  async function takeMonth(organisation: string, period: string, signal?: AbortSignal): Promise<number> {
    const actor = systemActor('billing.meters', organisation as OrganisationId);
    let [cursor, taken] = [nilId, 0];
    for (;;) {
      if (signal?.aborted) return taken;
      const leases = await db.systemTransaction((tx) => issuing.leasesOf(tx, organisation, period, cursor, batch));
      const metered = leases.flatMap((lease) =>
        [...new Set(lease.fees.filter(({ basis }) => basis.kind === 'metered').map(({ subject }) => subject))].map(
          (subject) => ({ lease, subject }),
        ),
      );
      const houses = [...new Set(metered.map(({ lease }) => lease.subject))];
      if (houses.length > 0) {
        const known = await db.systemTransaction((tx) => standings(tx, houses, period));
        const exchanges = await exchangesOf(houses);
        const meters = await metersOf(organisation, [...new Set(metered.map(({ lease }) => lease.place))]);
        for (const { lease, subject } of metered) {
          const own = known.filter((each) => each.house === lease.subject && each.subject === subject);
          const here = own.filter((each) => each.period === period);
          const standing =
            here.find(({ agreement }) => agreement === lease.id) ?? here.find(({ agreement }) => agreement === null);
          // Told by a person, or read: it stands.
          if (standing && standing.rule !== 'estimated') continue;
          const asked: Asked = {
            ...{ organisation, period, lease, subject, now: clock.now().getTime() },
            meters: meters.get(`${lease.place} ${subject}`) ?? [],
            exchanges: exchanges.filter((each) => each.house === lease.subject && each.subject === subject),
            earlier: own.filter((each) => each.period < period && each.agreement === null),
          };
          const found = await find(asked);
          if (found === 'later') continue;
          // What was estimated stands until it is read.
          if (standing && ('gap' in found || found.wish.rule === 'estimated')) continue;
          if ('gap' in found) {
            await note(organisation, asked, found.gap);
            continue;
          }
          try {
            taken += (await bills.recordUsages(actor, [found.wish])).recorded;
          } catch (cause) {
            if (!(cause instanceof Problem)) throw cause;
            log.warn({ house: lease.subject, subject, period, err: cause }, 'a meter figure was not taken');
          }
        }
      }
      if (leases.length < batch) return taken;
      cursor = leases.at(-1)?.id ?? cursor;
    }
  }

  /** Takes what can be taken of the months that are over, the oldest first. Answers how many figures are new. */
  async function take(signal?: AbortSignal): Promise<number> {
    const organisations = await db.systemRead(
      sql<{ organisation: string }>`select distinct organisation from billing.tariff`,
    );
    let taken = 0;
    for (const { organisation } of organisations) {
      const periods: string[] = [];
      for (
        let period = monthBefore(issuing.today().slice(0, 7));
        periods.length < monthsBack;
        period = monthBefore(period)
      )
        periods.unshift(period);
      for (const period of periods) taken += await takeMonth(organisation, period, signal);
    }
    return taken;
  }

  // Before people come to work; what was late the day before is taken then.
  const taking = job({
    name: 'billing.meters',
    cron: '10 18 * * *',
    timeout: 7200,
    run: async (_: unknown, { signal }: { signal: AbortSignal }) => void (await take(signal)),
  });
  jobs.add(taking);

  return { take, taking };
}

export type Meters = ReturnType<typeof createMeters>;
