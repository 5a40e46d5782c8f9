import { newId } from '@keystead/contracts/ids';
import type { Clock, Log } from '@keystead/kernel/base';
import { type Db, sql, type Tx } from '@keystead/kernel/db';
import { parseCronItems, type Runner, run as runWorker, type TaskList } from 'graphile-worker';
import type { Job } from './job.ts';
import { quietLogger } from './logger.ts';

export interface Jobs {
  add<Payload>(job: Job<Payload>): void;
  /** Enqueued in the caller's transaction. Of several with one `key` waiting at once, the last stands. */
  enqueue<Payload>(
    tx: Tx,
    job: Job<Payload>,
    payload: Payload,
    options?: { key?: string; runAt?: Date },
  ): Promise<void>;
  /** Runs a job here and now, as the scheduler would: tests and tools. */
  runNow<Payload>(job: Job<Payload>, payload: Payload): Promise<void>;
  readonly known: readonly Job[];
}

export interface JobsOptions {
  db: Db;
  clock: Clock;
  log: Log;
}

export function createJobs({ db, clock, log }: JobsOptions) {
  const known: Job[] = [];
  let runner: Runner | undefined;

  async function perform(job: Job, payload: unknown, stopping?: AbortSignal): Promise<void> {
    const id = newId();
    const started = clock.now();
    const deadline = new Date(started.getTime() + job.timeout * 1000);
    await db.systemRead(
      sql`insert into kernel.job_run (id, name, started_at, deadline, state) values (${id}, ${job.name}, ${started}, ${deadline}, 'running')`,
    );
    const overlong = AbortSignal.timeout(job.timeout * 1000);
    const signal = stopping ? AbortSignal.any([overlong, stopping]) : overlong;
    const end = (state: string, error: string | null) =>
      db.systemRead(
        sql`update kernel.job_run set finished_at = ${clock.now()}, state = ${state}, error = ${error} where id = ${id}`,
      );
    try {
      await job.run(payload, { db, clock, log, signal });
      await end('done', null);
    } catch (cause) {
      await end(overlong.aborted ? 'overlong' : 'failed', cause instanceof Error ? cause.message : String(cause));
      throw cause;
    }
  }

  const find = (name: string): Job => {
    const found = known.find((each) => each.name === name);
    if (!found) throw new Error(`no job is named ${name}`);
    return found;
  };

  async function start(connectionString: string): Promise<void> {
    const taskList: TaskList = {};
    for (const job of known)
      taskList[job.name] = async (payload, helpers) => perform(job, payload, helpers.abortSignal);
    const cron = known.filter((job) => job.cron !== undefined);
    runner = await runWorker({
      connectionString,
      concurrency: 4,
      pollInterval: 1000,
      noHandleSignals: true,
      taskList,
      parsedCronItems: parseCronItems(
        cron.map((job) => ({ task: job.name, match: job.cron as string, options: { maxAttempts: job.attempts ?? 3 } })),
      ),
      logger: quietLogger(log),
    });
  }

  const timers: NodeJS.Timeout[] = [];

  // A key per interval job: several workers may tick, one run waits in the queue at most.
  function keepIntervals(): void {
    for (const job of known) {
      if (job.every === undefined) continue;
      const put = () =>
        void db
          .systemRead(sql`select kernel.enqueue(${job.name}, '{}', ${`every:${job.name}`}, null, ${job.attempts ?? 3})`)
          .catch((cause) => log.error({ err: cause, job: job.name }, 'interval job could not be enqueued'));
      timers.push(setInterval(put, job.every * 1000));
      put();
    }
  }

  return {
    known,
    add: <Payload>(job: Job<Payload>) => {
      if (known.some((each) => each.name === job.name)) throw new Error(`two jobs are named ${job.name}`);
      known.push(job as Job);
    },
    enqueue: async <Payload>(
      tx: Tx,
      job: Job<Payload>,
      payload: Payload,
      options: { key?: string; runAt?: Date } = {},
    ) => {
      find(job.name);
      await tx.run(
        sql`select kernel.enqueue(${job.name}, ${JSON.stringify(payload)}, ${options.key ?? null}, ${options.runAt ?? null}, ${job.attempts ?? 3})`,
      );
    },
    /** Runs here and now, recorded like any run. */
    runNow: <Payload>(job: Job<Payload>, payload: Payload) => perform(job as Job, payload),
    start: async (connectionString: string) => {
      await start(connectionString);
      keepIntervals();
    },
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      await runner?.stop();
    },
  };
}
