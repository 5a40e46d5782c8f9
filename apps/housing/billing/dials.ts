import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import { dayBegins, plusDays } from '@keystead/contracts/calendar';
import type { ThingModel } from '@keystead/contracts/thing-model';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingRef, ThingsService } from '@keystead/data/things';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { monthOf } from './calculation.ts';
import { type DialReading, type DialRule, type Exchange, type Stand, standAt } from './dial.ts';

const hour = 3_600_000;
/** Readings this far from an instant are looked at. */
const around = 48 * hour;
/** So long after a day is over a single reading close to its end will do for it. */
const patience = 6 * hour;
const perLook = 50;

export interface Meter {
  readonly thing: ThingRef;
  readonly property: string;
}

/** A figure of a month as it stands. */
export interface Standing {
  readonly house: string;
  readonly subject: string;
  readonly period: string;
  readonly agreement: string | null;
  readonly end: number;
  readonly quantity: number;
  readonly rule: DialRule | null;
}

/** What is known of a meter over the days of one household, thousandths of the unit; null = not known, or for a person to judge. */
export interface DialSpan {
  readonly subject: string;
  /** `billed`: where the last bill left it. */
  readonly begin: { readonly value: number; readonly rule: DialRule | 'billed' } | null;
  readonly end: Stand | null;
  /** The instant `end` is told for, ms since 1970: when the last day is over, or now while it is not. */
  readonly at: number;
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

export const localMidnight = (date: string): number => dayBegins(date).getTime();

/** Meters of houses and where their dials stood, out of what they reported. */
export function createDials({
  db,
  clock,
  telemetry,
  things,
}: Pick<Kernel, 'db' | 'clock'> & { telemetry: TelemetryService; things: ThingsService }) {
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
  ): Promise<Stand | undefined> {
    for (const meter of meters) {
      const stand = standAt(instant, await near(organisation, meter, instant), exchanges, final);
      if (stand) return stand;
    }
    return undefined;
  }

  /** Figures of houses up to a month, the latest first. */
  const standings = (tx: Tx, houses: readonly string[], until: string): Promise<Standing[]> =>
    tx.all(sql<Standing>`
      select house, subject, period, agreement, end_reading as "end", quantity, rule from billing.usage
      where house = any(${houses}) and period <= ${until} and replaced_at is null order by period desc`);

  async function exchangesOf(houses: readonly string[]): Promise<(Exchange & { house: string; subject: string })[]> {
    const rows = await db.systemRead(sql<{
      house: string;
      subject: string;
      at: Date;
      oldEnd: number;
      newBegin: number;
    }>`
      select house, subject, exchanged_at as at, old_end as "oldEnd", new_begin as "newBegin" from billing.exchange
      where house = any(${houses})`);
    return rows.map((row) => ({ ...row, at: row.at.getTime() }));
  }

  return {
    metersOf,
    standOf,
    standings,
    exchangesOf,

    /**
     * The last figures of a household that leaves a house, by kind of meter the house has. What was billed last is not asked of the meter
     * again. A dial that was exchanged or fell meanwhile has no end here: a person looks at it.
     */
    spansOf: async (
      organisation: string,
      home: { house: string; place: string; agreement: string; firstDay: string; lastDay: string },
    ): Promise<DialSpan[]> => {
      const { house, place, agreement, firstDay, lastDay } = home;
      const now = clock.now().getTime();
      const over = localMidnight(plusDays(lastDay, 1));
      const at = Math.min(now, over);
      const meters = await metersOf(organisation, [place]);
      const exchanges = await exchangesOf([house]);
      const known = await db.systemTransaction((tx) => standings(tx, [house], lastDay.slice(0, 7)));
      const spans: DialSpan[] = [];
      for (const [key, those] of meters) {
        const subject = key.slice(place.length + 1);
        const own = exchanges.filter((each) => each.subject === subject);
        const billed = known.find(
          (each) =>
            each.subject === subject &&
            (each.agreement === null || each.agreement === agreement) &&
            each.period < lastDay.slice(0, 7) &&
            monthOf(each.period).last >= firstDay,
        );
        const from = billed ? localMidnight(plusDays(monthOf(billed.period).last, 1)) : localMidnight(firstDay);
        const first = billed ? undefined : await standOf(organisation, those, from, own, true);
        const begin = billed ? { value: billed.end, rule: 'billed' as const } : (first ?? null);
        const last = await standOf(organisation, those, at, own, at < over || now - over >= patience);
        const plain = !own.some((each) => each.at > from && each.at <= at);
        const rose = last !== undefined && (begin === null || last.value >= begin.value);
        spans.push({ subject, begin, end: plain && rose ? last : null, at });
      }
      return spans;
    },
  };
}

export type Dials = ReturnType<typeof createDials>;
