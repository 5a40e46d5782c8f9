import { problem } from '@keystead/contracts/problem';
import type { Clock } from '@keystead/kernel/base';
import { type Db, sql } from '@keystead/kernel/db';

/** Too many failed attempts by this name or address; the same whether the name exists. `retryAfter` in seconds. */
export class SignInBlocked extends problem('sign-in-blocked', 429) {}

/** Failures before the first pause, by what is counted. */
const free = { name: 5, address: 30, factor: 5 } as const;
export type Counted = keyof typeof free;

const firstPause = 15;
const longestPause = 3600;
/** Failures older than this are forgotten. */
const memory = 24 * 3600_000;

/** Seconds to wait after the n-th failure in a row: nothing at first, then doubling to an hour. */
export function pauseAfter(counted: Counted, failures: number): number {
  const beyond = failures - free[counted];
  return beyond < 0 ? 0 : Math.min(firstPause * 2 ** beyond, longestPause);
}

interface Row {
  failures: number;
  blocked: Date | null;
}

/**
 * Counts attempts in the database, so that a restart or a second process forgets nothing. An attempt is counted before it
 * is tried and taken back when it succeeds: a thousand guesses at once are a thousand failures.
 */
export function createAttempts(db: Db, clock: Clock) {
  async function count(counted: Counted, subject: string): Promise<void> {
    const now = clock.now();
    const key = `${counted}:${subject.toLowerCase().slice(0, 100)}`;
    const [row] = await db.systemRead(sql<Row>`
      insert into identity.attempt as a (subject, failures, last_at) values (${key}, 1, ${now})
      on conflict (subject) do update set
        failures = case when a.last_at < ${new Date(now.getTime() - memory)} then 1
          when a.blocked_until > ${now} then a.failures else a.failures + 1 end,
        last_at = case when a.blocked_until > ${now} then a.last_at else ${now} end
      returning failures, (select b.blocked_until from identity.attempt b where b.subject = ${key}) as blocked`);
    if (row?.blocked && row.blocked > now)
      throw new SignInBlocked({ retryAfter: Math.ceil((row.blocked.getTime() - now.getTime()) / 1000) });
    const pause = pauseAfter(counted, row?.failures ?? 1);
    if (pause > 0)
      await db.systemRead(
        sql`update identity.attempt set blocked_until = ${new Date(now.getTime() + pause * 1000)} where subject = ${key}`,
      );
  }

  return {
    /** Throws SignInBlocked while a pause lasts. */
    count,
    forget: async (counted: Counted, subject: string): Promise<void> => {
      await db.systemRead(
        sql`delete from identity.attempt where subject = ${`${counted}:${subject.toLowerCase().slice(0, 100)}`}`,
      );
    },
    /** An attempt that succeeded is taken back; the address keeps its other failures. */
    takeBack: async (counted: Counted, subject: string): Promise<void> => {
      await db.systemRead(sql`update identity.attempt set failures = greatest(failures - 1, 0), blocked_until = null
        where subject = ${`${counted}:${subject.toLowerCase().slice(0, 100)}`}`);
    },
    sweep: async (): Promise<void> => {
      await db.systemRead(
        sql`delete from identity.attempt where last_at < ${new Date(clock.now().getTime() - memory)}`,
      );
    },
  };
}

export type Attempts = ReturnType<typeof createAttempts>;
