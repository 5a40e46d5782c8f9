import { createHash } from 'node:crypto';
import { dateOf, defaultZone, localTime } from '@keystead/contracts/calendar';
import type { AcceptedBatch, AcceptedEvent } from '@keystead/contracts/telemetry';
import type { ThingRef, ThingsService } from '@keystead/data/things';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { addPassages, addReading, homeAt } from './day-store.ts';

interface Parts extends Pick<Kernel, 'db' | 'clock'> {
  things: Pick<ThingsService, 'refs'>;
  saveMark(tx: Tx, gateway: number, batch: number): Promise<void>;
}

const markEvery = 2_000; // ms
const troubleWords = new Set(['wrong-code', 'refused', 'tamper']);
const meters: Readonly<Record<string, { property: string; kind: 'water' | 'electricity'; times: number }>> = {
  'water-meter': { property: 'volume', kind: 'water', times: 1000 },
  'electricity-meter': { property: 'energy', kind: 'electricity', times: 1 },
};

const field = (data: unknown, name: string): string | undefined => {
  const value = data !== null && typeof data === 'object' ? (data as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** A credential as a mark: the same within one home, unrelated in another. */
const markOf = (place: string, data: unknown): string | undefined => {
  const credential = field(data, 'grant') ?? field(data, 'credential');
  return credential && createHash('sha256').update(`${place}\n${credential}`).digest('hex').slice(0, 16);
};

const localOf = (time: number) => {
  const local = localTime(defaultZone, time / 1000);
  return { day: dateOf(local.day), hour: Math.floor(local.inDay / 3_600_000) };
};

/**
 * Follows locks and meters and keeps sums by home and day: what is needed to judge, and no log (K25: the logs themselves
 * are opened by a person with a case).
 */
export function createGathering({ db, clock, things, saveMark }: Parts) {
  let marked = 0;

  async function passage(tx: Tx, ref: ThingRef, event: AcceptedEvent): Promise<void> {
    const trouble = troubleWords.has(event.event) ? 1 : 0;
    const entered = event.event === 'unlocked' && field(event.data, 'direction') !== 'out' ? 1 : 0;
    if (trouble + entered === 0) return;
    const home = await homeAt(tx, ref.organisation, ref.place);
    if (!home) return;
    const { day, hour } = localOf(event.time);
    const mark = entered ? markOf(home.place, event.data) : undefined;
    await addPassages(tx, home, day, {
      entries: entered,
      night: entered && hour < 5 ? 1 : 0,
      marks: mark ? [mark] : [],
      trouble,
    });
  }

  async function reading(tx: Tx, ref: ThingRef, message: AcceptedBatch['messages'][number]): Promise<void> {
    const meter = meters[ref.model.family];
    const key = ref.model.properties.find(({ id }) => id === meter?.property)?.key;
    const at = key === undefined ? -1 : message.keys.indexOf(key);
    const value = message.values[at];
    if (!meter || value === undefined || !Number.isFinite(value)) return;
    const home = await homeAt(tx, ref.organisation, ref.place);
    if (!home) return;
    const stood = value * meter.times;
    const { day } = localOf(message.time);
    await addReading(tx, home, { thing: message.thing, kind: meter.kind, day, low: stood, high: stood });
  }

  async function take(batch: AcceptedBatch): Promise<void> {
    const events = batch.events.filter(({ event }) => event === 'unlocked' || troubleWords.has(event));
    const numbers = new Set([...events, ...batch.messages].map(({ thing }) => thing));
    const refs = numbers.size === 0 ? undefined : await things.refs([...numbers]);
    const locked = events.flatMap((event) => {
      const ref = refs?.get(event.thing);
      return ref?.model.family === 'lock' ? [{ ref, event }] : [];
    });
    const metered = batch.messages.flatMap((message) => {
      const ref = refs?.get(message.thing);
      return ref && meters[ref.model.family] ? [{ ref, message }] : [];
    });
    const now = clock.now().getTime();
    if (locked.length + metered.length === 0 && now - marked < markEvery) return;
    await db.systemTransaction(async (tx) => {
      for (const { ref, event } of locked) await passage(tx, ref, event);
      for (const { ref, message } of metered) await reading(tx, ref, message);
      await saveMark(tx, batch.gateway, batch.batch);
    });
    marked = now;
  }

  return { take };
}
