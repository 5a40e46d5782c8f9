import type { Clock } from '@keystead/kernel/base';
import { type Db, sql, type Tx } from '@keystead/kernel/db';
import type { Anchor, Anchors } from './anchors.ts';
import { chainHash, genesis } from './chain.ts';
import * as store from './store.ts';

export interface SealerOptions {
  db: Db;
  clock: Clock;
  anchors: Anchors;
}

const batch = 2000;

/**
 * Puts committed lines into the chain in their order and notes its end outside the database. Safe to run in several
 * processes: one of them gets the lock. The anchor is written after the commit, so the file never knows more than the
 * database; after a crash in between the next round makes up for it.
 */
export function createSealer({ db, clock, anchors }: SealerOptions) {
  let known: Anchor | undefined;
  let rootDay: string | undefined;

  function recall(): void {
    const { anchors: all, signed } = anchors.read();
    known = all.at(-1);
    rootDay = signed.filter(({ kind }) => kind === 'root').at(-1)?.day;
  }

  /** The day of the last anchor is over, and its root is not signed. */
  function rootDue(now: Date): boolean {
    const day = known?.at.slice(0, 10);
    return day !== undefined && day < now.toISOString().slice(0, 10) && (rootDay === undefined || rootDay < day);
  }

  function closeDay(now: Date): void {
    if (!known || !rootDue(now)) return;
    rootDay = anchors.sign('root', known).day;
    anchors.compact(now);
  }

  function anchor(head: store.Head | undefined): void {
    if (!head || head.seq === known?.seq) return;
    known = { seq: head.seq, hash: head.hash.toString('hex'), at: clock.now().toISOString() };
    anchors.add(known);
  }

  async function chainOn(
    tx: Tx,
    head: store.Head | undefined,
  ): Promise<{ head: store.Head | undefined; sealed: number }> {
    const lines = await tx.all(store.readUnsealed(batch));
    if (lines.length === 0) return { head, sealed: 0 };
    let hash = head?.hash ?? genesis;
    const hashes = lines.map((line) => {
      hash = chainHash(hash, line);
      return hash;
    });
    const first = (head?.seq ?? 0) + 1;
    const ids = lines.map(({ id }) => id);
    await tx.run(store.appendChain(first, ids, hashes, clock.now()));
    return { head: { seq: first + lines.length - 1, hash }, sealed: lines.length };
  }

  async function round(): Promise<number> {
    const done = await db.systemTransaction(async (tx) => {
      const [lock] = await tx.all(store.takeSealerLock);
      return lock?.mine ? chainOn(tx, await store.readHead(tx)) : undefined;
    });
    if (!done) return 0;
    closeDay(clock.now());
    anchor(done.head);
    return done.sealed;
  }

  return {
    /** Seals all that waits; returns how many lines. */
    seal: async (): Promise<number> => {
      if (!known) recall();
      let sealed = 0;
      for (let n = await round(); n > 0; n = await round()) sealed += n;
      return sealed;
    },
    /** Is there anything to do? One cheap question instead of a transaction. */
    waiting: async (): Promise<boolean> => {
      const [row] = await db.systemRead(sql<{ found: boolean }>`select exists (select 1 from audit.unsealed) as found`);
      return row?.found === true || known === undefined || rootDue(clock.now());
    },
    /** After a restore: the chain goes on from the end the database has now, and the loss is on record. */
    noteRestore: async (): Promise<void> => {
      const head = await db.systemTransaction(store.readHead);
      if (!head) return;
      known = { seq: head.seq, hash: head.hash.toString('hex'), at: clock.now().toISOString() };
      anchors.sign('restored', known);
      anchors.add(known);
    },
  };
}

export type Sealer = ReturnType<typeof createSealer>;
