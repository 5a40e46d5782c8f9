import type { Actor } from '@keystead/contracts/access';
import { instantOf, localTime } from '@keystead/contracts/calendar';
import type { Property } from '@keystead/contracts/thing-model';
import type { Db } from '@keystead/kernel/db';
import { Buckets, bucketWidth, evenEdges } from './buckets.ts';
import { hourMicros, hourOf, instantText } from './instants.ts';
import { AreaUnder, MeterRise } from './meter.ts';
import { PropertyMissing, SpanRefused } from './problems.ts';
import { isQuantity, isState, propertyById, shownValue } from './reading.ts';
import type { AggregateView, ConsumptionView, HistoryView, TimelineView } from './schemas.ts';
import { readHours, type Span } from './signal-reader.ts';
import { type StateReading, sharesOf, timelineOf } from './state-timeline.ts';
import type { KnownThing, ThingDirectory } from './thing-directory.ts';
import { bucketView } from './views.ts';
import { lastBefore } from './warm-store.ts';

const dayMicros = 24 * hourMicros;
/** Longest span whose points are all read for one answer. */
const longestRead = 400 * dayMicros;
const mostBuckets = 20_000;

/** Times of a question, [from, to). */
export interface Asked {
  from: Date;
  to: Date;
}

export type AggregateStep = 'hour' | 'day';

/** µs of silence after which nothing is known of a thing. */
const patienceOf = ({ model }: KnownThing): number => (model.interval + model.grace) * 1_000_000;

/** Starts of local days that cover [from, to), and the end of the last. */
export function dayEdges(from: number, to: number, zone: string): number[] {
  const first = localTime(zone, Math.floor(from / 1000)).day;
  const edges: number[] = [];
  for (let day = first; (edges.at(-1) ?? from) < to; day++) edges.push(instantOf(zone, day, 0) * 1000);
  return edges;
}

/** What can be asked of the signals of one thing; hot and warm are one here. Throws the problem of things when the actor may not see it. */
export function createQuestions({ db, things }: { db: Db; things: ThingDirectory }) {
  async function spanOf(
    actor: Actor,
    thingId: string,
    propertyId: string,
    { from, to }: Asked,
    fits: (property: Property) => boolean,
  ): Promise<{ thing: KnownThing; property: Property; span: Span }> {
    const thing = await things.get(actor, thingId);
    const property = propertyById(thing.model, propertyId);
    if (!property || !fits(property)) throw new PropertyMissing({ property: propertyId });
    const span = { thing: thing.number, key: property.key, from: from.getTime() * 1000, to: to.getTime() * 1000 };
    if (!(span.from < span.to)) throw new SpanRefused({ reason: 'empty' });
    return { thing, property, span };
  }

  function bounded(span: Span): Span {
    if (span.to - span.from > longestRead) throw new SpanRefused({ reason: 'too-long', days: longestRead / dayMicros });
    return span;
  }

  async function fill(span: Span, edges: number[]): Promise<Buckets> {
    const buckets = new Buckets(edges);
    const width = (edges[1] as number) - (edges[0] as number);
    // An hour at the edge of the question is only partly asked for.
    const whole = (hour: number): boolean => hour >= span.from && hour + hourMicros <= span.to && buckets.covers(hour);
    for await (const piece of readHours(db, span, width >= hourMicros ? whole : undefined)) buckets.add(piece);
    return buckets;
  }

  /**
   * A curve for a chart `points` wide: for each bucket count, min, max, average, first, last and the worst quality.
   * Buckets without points are left out, so that gaps stay gaps (I-6.2-g).
   */
  async function history(
    actor: Actor,
    thingId: string,
    propertyId: string,
    asked: Asked,
    points: number,
  ): Promise<HistoryView> {
    const { property, span } = await spanOf(
      actor,
      thingId,
      propertyId,
      asked,
      (one) => isQuantity(one) || isState(one),
    );
    const width = bucketWidth(span.from, span.to, points);
    if (width < hourMicros) bounded(span);
    const buckets = await fill(span, evenEdges(span.from, span.to, width));
    return {
      property: property.id,
      unit: property.unit ?? '',
      from: instantText(span.from),
      to: instantText(span.to),
      width: width / 1_000_000,
      buckets: buckets.found.map(bucketView),
    };
  }

  /** The same figures by the hour or by the local day. */
  async function aggregate(
    actor: Actor,
    thingId: string,
    propertyId: string,
    asked: Asked,
    step: AggregateStep,
    zone: string,
  ): Promise<AggregateView> {
    const { property, span } = await spanOf(actor, thingId, propertyId, asked, isQuantity);
    if ((span.to - span.from) / (step === 'day' ? dayMicros : hourMicros) > mostBuckets)
      throw new SpanRefused({ reason: 'too-many-buckets', most: mostBuckets });
    const edges = step === 'day' ? dayEdges(span.from, span.to, zone) : evenEdges(span.from, span.to, hourMicros);
    const buckets = await fill(span, edges);
    return { property: property.id, unit: property.unit ?? '', step, zone, buckets: buckets.found.map(bucketView) };
  }

  /** Which state when, and the share of time in each (I-5.2.2.1-a). */
  async function timeline(actor: Actor, thingId: string, propertyId: string, asked: Asked): Promise<TimelineView> {
    const { thing, property, span } = await spanOf(actor, thingId, propertyId, asked, isState);
    const patience = patienceOf(thing);
    // The state at the beginning was reported before it; it holds if the thing was heard since.
    const early = { ...bounded(span), from: hourOf(span.from - patience) };
    const readings: StateReading[] = [];
    const contacts: number[] = [];
    const carried = await lastBefore(db, span.thing, span.key, early.from);
    if (carried !== undefined) readings.push({ time: early.from, value: carried });
    for await (const piece of readHours(db, early)) {
      if ('statistics' in piece) continue;
      for (const { time, value } of piece.points) readings.push({ time, value });
      for (const time of piece.contacts) contacts.push(time);
    }
    const stretches = timelineOf(span.from, span.to, readings, contacts, patience);
    const shown = (state: number | undefined) => (state === undefined ? null : shownValue(property, state));
    return {
      property: property.id,
      from: instantText(span.from),
      to: instantText(span.to),
      stretches: stretches.map(({ from, to, state }) => ({
        from: instantText(from),
        to: instantText(to),
        state: shown(state),
      })),
      shares: sharesOf(stretches).map(({ state, time, share }) => ({
        state: shown(state),
        seconds: time / 1_000_000,
        share,
      })),
    };
  }

  /** How much a counter rose, or the area under a rate such as power (I-5.2.2.1-c). */
  async function consumption(
    actor: Actor,
    thingId: string,
    propertyId: string,
    asked: Asked,
  ): Promise<ConsumptionView> {
    const { thing, property, span } = await spanOf(actor, thingId, propertyId, asked, isQuantity);
    const head = {
      property: property.id,
      unit: property.unit ?? '',
      from: instantText(span.from),
      to: instantText(span.to),
    };
    const sum = property.cumulative ? new MeterRise() : new AreaUnder(2 * patienceOf(thing));
    for await (const piece of readHours(db, bounded(span)))
      if ('points' in piece) for (const point of piece.points) sum.add(point);
    if (sum instanceof MeterRise) return { ...head, ...sum.result };
    return { ...head, area: sum.result.area, covered: sum.result.covered / 1_000_000 };
  }

  return { history, aggregate, timeline, consumption };
}
