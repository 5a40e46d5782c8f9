import { systemActor } from '@keystead/contracts/access';
import type { Clock, Log } from '@keystead/kernel/base';
import type { Db } from '@keystead/kernel/db';
import { type Job, job } from '@keystead/kernel/jobs';
import { type Anchors, type Audit, pruneJournal, type Sealer } from '@keystead/kernel/security/audit';
import type { createVerifications } from './verification.ts';

export interface Keeper {
  db: Db;
  clock: Clock;
  log: Log;
  audit: Audit;
  anchors: () => Anchors;
  sealer: () => Sealer;
  /** Who operates the installation; undefined before the first organisation exists. */
  home: () => Promise<string | undefined>;
}

const sealPause = 500; // ms: a committed line is sealed within a second

/** Seals what was committed, for as long as this process lives. Returns how to stop; the last lines are sealed then. */
export function keepSealing({ sealer, log }: Keeper): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let failing = false;

  async function look(): Promise<void> {
    try {
      if (await sealer().waiting()) await sealer().seal();
      failing = false;
    } catch (cause) {
      if (!failing) log.error({ err: cause }, 'the journal could not be sealed; trying again');
      failing = true;
    }
    if (!stopped) timer = setTimeout(begin, sealPause);
  }
  function begin(): void {
    running = look();
  }
  begin();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
    await sealer().seal();
  };
}

/** Forgets lines past their retention (H-11.1-e-2). The line about it is sealed first, so that the end is young. */
export const pruneJob = ({ db, clock, audit, anchors, sealer, home }: Keeper): Job =>
  job({
    name: 'journal.prune',
    cron: '20 19 * * *',
    timeout: 3600,
    run: async () => {
      const organisation = await home();
      if (organisation === undefined) return;
      const actor = systemActor('journal', organisation);
      await db.systemTransaction((tx) => audit.add(tx, actor, { action: 'journal.prune', subject: 'journal' }));
      await sealer().seal();
      const gone = await pruneJournal({ db, clock, anchors: anchors() });
      if (gone === 0) return;
      await db.systemTransaction((tx) =>
        audit.add(tx, actor, { action: 'journal.pruned', subject: 'journal', detail: { lines: gone } }),
      );
    },
  });

export const verifyJob = (verifications: ReturnType<typeof createVerifications>, { home }: Keeper): Job =>
  job({
    name: 'journal.verify',
    cron: '40 19 * * *',
    timeout: 3600,
    attempts: 1,
    run: async () => {
      const organisation = await home();
      if (organisation !== undefined) await verifications.nightly(organisation);
    },
  });
