import type { Billable } from '@keystead/apps/work/agreements';
import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import { dateOf, dayOf } from '@keystead/contracts/calendar';
import { newId } from '@keystead/contracts/ids';
import { Problem } from '@keystead/contracts/problem';
import type { ThingModel } from '@keystead/contracts/thing-model';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingRef, ThingsService } from '@keystead/data/things';
import { sql, type Tx } from '@keystead/kernel/db';
import { job } from '@keystead/kernel/jobs';
import type { Kernel } from '@keystead/kernel/module';
import type { Bills, UsageWish } from './bills.ts';
import { monthOf } from './calculation.ts';
import { type DialReading, type DialRule, dialOf, type Exchange, estimated, standAt, usedBetween } from './dial.ts';
import type { Issuing } from './issuing.ts';

const hour = 3_600_000;
/** Months back for which figures that come late are still taken. */
const monthsBack = 3;
/** Readings this far from the turn of the month are looked at. */
const around = 48 * hour;
/** From so long after the end of the month on figures are taken; later a single reading will do, and in the end an estimate. */
const patience = { first: 6 * hour, single: 48 * hour, estimate: 5 * 24 * hour };
const batch = 200;
const perLook = 50;

type Parts = Pick<Kernel, 'db' | 'clock' | 'log' | 'jobs'> & {
  telemetry: TelemetryService;
  things: ThingsService;
  issuing: Issuing;
  bills: Bills;
};

interface Meter {
  readonly thing: ThingRef;
  readonly property: string;
}

/** Which fee a meter counts for, and by which of its properties; undefined for what is no meter of a dwelling. */
export function countedBy({ category, properties }: ThingModel): { subject: string; property: string } | undefined {
  if (category.function !== 'metering') return undefined;
  const counters = properties.filter(({ cumulative }) => cumulative);
  const volume = counters.find(({ unit }) => unit === 'm3');
  const energy = counters.find(({ unit }) => unit === 'kW.h');
  const { specification } = category;
  if (specification === 'heat') return energy && { subject: 'heat', property: energy.id };
  if (specification === 'gas') return volume && { subject: 'gas', property: volume.id };
  if (energy) return { subject: 'electricity', property: energy.id };
  return volume && { subject: 'water', property: volume.id };
}

const localMidnight = (date: string): number => Date.parse(`${date}T00:00:00+08:00`);
const dayAfter = (date: string): string => dateOf((dayOf(date) ?? 0) + 1);
const monthBefore = (period: string): string => dateOf((dayOf(`${period}-01`) ?? 0) - 1).slice(0, 7);
const daysOf = (from: number, to: number): number => Math.round((to - from) / (24 * hour));

interface Standing {
  readonly house: string;
  readonly subject: string;
  readonly period: string;
  readonly agreement: string | null;
  readonly end: number;
  readonly quantity: number;
  readonly rule: DialRule | null;
}

type Gap = 'no-meter' | 'no-beginning' | 'no-end' | 'fell';
type Found = { readonly wish: UsageWish } | { readonly gap: Gap } | 'later';

/**
 * Figures of meters at the turns of months, from what they reported: one for each lease with a fee by meter. What cannot be known yet is
 * asked again; what is estimated gives way to the true figure when late readings come, and the bill is issued anew once.
 */
export function createMeters({ db, clock, log, jobs, telemetry, things, issuing, bills }: Parts) {
  /** Meters of houses by house path and subject. Several of one kind in a house: what a boundary needs is taken from whichever has it. */
  async function metersOf(organisation: string, places: readonly string[]): Promise<Map<string, Meter[]>> {
    const rows = await db.systemRead(sql<{ number: number }>`
      select number from things_pub.thing where organisation = ${organisation} and place = any(${places}) limit 5000`);
    const refs = await things.refs(rows.map(({ number }) => number));
    const meters = new Map<string, Meter[]>();
    for (const thing of refs.values()) {
      const counted = countedBy(thing.model);
      if (!counted) continue;
      const key = `${thing.place} ${counted.subject}`;
      meters.set(key, [...(meters.get(key) ?? []), { thing, property: counted.property }]);
    }
    return meters;
  }

  /** Good readings of a meter near an instant, the nearest ones of either side. */
  async function near(organisation: string, { thing, property }: Meter, instant: number): Promise<DialReading[]> {
    const actor = systemActor('billing.meters', organisation as OrganisationId);
    const look = async (order: 'asc' | 'desc'): Promise<DialReading[]> => {
      const [from, to] = order === 'asc' ? [instant, instant + around] : [instant - around, instant];
      const span = { from: new Date(from), to: new Date(to), limit: perLook, order };
      const { items } = await telemetry.raw(actor, thing.id, property, span);
      return items
        .filter(({ quality, value }) => (quality === 'good' || quality === 'corrected') && typeof value === 'number')
        .map(({ time, value }) => ({ at: Date.parse(time), value: Math.round(Number(value) * 1000) }));
    };
    return (await Promise.all([look('desc'), look('asc')])).flat();
  }

  async function standOf(
    organisation: string,
    meters: readonly Meter[],
    instant: number,
    exchanges: readonly Exchange[],
    final: boolean,
  ) {
    for (const meter of meters) {
      const stand = standAt(instant, await near(organisation, meter, instant), exchanges, final);
      if (stand) return stand;
    }
    return undefined;
  }

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
    const [from, to] = [localMidnight(first), localMidnight(dayAfter(last))];
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

  async function standings(tx: Tx, houses: readonly string[], until: string): Promise<Standing[]> {
    return tx.all(sql<Standing>`
      select house, subject, period, agreement, end_reading as "end", quantity, rule from billing.usage
      where house = any(${houses}) and period <= ${until} and replaced_at is null order by period desc`);
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
    let [cursor, taken] = ['00000000-0000-0000-0000-000000000000', 0];
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
        const exchanges = await db.systemRead(sql<{
          house: string;
          subject: string;
          at: Date;
          oldEnd: number;
          newBegin: number;
        }>`
          select house, subject, exchanged_at as at, old_end as "oldEnd", new_begin as "newBegin" from billing.exchange
          where house = any(${houses})`);
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
            exchanges: exchanges
              .filter((each) => each.house === lease.subject && each.subject === subject)
              .map(({ at, oldEnd, newBegin }) => ({ at: at.getTime(), oldEnd, newBegin })),
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
