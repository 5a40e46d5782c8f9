import type { Db } from '@keystead/kernel/db';
import { type Job, job } from '@keystead/kernel/jobs';
import type { Context } from '../context.ts';
import type { Attempts } from '../credentials/attempts.ts';
import { announceEnded, journalEnded } from './ending.ts';
import { endExpired, forgetEnded } from './store.ts';

const keptDays = 90;

async function endSome(context: Context, db: Db): Promise<number> {
  return db.systemTransaction(async (tx) => {
    const ended = await tx.all(endExpired(context.clock.now()));
    for (const one of ended) {
      await announceEnded(context, tx, [one], one.reason);
      await journalEnded(context, tx, one, one.reason);
    }
    return ended.length;
  });
}

/** Ends sessions whose time is over, so that their sockets go too; requests are refused at once without it (H-11.1-b). */
export const expireJob = (context: Context): Job =>
  job({
    name: 'identity.expire-sessions',
    every: 30,
    timeout: 60,
    run: async (_payload, { db, signal }) => {
      while (!signal.aborted && (await endSome(context, db)) > 0);
    },
  });

export const sweepJob = (attempts: Attempts): Job =>
  job({
    name: 'identity.sweep',
    every: 3600,
    timeout: 300,
    run: async (_payload, { db, clock }) => {
      await db.systemRead(forgetEnded(new Date(clock.now().getTime() - keptDays * 86_400_000)));
      await attempts.sweep();
    },
  });
