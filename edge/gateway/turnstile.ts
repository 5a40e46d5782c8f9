import type { Gate } from './gate.ts';

/**
 * Lets a limited number of requests beside the telemetry path (attributes, calls, admissions) run at a time. Those
 * that wait count against the gate, so a flood of them stops the reading of sockets rather than growing a list.
 */
export class Turnstile {
  readonly #gate: Gate;
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(gate: Gate, most: number) {
    this.#gate = gate;
    this.#most = most;
  }

  async run<T>(bytes: number, task: () => Promise<T>): Promise<T> {
    this.#gate.add(1, bytes);
    try {
      if (this.#running >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
      else this.#running++;
      try {
        return await task();
      } finally {
        const next = this.#waiting.shift();
        if (next) next();
        else this.#running--;
      }
    } finally {
      this.#gate.remove(1, bytes);
    }
  }
}
