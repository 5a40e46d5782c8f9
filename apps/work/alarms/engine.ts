import type { AcceptedBatch } from '@keystead/contracts/telemetry';
import type { LatestPoint } from '@keystead/data/telemetry';
import type { ThingRef } from '@keystead/data/things';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import {
  type Found,
  Gathered,
  shown,
  takeEvent,
  takeMessage,
  takeOnline,
  takeResolved,
  takeWake,
} from './evaluation.ts';
import { silence } from './incident.ts';
import type { Raising } from './raising.ts';
import type { RuleBook } from './rule-book.ts';
import { readStates, waitingThings, writeStates } from './state-store.ts';
import { type Tracked, track } from './tracked.ts';

export interface EngineParts extends Pick<Kernel, 'db' | 'clock' | 'log'> {
  book: RuleBook;
  raising: Raising;
  things: { refs(numbers: readonly number[]): Promise<Map<number, ThingRef>> };
  latest(numbers: readonly number[]): Promise<Map<number, Map<number, LatestPoint>>>;
  saveMark(tx: Tx, gateway: number, batch: number): Promise<void>;
}

/** Messages may come a little late; times of rules that need no message run out this much after their moment. */
const lateness = 1_000_000; // µs
/** Triggers that notice that nothing is said. */
const silent: ReadonlySet<string> = new Set(['offline', 'missing']);
const checkpointEvery = 1000; // ms

/**
 * Evaluates every committed batch once. What rules remember, the alarms they raise and the mark of the stream are
 * stored in one transaction, so that a restart goes on exactly where the stored state stands.
 */
export class AlarmEngine {
  readonly #parts: EngineParts;
  readonly #things = new Map<number, Tracked>();
  readonly #gathered = new Gathered();
  readonly #marks = new Map<number, number>();
  #checkpointed = 0;
  /** The rules that the things known here are bound to. */
  #revision = 0;
  #turn: Promise<unknown> = Promise.resolve();
  /** The batch that was evaluated but could not be stored: stored at the next try, not evaluated again. */
  #unstored: { gateway: number; batch: number } | undefined;

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  /** Loads the rules, and the things whose timers were running when we stopped. */
  async start(): Promise<void> {
    await this.#parts.book.refresh();
    await this.#know(await waitingThings(this.#parts.db));
  }

  /** One after the other: a batch, a timer and a change of connection never interleave. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#turn.then(work, work);
    this.#turn = run.catch(() => {});
    return run;
  }

  take(batch: AcceptedBatch): Promise<void> {
    return this.#inTurn(async () => {
      const again = this.#unstored;
      if (again?.gateway !== batch.gateway || again.batch !== batch.batch) {
        const numbers = new Set<number>();
        for (const message of batch.messages) numbers.add(message.thing);
        for (const event of batch.events) numbers.add(event.thing);
        await this.#know([...numbers], batch.received);
        for (const message of batch.messages) {
          const tracked = this.#things.get(message.thing);
          if (tracked) takeMessage(tracked, message, this.#gathered);
        }
        for (const event of batch.events) {
          const tracked = this.#things.get(event.thing);
          if (tracked) takeEvent(tracked, event, this.#gathered);
        }
      }
      this.#unstored = { gateway: batch.gateway, batch: batch.batch };
      this.#marks.set(batch.gateway, batch.batch);
      if (this.#gathered.found.length > 0 || performance.now() - this.#checkpointed > checkpointEvery)
        await this.#store();
      this.#unstored = undefined;
    });
  }

  /** Timers; called a few times a second. */
  tick(): Promise<void> {
    return this.#inTurn(async () => {
      const due = this.#parts.clock.now().getTime() * 1000 - lateness;
      for (const tracked of this.#things.values()) takeWake(tracked, due, this.#gathered);
      if (
        this.#gathered.found.length > 0 ||
        (this.#gathered.dirty.size + this.#marks.size > 0 && performance.now() - this.#checkpointed > checkpointEvery)
      )
        await this.#store();
    });
  }

  /** A thing went offline or came back. */
  online(thing: number, state: 'online' | 'offline', time: number): Promise<void> {
    return this.#inTurn(async () => {
      await this.#know([thing]);
      const tracked = this.#things.get(thing);
      if (!tracked) return;
      takeOnline(tracked, state, time, this.#gathered);
      await this.#store();
    });
  }

  /** A person resolved an alarm; what that ends is ended (see `takeResolved`). */
  resolved(thing: number, rule: string): Promise<void> {
    return this.#inTurn(async () => {
      await this.#know([thing]);
      const tracked = this.#things.get(thing);
      if (!tracked) return;
      takeResolved(tracked, rule, this.#parts.clock.now().getTime() * 1000, this.#gathered);
      await this.#store();
    });
  }

  /** Rules or things changed: what is known of them is looked up again, what was remembered stays. */
  async refresh(): Promise<void> {
    await this.#parts.book.refresh();
    if (this.#revision !== this.#parts.book.revision) await this.#inTurn(() => this.#rebind());
  }

  forget(thing: number): Promise<void> {
    return this.#inTurn(async () => {
      await this.#store();
      this.#things.delete(thing);
    });
  }

  stop(): Promise<void> {
    return this.#inTurn(() => this.#store());
  }

  async #rebind(): Promise<void> {
    await this.#store();
    const { book } = this.#parts;
    this.#revision = book.revision;
    for (const [number, tracked] of this.#things) {
      const kept = tracked.bound.flatMap(({ rule, state, wakeAt }) =>
        state ? [{ rule: rule.definition.id, thing: number, state, wakeAt }] : [],
      );
      this.#things.set(number, track(tracked.ref, book.rulesFor(tracked.ref), kept, book.revision, tracked.readings));
    }
  }

  /**
   * Looks up things not met before, with what was known of them before `received` (µs): the batch at hand is committed
   * already, and a value taken over from the table would be no news when its message is evaluated.
   */
  async #know(numbers: readonly number[], received = Number.POSITIVE_INFINITY): Promise<void> {
    const unknown = numbers.filter((number) => !this.#things.has(number));
    if (unknown.length === 0) return;
    const { db, things, latest, book } = this.#parts;
    const [refs, states, points] = await Promise.all([things.refs(unknown), readStates(db, unknown), latest(unknown)]);
    const byThing = Map.groupBy(states, (state) => state.thing);
    for (const [number, ref] of refs) {
      const tracked = track(ref, book.rulesFor(ref), byThing.get(number) ?? [], book.revision);
      for (const [key, point] of points.get(number) ?? []) {
        if (point.received >= received) continue;
        const { time, value, text } = point;
        tracked.readings.apply({
          time,
          keys: [key],
          values: [value],
          ...(text === undefined ? {} : { texts: { [key]: text } }),
        });
      }
      this.#things.set(number, tracked);
    }
  }

  async #store(): Promise<void> {
    const { found, dirty } = this.#gathered;
    await this.#parts.db.systemTransaction(async (tx) => {
      for (const each of found) await this.#tell(tx, each);
      const states = [...dirty].map(([bound, tracked]) => ({
        rule: bound.rule.definition.id,
        thing: tracked.ref.number,
        state: bound.state,
        wakeAt: bound.wakeAt,
      }));
      await writeStates(tx, states);
      for (const [gateway, batch] of this.#marks) await this.#parts.saveMark(tx, gateway, batch);
    });
    this.#gathered.clear();
    this.#marks.clear();
    this.#checkpointed = performance.now();
  }

  async #tell(tx: Tx, { tracked, bound, finding }: Found): Promise<void> {
    const { ref } = tracked;
    const { definition } = bound.rule;
    const subject = { kind: 'thing', id: ref.id, code: ref.code, name: ref.name };
    const common = {
      organisation: ref.organisation,
      rule: definition.id,
      subject,
      eventTime: new Date(finding.time / 1000),
      readings: shown(finding.values),
    };
    if (finding.kind === 'cleared') await this.#parts.raising.clear(tx, common);
    else
      await this.#parts.raising.raise(tx, {
        ...common,
        place: ref.place,
        title: definition.name,
        symptom: silent.has(bound.rule.kind) ? silence : this.#parts.book.symptomOf(definition.id),
        severity: finding.severity,
        transferLevel: bound.transferLevel,
        evaluated: true,
      });
  }
}
