import type { Clock, Log } from '@keystead/kernel/base';
import type { Db } from '@keystead/kernel/db';

export interface JobContext {
  db: Db;
  clock: Clock;
  log: Log;
  /** Aborted when the job is overlong or the process stops. */
  signal: AbortSignal;
}

/** Background work, its options beside it. `run` must be safe to repeat. */
export interface Job<Payload = unknown> {
  /** `module.verb`. */
  name: string;
  /** Seconds between runs, or a cron line in UTC; without either it runs only when enqueued. */
  every?: number;
  cron?: string;
  /** Seconds it may take; longer is an alarm and an abort. */
  timeout: number;
  /** Tries in all before it counts as failed. */
  attempts?: number;
  run(payload: Payload, context: JobContext): Promise<void>;
}

export const job = <Payload = unknown>(spec: Job<Payload>): Job<Payload> => spec;
