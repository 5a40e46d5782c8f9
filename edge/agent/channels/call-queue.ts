import { DeviceSilent, Overloaded } from '@keystead/terminals/port';

interface Waiting {
  run(): Promise<unknown>;
  /** ms of the monotonic clock. */
  until: number;
  done(value: unknown): void;
  failed(cause: unknown): void;
}

const mostWaiting = 1_000;

/**
 * The calls to one channel: so many at a time as the line can carry, urgent ones before all that wait. A call whose
 * deadline passes while it waits is not made at all; one that never comes back does not hold its place for ever.
 */
export class CallQueue {
  readonly #atOnce: number;
  readonly #urgent: Waiting[] = [];
  readonly #ordinary: Waiting[] = [];
  #running = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** `deadline`: ms from now; `run` gets what is left of it. */
  call(deadline: number, urgent: boolean, run: (left: number) => Promise<unknown>): Promise<unknown> {
    if (this.#urgent.length + this.#ordinary.length >= mostWaiting) return Promise.reject(new Overloaded());
    const until = performance.now() + deadline;
    return new Promise((done, failed) => {
      const waiting = { run: () => run(Math.max(1, until - performance.now())), until, done, failed };
      (urgent ? this.#urgent : this.#ordinary).push(waiting);
      this.#next();
    });
  }

  #next(): void {
    while (this.#running < this.#atOnce) {
      const waiting = this.#urgent.shift() ?? this.#ordinary.shift();
      if (waiting === undefined) return;
      if (performance.now() >= waiting.until) {
        waiting.failed(new DeviceSilent({ detail: 'its deadline passed before the line was free' }));
        continue;
      }
      this.#running++;
      this.#run(waiting).then(waiting.done, waiting.failed);
    }
  }

  async #run({ run, until }: Waiting): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      // The channel keeps its own deadline; this one is for a channel that does not.
      timer = setTimeout(() => reject(new DeviceSilent({ detail: 'no answer' })), until - performance.now() + 500);
    });
    try {
      return await Promise.race([run(), late]);
    } finally {
      clearTimeout(timer);
      this.#running--;
      this.#next();
    }
  }
}
