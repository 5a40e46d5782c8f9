import { isId } from '@keystead/contracts/ids';
import type { AcceptedBatch } from '@keystead/contracts/telemetry';
import type { Log } from '@keystead/kernel/base';
import type { Live } from '@keystead/kernel/http';
import { instantText } from './instants.ts';
import { addMessage, type LatestPoints } from './latest-values.ts';
import { propertyByKey, shownValue } from './reading.ts';
import type { LatestView } from './schemas.ts';
import type { KnownThing, ThingDirectory } from './thing-directory.ts';
import { qualityView } from './views.ts';

const flushMs = 100;
const prefix = 'thing-values:';

/** Points as pages and programs read them, by property id; keys the model no longer has are left out. */
export function latestView({ id, model }: KnownThing, points: LatestPoints): LatestView {
  const values: LatestView['values'] = {};
  for (const [key, point] of points) {
    const property = propertyByKey(model, key);
    if (!property) continue;
    values[property.id] = {
      time: instantText(point.time),
      received: instantText(point.received),
      value: shownValue(property, point.value, point.text),
      ...qualityView(point.quality),
    };
  }
  return { thing: id, values };
}

/**
 * Pushes new values of the things somebody looks at, gathered for 100 ms, under `thing-values:<thing id>`; pages in
 * whose scope the thing is not are sent nothing.
 */
export class LiveValues {
  readonly #live: Pick<Live, 'topic' | 'publish'>;
  readonly #things: ThingDirectory;
  readonly #log: Log;
  readonly #listen: (take: (batch: AcceptedBatch) => void) => () => void;
  readonly #watched = new Map<number, KnownThing>();
  readonly #wanted = new Set<string>();
  #gathered = new Map<number, LatestPoints>();
  #timer: NodeJS.Timeout | undefined;
  #unlisten: (() => void) | undefined;

  /** `listen` hears the batches as they are committed; it is asked only while somebody looks at something. */
  constructor(parts: {
    live: Pick<Live, 'topic' | 'publish'>;
    things: ThingDirectory;
    log: Log;
    listen(take: (batch: AcceptedBatch) => void): () => void;
  }) {
    this.#live = parts.live;
    this.#things = parts.things;
    this.#log = parts.log;
    this.#listen = parts.listen;
    this.#live.topic(`${prefix}*`, {
      permission: 'telemetry:read',
      onFirst: (topic) => {
        this.#watch(topic.slice(prefix.length)).catch((cause) =>
          this.#log.error({ err: cause, topic }, 'live values could not be begun'),
        );
      },
      onLast: (topic) => this.#leave(topic.slice(prefix.length)),
    });
  }

  /** A thing moved or got another model (or, without an id, any may have): later pushes follow. */
  async renew(id?: string): Promise<void> {
    for (const wanted of id === undefined ? [...this.#wanted] : [id])
      if (this.#wanted.has(wanted)) await this.#watch(wanted);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#unlisten?.();
    this.#unlisten = undefined;
  }

  async #watch(id: string): Promise<void> {
    if (!isId(id)) return;
    this.#wanted.add(id);
    const thing = await this.#things.byId(id);
    // The last page may have gone while things was asked.
    if (!thing || !this.#wanted.has(id)) return;
    this.#watched.set(thing.number, thing);
    this.#unlisten ??= this.#listen((batch) => this.#take(batch));
  }

  #leave(id: string): void {
    this.#wanted.delete(id);
    for (const [number, thing] of this.#watched) if (thing.id === id) this.#watched.delete(number);
    if (this.#watched.size > 0) return;
    this.#unlisten?.();
    this.#unlisten = undefined;
  }

  #take(batch: AcceptedBatch): void {
    for (const message of batch.messages) {
      if (!this.#watched.has(message.thing)) continue;
      let points = this.#gathered.get(message.thing);
      if (!points) {
        points = new Map();
        this.#gathered.set(message.thing, points);
      }
      addMessage(points, message, batch.received);
    }
    if (this.#gathered.size > 0) this.#timer ??= setTimeout(() => this.#flush(), flushMs);
  }

  #flush(): void {
    this.#timer = undefined;
    const gathered = this.#gathered;
    this.#gathered = new Map();
    for (const [number, points] of gathered) {
      const thing = this.#watched.get(number);
      if (!thing) continue;
      const where = { organisation: thing.organisation, place: thing.place };
      this.#live.publish(`${prefix}${thing.id}`, where, latestView(thing, points));
    }
  }
}
