import { Worker } from 'node:worker_threads';
import { Overloaded } from '@keystead/contracts/problem';
import type { ScriptLimits } from './limits.ts';
import type { Job, RunResult } from './sandbox.ts';

interface Waiting {
  job: Job;
  /** Times a thread ended while it ran. */
  ends: number;
  done(result: RunResult): void;
  failed(cause: unknown): void;
}

/** Jobs sent ahead, so that the thread need not wait for us between two. */
const ahead = 8;
const mostEnds = 2;

/**
 * One thread that runs scripts, with a watch: where the engine's own limit does not bite, the thread is ended and what
 * waits is given to a new one (a run leaves nothing behind, so a second one is harmless); a job at whose run two threads
 * ended counts as cut. At most `limits.waiting` jobs; `Overloaded` beyond.
 */
export class ScriptThread {
  readonly #limits: ScriptLimits;
  readonly #queue: Waiting[] = [];
  #worker: Worker | undefined;
  #ready = false;
  #sent = 0;
  #watch: NodeJS.Timeout | undefined;
  #closed = false;
  /** Times a thread had to be ended. */
  ended = 0;

  constructor(limits: ScriptLimits) {
    this.#limits = limits;
  }

  run(job: Job): Promise<RunResult> {
    if (this.#closed || this.#queue.length >= this.#limits.waiting) return Promise.reject(new Overloaded());
    return new Promise((done, failed) => {
      this.#queue.push({ job, ends: 0, done, failed });
      this.#feed();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#watch);
    for (const { failed } of this.#queue.splice(0)) failed(new Overloaded());
    await this.#worker?.terminate();
  }

  #feed(): void {
    const worker = this.#worker ?? this.#start();
    this.#worker = worker;
    if (!this.#ready) return;
    if (this.#sent === 0 && this.#queue.length > 0) this.#guard();
    while (this.#sent < ahead) {
      const next = this.#queue[this.#sent];
      if (!next) return;
      worker.postMessage(next.job);
      this.#sent++;
    }
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: this.#limits,
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16 },
    });
    // It must not keep the process alive; what waits for it has a timer that does.
    worker.unref();
    worker.on('message', (said: RunResult | 'ready') => {
      if (worker !== this.#worker) return;
      if (said === 'ready') this.#ready = true;
      else this.#finish(said);
      this.#feed();
    });
    worker.on('error', (cause) => this.#lost(worker, `the thread ended: ${cause.message}`));
    worker.on('exit', () => this.#lost(worker, 'the thread ended'));
    // Starting takes a while on a busy machine; the watch over the first job begins when it is there.
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#lost(worker, 'the thread did not start'), 30_000);
    return worker;
  }

  #finish(result: RunResult): void {
    clearTimeout(this.#watch);
    this.#sent--;
    this.#queue.shift()?.done(result);
    if (this.#sent > 0) this.#guard();
  }

  #guard(): void {
    clearTimeout(this.#watch);
    const worker = this.#worker;
    this.#watch = setTimeout(() => worker && this.#lost(worker, 'it did not end in time'), this.#limits.hard);
  }

  #lost(worker: Worker, text: string): void {
    if (worker !== this.#worker) return;
    clearTimeout(this.#watch);
    this.#worker = undefined;
    this.#ready = false;
    this.#sent = 0;
    this.ended++;
    worker.terminate().catch(() => undefined);
    if (this.#closed) return;
    const head = this.#queue[0];
    // Once may be the fault of a machine that had no time for the thread; twice is the script's.
    if (head && ++head.ends === mostEnds) this.#queue.shift()?.done({ ok: false, why: 'cut', text });
    if (this.#queue.length > 0) this.#feed();
  }
}
