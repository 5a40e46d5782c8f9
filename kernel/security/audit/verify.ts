import type { Clock } from '@keystead/kernel/base';
import { type Db, sql, type Tx } from '@keystead/kernel/db';
import type { Anchored, Anchors, SignedAnchor } from './anchors.ts';
import { chainHash, genesis, type SealedLine } from './chain.ts';
import { faultList, type Report } from './report.ts';
import * as store from './store.ts';

export interface VerifyOptions {
  db: Db;
  clock: Clock;
  anchors: Anchors;
  onProgress?: (done: number, total: number) => Promise<void> | void;
  signal?: AbortSignal;
}

type Faults = ReturnType<typeof faultList>;
type Expected = Map<number, Set<string>>;

const batch = 2000;

/** Anchors that still bind: those given up by a recorded restore are out. */
function binding({ anchors, signed }: Anchored): { seq: number; hash: string; root: boolean }[] {
  const restores = signed.filter(({ kind }) => kind === 'restored');
  const holds = ({ seq, at }: { seq: number; at: string }) =>
    !restores.some((restore) => seq > restore.seq && Date.parse(at) <= Date.parse(restore.at));
  return [
    ...anchors.filter(holds).map(({ seq, hash }) => ({ seq, hash, root: false })),
    ...signed.filter(holds).map(({ seq, hash }) => ({ seq, hash, root: true })),
  ];
}

/** Where the chain begins, by a signed checkpoint when lines before it were pruned. */
function beginning(
  first: number,
  signed: readonly SignedAnchor[],
): { before: Buffer; checkpoint?: SignedAnchor } | undefined {
  if (first === 1) return { before: genesis };
  const checkpoint = signed.find(({ kind, seq }) => kind === 'checkpoint' && seq === first - 1);
  return checkpoint && { before: Buffer.from(checkpoint.hash, 'hex'), checkpoint };
}

async function walk(
  tx: Tx,
  options: VerifyOptions,
  extent: { first: number; last: number; count: number },
  before: Buffer | undefined,
  faults: Faults,
  seen: (seq: number, hash: string) => void,
): Promise<number> {
  let hash = before;
  let next = extent.first;
  let lines = 0;
  for (let after = extent.first - 1; ; ) {
    options.signal?.throwIfAborted();
    const links = await tx.all(store.readLinks(after, batch));
    for (const link of links) {
      if (link.seq !== next) faults.add({ kind: 'order-broken', seq: next });
      else if (link.id === null) faults.add({ kind: 'line-missing', seq: link.seq, at: link.line });
      else if (hash && !chainHash(hash, link as SealedLine).equals(link.hash))
        faults.add({ kind: 'line-changed', seq: link.seq, at: link.line });
      // Each line is held against the hash stored before it, so that one change is told as one.
      hash = link.hash;
      next = link.seq + 1;
      seen(link.seq, link.hash.toString('hex'));
    }
    lines += links.length;
    const last = links.at(-1);
    if (!last) return lines;
    after = last.seq;
    await options.onProgress?.(lines, extent.count);
  }
}

/**
 * Reads the whole chain once, in one view of the database, and holds it against the anchors outside (H-11.1-e-3). Finds a
 * changed byte, a line that is gone, moved or smuggled in, a beginning or an end cut off, and a chain written anew.
 */
export async function verifyJournal(options: VerifyOptions): Promise<Report> {
  const started = performance.now();
  // Read before the view of the database opens: what is anchored by now must be in it.
  const outside = options.anchors.read();
  const expected: Expected = new Map();
  const bound = binding(outside);
  for (const { seq, hash } of bound) expected.set(seq, (expected.get(seq) ?? new Set()).add(hash));
  const faults = faultList();
  for (const at of outside.broken) faults.add({ kind: 'anchor-unreadable', at });

  return options.db.systemTransaction(async (tx) => {
    await tx.run(sql`set transaction isolation level repeatable read, read only`);
    const [extent] = await tx.all(store.readExtent);
    const first = extent?.first ?? null;
    const last = extent?.last ?? null;
    const begun = first === null ? undefined : beginning(first, outside.signed);
    const agreed = new Set<number>();
    let lines = 0;
    if (extent && first !== null && last !== null) {
      if (!begun) faults.add({ kind: 'beginning-missing', seq: first - 1 });
      lines = await walk(tx, options, { first, last, count: extent.count }, begun?.before, faults, (seq, hash) => {
        const hashes = expected.get(seq);
        if (!hashes) return;
        if (hashes.size === 1 && hashes.has(hash)) agreed.add(seq);
        else faults.add({ kind: 'anchor-differs', seq });
      });
      if (bound.length === 0) faults.add({ kind: 'anchors-missing' });
    }
    const end = Math.max(0, ...[...expected.keys()].filter((seq) => seq > (last ?? 0)));
    if (end > 0) faults.add({ kind: 'end-missing', seq: end });
    for (const { id } of await tx.all(store.readStrays(50))) faults.add({ kind: 'line-unknown', at: id });
    const [waiting] = await tx.all(store.readWaiting);
    if (waiting && waiting.gone > 0) faults.add({ kind: 'line-missing', at: `${waiting.gone} not yet sealed` });
    return {
      ok: faults.count === 0,
      lines,
      first,
      last,
      unsealed: waiting?.count ?? 0,
      unsealedSince: waiting?.oldest?.toISOString() ?? null,
      anchorsAgreed: bound.filter(({ seq, root }) => !root && agreed.has(seq)).length,
      rootsAgreed: bound.filter(({ seq, root }) => root && agreed.has(seq)).length,
      restores: outside.signed.filter(({ kind }) => kind === 'restored').map(({ at, seq }) => ({ at, through: seq })),
      pruned: begun?.checkpoint ? { through: begun.checkpoint.seq, on: begun.checkpoint.day } : null,
      faults: faults.faults,
      faultCount: faults.count,
      seconds: Math.round(performance.now() - started) / 1000,
    };
  });
}
