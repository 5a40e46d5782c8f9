import type { GatewayCounters } from './counters.ts';
import type { GatewayLimits } from './limits.ts';

/** Somebody who is not read while the gate is shut. */
export interface Waiter {
  /** Its model knows level 3: it may use the reserve, and goes first when the gate opens. */
  readonly urgent: boolean;
  /** Read again. May fill the gate at once. */
  resume(): void;
}

/**
 * How much may wait for a commit. Past the high mark nobody is read any more; below half of it the waiting are let
 * in, urgent ones first, one by one, as long as there is room. TCP then slows the senders down: memory stays bounded
 * and nothing is thrown away.
 */
export class Gate {
  readonly #limits: GatewayLimits;
  readonly #counters: GatewayCounters;
  readonly #urgent = new Set<Waiter>();
  readonly #ordinary = new Set<Waiter>();
  #messages = 0;
  #bytes = 0;
  #letting = false;
  #shut = false;

  constructor(limits: GatewayLimits, counters: GatewayCounters) {
    this.#limits = limits;
    this.#counters = counters;
  }

  get messages(): number {
    return this.#messages;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get paused(): number {
    return this.#urgent.size + this.#ordinary.size;
  }

  open(urgent: boolean): boolean {
    return !this.#shut && this.#below(urgent ? this.#limits.urgentReserve : 1);
  }

  /** For good: nobody is read any more. */
  shut(): void {
    this.#shut = true;
  }

  /** Calls `resume` once, when there is room again. */
  wait(waiter: Waiter): void {
    const set = waiter.urgent ? this.#urgent : this.#ordinary;
    if (set.has(waiter)) return;
    set.add(waiter);
    this.#counters.pauses++;
  }

  leave(waiter: Waiter): void {
    this.#urgent.delete(waiter);
    this.#ordinary.delete(waiter);
  }

  add(messages: number, bytes: number): void {
    this.#messages += messages;
    this.#bytes += bytes;
  }

  remove(messages: number, bytes: number): void {
    this.#messages -= messages;
    this.#bytes -= bytes;
    if (this.#letting) return;
    this.#letting = true;
    if (this.#below(this.#limits.urgentReserve / 2)) this.#let(this.#urgent, true);
    if (this.#below(0.5)) this.#let(this.#ordinary, false);
    this.#letting = false;
  }

  #below(share: number): boolean {
    return this.#messages < this.#limits.queueMessages * share && this.#bytes < this.#limits.queueBytes * share;
  }

  #let(waiting: Set<Waiter>, urgent: boolean): void {
    // A resumed waiter may come back at once: only those who stand here now get their turn.
    let turns = waiting.size;
    for (const waiter of waiting) {
      if (turns-- === 0 || !this.open(urgent)) return;
      waiting.delete(waiter);
      waiter.resume();
    }
  }
}
