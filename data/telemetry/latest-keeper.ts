import type { AcceptedBatch } from '@keystead/contracts/telemetry';
import type { Clock, Log } from '@keystead/kernel/base';
import type { Db } from '@keystead/kernel/db';
import type { FollowerOptions } from './follower.ts';
import { readLatest, writeLatest } from './latest-store.ts';
import { addLatest, addMessage, type LatestPoints } from './latest-values.ts';
import { saveMark } from './marks.ts';
import type { ThingDirectory, Usage } from './thing-directory.ts';
import { usageBetween } from './usage.ts';

/** Name under which the keeper follows; readers look from its marks on. */
export const latestFollower = 'telemetry.latest';

const flushMs = 1000;
/** Changed things that are flushed before the second is over. */
const changedLimit = 100_000;
/** Things whose rows are remembered between flushes. */
const rememberedLimit = 200_000;
const flushSlice = 5_000;

/**
 * Gathers the newest points of all things and writes the changed rows each second, with the marks of what they hold
 * (and adds what the things used meanwhile to their totals):
 * after a restart the batches in between come again and change nothing twice.
 */
export class LatestKeeper implements FollowerOptions {
  readonly name = latestFollower;
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #things: Pick<ThingDirectory, 'refs' | 'addUsage'>;
  #remembered = new Map<number, LatestPoints>();
  #changed = new Map<number, LatestPoints>();
  #marks = new Map<number, number>();
  #flushing: Promise<void> | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(parts: { db: Db; clock: Clock; log: Log; things: Pick<ThingDirectory, 'refs' | 'addUsage'> }) {
    this.#db = parts.db;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#things = parts.things;
    this.#timer = setInterval(() => {
      this.flush().catch((cause) =>
        this.#log.error({ err: cause }, 'the newest values could not be written; trying again'),
      );
    }, flushMs);
  }

  readonly take = async (batch: AcceptedBatch): Promise<void> => {
    for (const message of batch.messages) {
      let points = this.#changed.get(message.thing);
      if (!points) {
        points = new Map();
        this.#changed.set(message.thing, points);
      }
      addMessage(points, message, batch.received);
    }
    this.#marks.set(batch.gateway, batch.batch);
    if (this.#changed.size >= changedLimit) await this.flush();
  };

  /** Writes what changed. */
  async flush(): Promise<void> {
    this.#flushing ??= this.#write().finally(() => {
      this.#flushing = undefined;
    });
    await this.#flushing;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flushing;
    await this.flush();
  }

  async #write(): Promise<void> {
    if (this.#marks.size === 0) return;
    const changed = this.#changed;
    const marks = this.#marks;
    this.#changed = new Map();
    this.#marks = new Map();
    try {
      const { rows, usage } = await this.#merged(changed);
      await this.#db.systemTransaction(async (tx) => {
        const all = [...rows];
        for (let from = 0; from < all.length; from += flushSlice)
          await writeLatest(tx, new Map(all.slice(from, from + flushSlice)));
        if (usage.length > 0) await this.#things.addUsage(usage, tx);
        for (const [gateway, batch] of marks) await saveMark(tx, this.#clock, this.name, gateway, batch);
      });
      if (this.#remembered.size + rows.size > rememberedLimit) this.#remembered.clear();
      for (const [thing, points] of rows) this.#remembered.set(thing, points);
    } catch (cause) {
      this.#takeBack(changed, marks);
      throw cause;
    }
  }

  /** Whole rows (what is remembered or stored, and the changes), and what the things used in between. */
  async #merged(
    changed: ReadonlyMap<number, LatestPoints>,
  ): Promise<{ rows: Map<number, LatestPoints>; usage: Usage[] }> {
    const refs = await this.#things.refs([...changed.keys()]);
    const unknown = [...changed.keys()].filter((thing) => !this.#remembered.has(thing));
    const stored = unknown.length > 0 ? await readLatest(this.#db, unknown) : new Map<number, LatestPoints>();
    const rows = new Map<number, LatestPoints>();
    const usage: Usage[] = [];
    for (const [thing, points] of changed) {
      const before: LatestPoints = this.#remembered.get(thing) ?? stored.get(thing) ?? new Map();
      const row: LatestPoints = new Map(before);
      for (const [key, point] of points) addLatest(row, key, point);
      rows.set(thing, row);
      const ref = refs.get(thing);
      const used = ref && usageBetween(ref.model, before, row);
      if (used) usage.push({ thing, ...used });
    }
    return { rows, usage };
  }

  #takeBack(changed: ReadonlyMap<number, LatestPoints>, marks: ReadonlyMap<number, number>): void {
    for (const [thing, points] of changed) {
      const newer = this.#changed.get(thing);
      if (!newer) this.#changed.set(thing, new Map(points));
      else for (const [key, point] of points) addLatest(newer, key, point);
    }
    for (const [gateway, batch] of marks) if (!this.#marks.has(gateway)) this.#marks.set(gateway, batch);
  }
}
