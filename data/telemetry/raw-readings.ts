import type { Actor } from '@keystead/contracts/access';
import { InputInvalid } from '@keystead/contracts/problem';
import type { Property } from '@keystead/contracts/thing-model';
import type { Db } from '@keystead/kernel/db';
import type { Catalogue, Language } from '@keystead/kernel/i18n';
import type { Cell, Sheet } from '@keystead/kernel/sheet';
import { hourMicros, instantText } from './instants.ts';
import { PropertyMissing, SpanRefused } from './problems.ts';
import type { Asked } from './questions.ts';
import { propertyById, shownValue } from './reading.ts';
import type { ReadingView } from './schemas.ts';
import { type Point, readHours, type Span } from './signal-reader.ts';
import type { Sources } from './sources.ts';
import type { ThingDirectory } from './thing-directory.ts';
import { qualityView } from './views.ts';

export interface RawAsked extends Asked {
  limit: number;
  /** As `next` of the page before. */
  cursor?: string;
  order: 'asc' | 'desc';
}

const windows = { first: hourMicros, longest: 32 * 24 * hourMicros };

const sheetColumns = ['time', 'received', 'thing', 'property', 'value', 'unit', 'quality', 'reason', 'source'] as const;

async function* ascending(db: Db, span: Span): AsyncGenerator<Point> {
  for await (const piece of readHours(db, span)) if ('points' in piece) yield* piece.points;
}

/** Newest first, by windows that widen as long as little is found. */
async function* descending(db: Db, span: Span): AsyncGenerator<Point> {
  let width = windows.first;
  for (let to = span.to; to > span.from; ) {
    const from = Math.max(span.from, to - width);
    const points: Point[] = [];
    for await (const point of ascending(db, { ...span, from, to })) points.push(point);
    yield* points.reverse();
    to = from;
    width = Math.min(width * 2, windows.longest);
  }
}

/** Readings one by one, as they were sent, with quality, receive time and source. */
export function createRawReadings({
  db,
  things,
  sources,
  catalogue,
}: {
  db: Db;
  things: ThingDirectory;
  sources: Sources;
  catalogue: Pick<Catalogue, 'in'>;
}) {
  async function spanOf(actor: Actor, thingId: string, propertyId: string, { from, to }: Asked) {
    const thing = await things.get(actor, thingId);
    const property = propertyById(thing.model, propertyId);
    if (!property) throw new PropertyMissing({ property: propertyId });
    const span: Span = { thing: thing.number, key: property.key, from: from.getTime() * 1000, to: to.getTime() * 1000 };
    if (!(span.from < span.to)) throw new SpanRefused({ reason: 'empty' });
    return { thing, property, span };
  }

  async function views(property: Property, points: readonly Point[]): Promise<ReadingView[]> {
    const names = await sources.namesOf(points.map(({ source }) => source));
    return points.map((point) => ({
      time: instantText(point.time),
      received: instantText(point.received),
      value: shownValue(property, point.value, point.text),
      ...qualityView(point.quality),
      ...(point.source === 0 ? {} : { source: names.get(point.source) ?? `#${point.source}` }),
    }));
  }

  /** One page of readings; `next` continues behind it. */
  async function raw(
    actor: Actor,
    thingId: string,
    propertyId: string,
    asked: RawAsked,
  ): Promise<{ items: ReadingView[]; next: string | null }> {
    const { property, span } = await spanOf(actor, thingId, propertyId, asked);
    if (asked.cursor !== undefined) {
      const at = Number(asked.cursor);
      if (!Number.isSafeInteger(at)) throw new InputInvalid({ in: 'query' }, [{ pointer: '/cursor', code: 'cursor' }]);
      if (asked.order === 'asc') span.from = Math.max(span.from, at + 1);
      else span.to = Math.min(span.to, at);
    }
    const found: Point[] = [];
    for await (const point of asked.order === 'asc' ? ascending(db, span) : descending(db, span)) {
      found.push(point);
      if (found.length > asked.limit) break;
    }
    const page = found.slice(0, asked.limit);
    const last = page.at(-1);
    return { items: await views(property, page), next: found.length > asked.limit && last ? String(last.time) : null };
  }

  /**
   * All readings of a span, read as fast as they are taken away. With field names as heads and exact instants for
   * programs; in a language, with the site's clock, for people.
   */
  async function sheet(
    actor: Actor,
    thingId: string,
    propertyId: string,
    asked: Asked,
    language?: Language,
  ): Promise<Sheet> {
    const { thing, property, span } = await spanOf(actor, thingId, propertyId, asked);
    const instant = (text: string): Cell => (language === undefined ? text : new Date(text));
    async function* rows(): AsyncGenerator<Cell[]> {
      for await (const piece of readHours(db, span)) {
        if ('statistics' in piece) continue;
        for (const { time, received, value, quality, reason, source } of await views(property, piece.points))
          yield [
            instant(time),
            instant(received),
            thing.code,
            property.id,
            typeof value === 'object' ? JSON.stringify(value) : value,
            property.unit,
            quality,
            reason,
            source,
          ];
      }
    }
    const t = catalogue.in(language ?? 'zh-CN');
    const heads = language === undefined ? sheetColumns : sheetColumns.map((name) => t(`telemetry.column.${name}`));
    return { name: property.id, heads, rows: rows() };
  }

  return { raw, sheet };
}
