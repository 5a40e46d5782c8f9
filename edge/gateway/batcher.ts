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
  /** Its sender knows level 3: it goes by the urgent lane, whatever its own level, so that a thing's words keep one order. */
  urgent: boolean;
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

/** What waits for the lanes of one kind, level 3 first, and how many of them are at work. */
class Line {
  readonly #queues = [new Queue(), new Queue(), new Queue()] as const;
  readonly #limits: Pick<GatewayLimits, 'batchMessages' | 'gatherMs'>;
  readonly #lanes: number;
  readonly #commit: (parcels: Parcel[]) => Promise<void>;
  readonly #onIdle: () => void;
  #waiting = 0;
  #busy = 0;
  #timer: NodeJS.Timeout | undefined;
  #due = false;

  constructor(
    limits: Pick<GatewayLimits, 'batchMessages' | 'gatherMs'>,
    lanes: number,
    commit: (parcels: Parcel[]) => Promise<void>,
    onIdle: () => void,
  ) {
    this.#limits = limits;
    this.#lanes = lanes;
    this.#commit = commit;
    this.#onIdle = onIdle;
  }

  get idle(): boolean {
    return this.#waiting === 0 && this.#busy === 0;
  }

  push(parcel: Parcel): void {
    this.#queues[(3 - parcel.level) as 0 | 1 | 2].push(parcel);
    this.#waiting += sizeOf(parcel);
    if (this.#waiting >= this.#limits.batchMessages) this.start();
    else if (!this.#due) this.#timer ??= setTimeout(this.start, this.#limits.gatherMs);
  }

  readonly start = (): void => {
    if (this.#timer !== undefined) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
    while (this.#waiting > 0 && this.#busy < this.#lanes) {
      this.#busy++;
      this.#commit(this.#take()).then(this.#done, (failure: unknown) => {
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
        size += sizeOf(parcel);
      }
    }
    this.#waiting -= size;
    return parcels;
  }

  /** A lane is free again. */
  readonly #done = (): void => {
    this.#busy--;
    if (this.#waiting === 0) {
      if (this.#busy === 0) this.#onIdle();
    } else if (this.#due || this.#waiting >= this.#limits.batchMessages) this.start();
    else this.#timer ??= setTimeout(this.start, this.#limits.gatherMs);
  };
}

/** What one commit holds. */
interface Load {
  messages: AcceptedMessage[];
  events: AcceptedEvent[];
  ranges: CommittedRange[];
}

const sizeOf = ({ messages, events }: Parcel): number => messages.length + events.length;

/**
 * Gathers parcels for a few milliseconds and commits them together, one commit a lane at a time; level 3 leaves
 * first, then 2, then 1 (`H-8.2-b`). Senders that know level 3 have a lane of their own, so that none of them waits
 * for the commit of a flood (`H-7.3-0-1`). Nothing that entered is dropped: a parcel is settled by its commit or by
 * the failure of it, and how much may wait is held by the gate, which stops the reading of sockets.
 */
export class Batcher {
  readonly #urgent: Line;
  readonly #ordinary: Line;
  readonly #intake: Intake;
  readonly #gate: Gate;
  readonly #limits: GatewayLimits;
  readonly #clock: Clock;
  readonly #counters: GatewayCounters;
  #idle: (() => void) | undefined;

  constructor(intake: Intake, gate: Gate, limits: GatewayLimits, clock: Clock, counters: GatewayCounters) {
    this.#intake = intake;
    this.#gate = gate;
    this.#limits = limits;
    this.#clock = clock;
    this.#counters = counters;
    this.#urgent = new Line(limits, 1, (parcels) => this.#commit(parcels, true), this.#settled);
    this.#ordinary = new Line(limits, limits.lanes, (parcels) => this.#commit(parcels, false), this.#settled);
  }

  submit(parcel: Parcel): void {
    this.#gate.add(sizeOf(parcel), parcel.bytes);
    (parcel.urgent ? this.#urgent : this.#ordinary).push(parcel);
  }

  /** Resolves when nothing waits and no commit is under way. */
  drained(): Promise<void> {
    const lines = [this.#urgent, this.#ordinary];
    for (const line of lines) line.start();
    if (lines.every(({ idle }) => idle)) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idle = resolve;
    });
  }

  async #commit(parcels: Parcel[], urgent: boolean): Promise<void> {
    const load: Load = { messages: [], events: [], ranges: [] };
    const { messages, events, ranges } = load;
    let bytes = 0;
    for (const parcel of parcels) {
      for (const message of parcel.messages) messages.push(message);
      for (const event of parcel.events) events.push(event);
      if (parcel.range) ranges.push(parcel.range);
      bytes += parcel.bytes;
    }
    const failure = await this.#accept(load, urgent);
    if (failure === undefined) {
      this.#counters.batches++;
      this.#counters.messages += messages.length;
      this.#counters.events += events.length;
      for (const message of messages) this.#counters.points += message.keys.length;
    }
    for (const parcel of parcels) parcel.settle(failure);
    this.#gate.remove(messages.length + events.length, bytes);
  }

  readonly #settled = (): void => {
    if (!this.#urgent.idle || !this.#ordinary.idle) return;
    this.#idle?.();
    this.#idle = undefined;
  };

  async #accept({ messages, events, ranges }: Load, urgent: boolean): Promise<Error | undefined> {
    let pause = this.#limits.commitPauseMs;
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#intake.accept(messages, events, this.#clock.now().getTime() * 1000, ranges, urgent);
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
