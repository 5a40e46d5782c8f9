import type { AcceptedBatch } from '@keystead/contracts/telemetry';
import type { Clock, Log } from '@keystead/kernel/base';
import type { Db } from '@keystead/kernel/db';
import type pg from 'pg';
import { committedAfter, newestBatches } from './committed.ts';
import { openMarks, renewMarks } from './marks.ts';
import { type BatchStreams, gatewayNumbers } from './signal-stream.ts';

export interface FollowerOptions {
  /** Unique; its marks are kept under it. */
  name: string;
  /**
   * Called with one committed batch after the other, in order of their numbers within a gateway, never two at once.
   * Saves the mark itself, with what it does. When it rejects, the batch is given again after a pause.
   */
  take(batch: AcceptedBatch): Promise<void>;
}

export interface FollowerParts {
  db: Db;
  clock: Clock;
  log: Log;
  streams: BatchStreams;
  connect(onLost: (cause: Error) => void): Promise<pg.Client>;
}

/** Messages that may wait; beyond them batches are dropped here and read again from the table. */
const queueMessages = 50_000;
const sweepMs = 500;
const renewMs = 60_000;
const longestPauseMs = 10_000;

/**
 * Gives a subscriber every committed batch once, counted from its saved mark: quickly by the stream, and from the
 * table whatever the stream did not bring (missed while away, dropped for want of room, never sent).
 */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #parts: FollowerParts;
  /** Last batch taken, last batch queued, highest batch known to exist: by gateway. */
  #taken = new Map<number, number>();
  readonly #queued = new Map<number, number>();
  readonly #heard = new Map<number, number>();
  /** Gateways whose next batch must come from the table. */
  readonly #behind = new Set<number>();
  /** Urgent ones go ahead of what waits (`H-8.2-b`); the order within a gateway is kept. */
  readonly #urgent: AcceptedBatch[] = [];
  readonly #ordinary: AcceptedBatch[] = [];
  #waiting = 0;
  #wake: (() => void) | undefined;
  #cutShort: (() => void) | undefined;
  #client: pg.Client | undefined;
  #stopped = false;
  #unlisten: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #timers: NodeJS.Timeout[] = [];

  constructor(options: FollowerOptions, parts: FollowerParts) {
    this.#options = options;
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const { db, clock, streams } = this.#parts;
    const known = [...new Set([...Object.values(gatewayNumbers), ...(await newestBatches(db)).keys()])];
    this.#taken = await openMarks(db, clock, this.#options.name, known);
    for (const [gateway, batch] of this.#taken) {
      this.#queued.set(gateway, batch);
      this.#behind.add(gateway);
    }
    this.#unlisten = streams.listen({
      onBatch: (batch) => this.#offer(batch),
      onConnected: (gateway) => this.#fallBehind(gateway),
    });
    this.#timers = [
      setInterval(() => void this.#sweep(), sweepMs),
      setInterval(() => void this.#background(renewMarks(db, clock, this.#options.name)), renewMs),
    ];
    this.#running = this.#run();
  }

  /** Ends after the batch in hand. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#unlisten?.();
    this.#wake?.();
    this.#cutShort?.();
    await this.#running;
    await this.#client?.end();
  }

  #offer(batch: AcceptedBatch): void {
    const { gateway } = batch;
    this.#heard.set(gateway, Math.max(batch.batch, this.#heard.get(gateway) ?? 0));
    if (this.#behind.has(gateway)) return;
    const before = this.#queued.get(gateway) ?? 0;
    if (batch.batch <= before) return;
    if (batch.batch !== before + 1 || this.#waiting > queueMessages) {
      this.#fallBehind(gateway);
      return;
    }
    (gateway === gatewayNumbers.urgent ? this.#urgent : this.#ordinary).push(batch);
    this.#waiting += batch.messages.length + 1;
    this.#queued.set(gateway, batch.batch);
    this.#wake?.();
  }

  #fallBehind(gateway: number): void {
    this.#behind.add(gateway);
    this.#wake?.();
  }

  /** Besides the stream: a batch whose sender died between commit and sending, or whose frame was the last one lost. */
  async #sweep(): Promise<void> {
    const newest = await this.#background(newestBatches(this.#parts.db));
    for (const [gateway, batch] of newest ?? []) {
      const sent = this.#queued.get(gateway) ?? 0;
      // What came within the last sweep may still be on its way here.
      if (batch > sent && (this.#heard.get(gateway) ?? 0) >= batch) this.#fallBehind(gateway);
      if (batch > (this.#heard.get(gateway) ?? 0)) this.#heard.set(gateway, batch);
    }
  }

  async #background<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (cause) {
      this.#parts.log.warn({ err: cause, follower: this.#options.name }, 'a follower could not ask the database');
      return undefined;
    }
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const next = this.#urgent.shift() ?? this.#ordinary.shift();
      if (next) {
        this.#waiting -= next.messages.length + 1;
        await this.#take(next);
        continue;
      }
      const [gateway] = this.#behind;
      if (gateway !== undefined) await this.#catchUp(gateway);
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }

  /** One slice from the table; ends being behind once the table holds no more than was taken. */
  async #catchUp(gateway: number): Promise<void> {
    const { db, log } = this.#parts;
    const taken = this.#taken.get(gateway) ?? 0;
    let batches: AcceptedBatch[];
    try {
      batches = await committedAfter(db, await this.#connection(), gateway, taken);
    } catch (cause) {
      log.warn({ err: cause, follower: this.#options.name }, 'missed batches could not be read; trying again');
      await this.#pause(sweepMs);
      return;
    }
    const [first] = batches;
    if (first && first.batch !== taken + 1)
      log.error(
        { follower: this.#options.name, gateway, from: taken + 1, to: first.batch - 1 },
        'batches are no longer hot',
      );
    for (const batch of batches) {
      if (this.#stopped) return;
      await this.#take(batch);
    }
    const now = this.#taken.get(gateway) ?? 0;
    this.#queued.set(gateway, now);
    if (batches.length > 0) return;
    if ((this.#heard.get(gateway) ?? 0) <= now) this.#behind.delete(gateway);
    else await this.#pause(20); // Heard of, and not to be seen yet.
  }

  async #take(batch: AcceptedBatch): Promise<void> {
    let pause = 100;
    while (!this.#stopped) {
      try {
        await this.#options.take(batch);
        this.#taken.set(batch.gateway, batch.batch);
        return;
      } catch (cause) {
        const { name } = this.#options;
        this.#parts.log.error(
          { err: cause, follower: name, gateway: batch.gateway, batch: batch.batch },
          'a batch was not taken',
        );
        await this.#pause(pause);
        pause = Math.min(pause * 2, longestPauseMs);
      }
    }
  }

  /** Waits; stopping ends the waiting. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#cutShort = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#stopped) this.#cutShort();
    });
  }

  async #connection(): Promise<pg.Client> {
    this.#client ??= await this.#parts.connect(() => {
      this.#client = undefined;
    });
    return this.#client;
  }
}
