import type { Actor } from '@keystead/contracts/access';
import { InputInvalid } from '@keystead/contracts/problem';
import type { ThingModel } from '@keystead/contracts/thing-model';
import { type Db, sql } from '@keystead/kernel/db';
import { instantText } from './instants.ts';
import type { Asked } from './questions.ts';
import { propertyById } from './reading.ts';
import type { EventView } from './schemas.ts';
import type { Sources } from './sources.ts';
import type { ThingDirectory } from './thing-directory.ts';

interface EventRow {
  time: number;
  received: number;
  seq: number;
  gateway: number;
  source: number;
  event: string;
  data: unknown;
}

export interface EventsAsked extends Asked {
  event?: string;
  limit: number;
  cursor?: string;
}

interface Words {
  zh: string;
  en: string;
}

/** The coded fields of an event in words: an enum property of the same name is their dictionary (I-5.2.2.1-b). */
export function codeTexts(model: ThingModel, data: unknown): Record<string, Words> {
  const texts: Record<string, Words> = {};
  if (data === null || typeof data !== 'object') return texts;
  for (const [field, value] of Object.entries(data)) {
    const word = propertyById(model, field)?.values?.find((each) => each.value === value);
    if (word) texts[field] = word.name;
  }
  return texts;
}

const cursorPattern = /^(-?\d+)_(\d+)_(\d+)$/;

/** What things said happened, newest first. */
export function createDeviceEvents({ db, things, sources }: { db: Db; things: ThingDirectory; sources: Sources }) {
  return async function events(
    actor: Actor,
    thingId: string,
    { from, to, event, limit, cursor }: EventsAsked,
  ): Promise<{ items: EventView[]; next: string | null }> {
    const thing = await things.get(actor, thingId);
    const [, time, seq, gateway] = cursorPattern.exec(cursor ?? '') ?? [];
    if (cursor !== undefined && time === undefined)
      throw new InputInvalid({ in: 'query' }, [{ pointer: '/cursor', code: 'cursor' }]);
    const beyond =
      time === undefined
        ? sql``
        : sql`and (time, seq, gateway) < (${instantText(Number(time))}::timestamptz, ${seq}::int8, ${gateway}::int4)`;
    const named = event === undefined ? sql`` : sql`and event = ${event}`;
    const rows = await db.systemRead(sql<EventRow>`
      select (extract(epoch from time) * 1000000)::int8 as time, (extract(epoch from received) * 1000000)::int8 as received,
        seq, gateway, coalesce(source, 0) as source, event, data
      from telemetry.event where thing = ${thing.number} and time >= ${from} and time < ${to} ${named} ${beyond}
      order by event.time desc, seq desc, gateway desc limit ${limit + 1}`);
    const names = await sources.namesOf(rows.map(({ source }) => source));
    const items = rows.slice(0, limit).map((row): EventView => {
      const known = thing.model.events.find(({ id }) => id === row.event);
      return {
        thing: thing.id,
        time: instantText(row.time),
        received: instantText(row.received),
        event: row.event,
        ...(known ? { name: known.name } : {}),
        ...(known?.severity === undefined ? {} : { severity: known.severity }),
        data: row.data,
        texts: codeTexts(thing.model, row.data),
        ...(row.source === 0 ? {} : { source: names.get(row.source) ?? `#${row.source}` }),
      };
    });
    const last = rows[limit - 1];
    return { items, next: rows.length > limit && last ? `${last.time}_${last.seq}_${last.gateway}` : null };
  };
}
