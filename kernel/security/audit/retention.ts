import { problem } from '@keystead/contracts/problem';
import type { Clock } from '@keystead/kernel/base';
import { type Db, type Query, sql } from '@keystead/kernel/db';
import type { Anchors } from './anchors.ts';
import * as store from './store.ts';

/** The law's and the standards' least: six months. */
export const leastDays = 180;
/** Five years. */
export const standardDays = 1827;

export class RetentionTooShort extends problem('journal-retention-too-short', 422) {}

export async function readRetention(db: Db): Promise<number> {
  const [row] = await db.systemRead(store.readRetention);
  return row?.days ?? standardDays;
}

/** Sets it; the database refuses what `checkRetention` refuses. */
export const writeRetention = (days: number): Query<unknown> => store.keepFor(days);

/** Throws RetentionTooShort under 180 days; the database refuses it a second time (H-11.1-e-2). */
export function checkRetention(days: number): void {
  if (days < leastDays) throw new RetentionTooShort({ days, least: leastDays });
}

/**
 * Forgets whole sealed days older than the retention: up to the newest signed root whose lines are all that old. A
 * signed checkpoint is left first, so that the rest still verifies. Returns how many lines went.
 */
export async function pruneJournal({
  db,
  clock,
  anchors,
}: {
  db: Db;
  clock: Clock;
  anchors: Anchors;
}): Promise<number> {
  const days = await readRetention(db);
  const before = new Date(clock.now().getTime() - days * 86_400_000);
  const roots = anchors.read().signed.filter(({ kind, at }) => kind === 'root' && Date.parse(at) < before.getTime());
  const [extent] = await db.systemRead(store.readExtent);
  const root = roots.findLast(({ seq }) => seq >= (extent?.first ?? Number.POSITIVE_INFINITY));
  if (!root || root.seq >= (extent?.last ?? 0)) return 0;
  const [seal] = await db.systemRead(store.readSeal(root.seq));
  // A root that does not agree with the chain is evidence; nothing may be thrown away then.
  if (seal?.hash.toString('hex') !== root.hash) return 0;
  const [younger] = await db.systemRead(store.anyYounger(root.seq, before));
  if (younger?.found) return 0;
  anchors.sign('checkpoint', { seq: root.seq, hash: root.hash, at: clock.now().toISOString() });
  return db.systemTransaction(async (tx) => {
    await tx.run(sql`set local statement_timeout = 0`);
    return (await tx.all(store.pruneThrough(root.seq)))[0]?.gone ?? 0;
  });
}
