import type { TransferLevel } from '@keystead/contracts/labels';
import type { AcceptedEvent, AcceptedMessage } from '@keystead/contracts/telemetry';
import type { Clock } from '@keystead/kernel/base';
import type { GatewayCounters } from './counters.ts';
import type { Gate } from './gate.ts';
import type { GatewayLimits } from './limits.ts';
import type { CommittedRange, Intake } from './ports.ts';

/** What one wire message brought: committed whole, settled once. */
export interface Parcel {
  /** The most urgent level of anything in it. */
  level: TransferLevel;
  messages: AcceptedMessage[];
  events: AcceptedEvent[];
  /** Numbers of an agent's log this is, kept in the same commit. */
  range?: CommittedRange;
  /** Bytes it holds in memory, roughly: what came over the wire. */
  bytes: number;
  /** Called once, after the commit; with an error when there was none. Must not throw. */
  settle(failure?: Error): void;
}

/** A first-in first-out queue whose memory follows its length. */
class Queue {
  #items: Parcel[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  push(parcel: Parcel): void {
    this.#items.push(parcel);
  }

  shift(): Parcel | undefined {
    const parcel = this.#items[this.#head];
    if (parcel === undefined) return undefined;
    this.#head++;
    if (this.#head === this.#items.length || this.#head > 4096) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return parcel;
  }
}

/**
 * Gathers parcels for a few milliseconds and commits them together, one commit a lane at a time; level 3 leaves
 * first, then 2, then 1 (`H-8.2-b`). Nothing that entered is dropped: a parcel is settled by its commit or by the
 * failure of it, and how much may wait is held by the gate, which stops the reading of sockets.
 */
export class Batcher {
  readonly #queues = [new Queue(), new Queue(), new Queue()] as const;
  readonly #intake: Intake;
  readonly #gate: Gate;
  readonly #limits: GatewayLimits;
  readonly #clock: Clock;
  readonly #counters: GatewayCounters;
  #waiting = 0;
  #lanesBusy = 0;
  #timer: NodeJS.Timeout | undefined;
  #due = false;
  #idle: (() => void) | undefined;

  constructor(intake: Intake, gate: Gate, limits: GatewayLimits, clock: Clock, counters: GatewayCounters) {
    this.#intake = intake;
    this.#gate = gate;
    this.#limits = limits;
    this.#clock = clock;
    this.#counters = counters;
  }

  submit(parcel: Parcel): void {
    const size = parcel.messages.length + parcel.events.length;
    this.#queues[(3 - parcel.level) as 0 | 1 | 2].push(parcel);
    this.#waiting += size;
    this.#gate.add(size, parcel.bytes);
    if (this.#waiting >= this.#limits.batchMessages) this.#start();
    else if (!this.#due) this.#timer ??= setTimeout(this.#start, this.#limits.gatherMs);
  }

  /** Resolves when nothing waits and no commit is under way. */
  drained(): Promise<void> {
    this.#start();
    if (this.#waiting === 0 && this.#lanesBusy === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idle = resolve;
    });
  }

  readonly #start = (): void => {
    if (this.#timer !== undefined) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
    while (this.#waiting > 0 && this.#lanesBusy < this.#limits.lanes) {
      this.#lanesBusy++;
      this.#commit(this.#take()).catch((failure: unknown) => {
        // Only a settle or a port that throws can come here; the process must not go on with a lane lost.
        queueMicrotask(() => {
          throw failure;
        });
      });
    }
    // With every lane busy what still waits has gathered long enough, and leaves as soon as one is free.
    this.#due = this.#waiting > 0;
  };

  #take(): Parcel[] {
    const parcels: Parcel[] = [];
    let size = 0;
    for (const queue of this.#queues) {
      while (size < this.#limits.batchMessages) {
        const parcel = queue.shift();
        if (parcel === undefined) break;
        parcels.push(parcel);
        size += parcel.messages.length + parcel.events.length;
      }
    }
    this.#waiting -= size;
    return parcels;
  }

  async #commit(parcels: Parcel[]): Promise<void> {
    const messages: AcceptedMessage[] = [];
    const events: AcceptedEvent[] = [];
    const ranges: CommittedRange[] = [];
    let bytes = 0;
    for (const parcel of parcels) {
      for (const message of parcel.messages) messages.push(message);
      for (const event of parcel.events) events.push(event);
      if (parcel.range) ranges.push(parcel.range);
      bytes += parcel.bytes;
    }
    const failure = await this.#accept(messages, events, ranges);
    if (failure === undefined) {
      this.#counters.batches++;
      this.#counters.messages += messages.length;
      this.#counters.events += events.length;
      for (const message of messages) this.#counters.points += message.keys.length;
    }
    for (const parcel of parcels) parcel.settle(failure);
    this.#lanesBusy--;
    this.#gate.remove(messages.length + events.length, bytes);
    if (this.#waiting > 0) {
      if (this.#due || this.#waiting >= this.#limits.batchMessages) this.#start();
      else this.#timer ??= setTimeout(this.#start, this.#limits.gatherMs);
    } else if (this.#lanesBusy === 0) {
      this.#idle?.();
      this.#idle = undefined;
    }
  }

  async #accept(
    messages: AcceptedMessage[],
    events: AcceptedEvent[],
    ranges: readonly CommittedRange[],
  ): Promise<Error | undefined> {
    let pause = this.#limits.commitPauseMs;
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#intake.accept(messages, events, this.#clock.now().getTime() * 1000, ranges);
        return undefined;
      } catch (cause) {
        this.#counters.commitFailures++;
        if (attempt >= this.#limits.commitTries) return cause instanceof Error ? cause : new Error(String(cause));
        await new Promise((resolve) => setTimeout(resolve, pause));
        pause *= 2;
      }
    }
  }
}
