import type { Actor } from '@keystead/contracts/access';
import { EditConflict, problem } from '@keystead/contracts/problem';
import type { Clock } from '@keystead/kernel/base';
import { type Db, sql } from '@keystead/kernel/db';
import type { Audit } from '@keystead/kernel/security/audit';
import type { KeepingView } from './schemas.ts';

/** Business data is kept for five years at least (H-8.4-c). */
export class KeepingTooShort extends problem('telemetry-keeping-too-short', 422) {}

const leastYears = 5;
const slice = 5_000;

/** How long signals are kept, and the end of those kept long enough. */
export function createKeeping({ db, clock, audit }: { db: Db; clock: Clock; audit: Audit }) {
  const read = sql<KeepingView>`select years, version from telemetry.keeping`;

  async function get(): Promise<KeepingView> {
    const [kept] = await db.systemRead(read);
    return kept ?? { years: leastYears, version: 0 };
  }

  /** Throws KeepingTooShort, EditConflict. */
  async function set(actor: Actor, years: number, version?: number): Promise<KeepingView> {
    if (years < leastYears) throw new KeepingTooShort({ years, least: leastYears });
    return db.systemTransaction(async (tx) => {
      const before = await tx.maybe(sql<KeepingView>`select years, version from telemetry.keeping for update`);
      if (version !== undefined && before?.version !== version) throw new EditConflict({ version: before?.version });
      const after = await tx.one(
        sql<KeepingView>`update telemetry.keeping set years = ${years}, version = version + 1 returning years, version`,
        () => new EditConflict(),
      );
      await audit.add(tx, actor, {
        action: 'telemetry.keep',
        subject: 'telemetry:keeping',
        detail: { from: before?.years, to: years },
      });
      return after;
    });
  }

  /** Deletes chunks and events older than the years they are kept, by the clock; answers how many rows went. */
  async function expire(signal?: AbortSignal): Promise<{ chunks: number; events: number }> {
    const { years } = await get();
    const before = new Date(clock.now());
    before.setUTCFullYear(before.getUTCFullYear() - years);
    const bySlices = async (one: () => Promise<unknown[]>): Promise<number> => {
      let gone = 0;
      while (!signal?.aborted) {
        const { length } = await one();
        gone += length;
        if (length < slice) break;
      }
      return gone;
    };
    const chunks = await bySlices(() =>
      db.systemRead(sql`delete from telemetry.chunk where ctid = any(array(
        select ctid from telemetry.chunk where hour < ${before} limit ${slice})) returning 1`),
    );
    const events = await bySlices(() =>
      db.systemRead(sql`delete from telemetry.event where ctid = any(array(
        select ctid from telemetry.event where received < ${before} limit ${slice})) returning 1`),
    );
    return { chunks, events };
  }

  return { get, set, expire };
}
