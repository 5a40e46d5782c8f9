import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { deviceMisbehaved } from '@keystead/contracts/events/things';
import type { Clock, Log } from '@keystead/kernel/base';
import type { Outbox } from '@keystead/kernel/bus';
import type { Db } from '@keystead/kernel/db';
import type { Audit } from '@keystead/kernel/security/audit';
import type { Directory } from './directory.ts';
import type { Operator } from './operator.ts';
import type { ThingRef } from './thing.ts';

/** A security finding about a device (H-11.2-g-3). */
export interface Misbehaviour {
  kind: 'topic-forbidden' | 'clone' | 'revoked' | 'unlisted' | 'garbage';
  thing?: number;
  code?: string;
  peer: string;
  detail: string;
}

/** The refusal each finding goes with: one word for one fault, in the alarm as in the list of refusals. */
const problems: Record<Misbehaviour['kind'], string> = {
  'topic-forbidden': 'topic-forbidden',
  clone: 'credential-cloned',
  revoked: 'credential-revoked',
  unlisted: 'device-not-listed',
  garbage: 'payload-malformed',
};

interface Gathered extends Misbehaviour {
  count: number;
}

/** Who did it: the device itself, as far as it is known; else the gateway tells of a stranger. */
const actorOf = (ref: ThingRef | undefined, organisation: OrganisationId): Actor =>
  ref
    ? { kind: 'device', id: ref.id, name: ref.code, scope: { organisation, subtrees: [] }, permissions: new Set() }
    : systemActor('gateway', organisation);

const gatherMs = 1000;
const gatheredMost = 5_000;

/**
 * Findings become an event and a journal line. The first of a kind about one sender goes at once; what follows within
 * a second is counted and told as one.
 */
export function createMisbehaviour(deps: {
  db: Db;
  clock: Clock;
  log: Log;
  outbox: Outbox;
  audit: Audit;
  directory: Directory;
  operator: Operator;
}) {
  const { db, clock, log, outbox, audit, directory, operator } = deps;
  const told = new Map<string, number>();
  const gathered = new Map<string, Gathered>();
  let work: Promise<void> = Promise.resolve();

  async function write(found: Gathered, ref: ThingRef | undefined, organisation: OrganisationId): Promise<void> {
    const place = ref?.place ?? '';
    const code = ref?.code ?? found.code ?? found.peer;
    const problem = problems[found.kind];
    const detail = found.count > 1 ? `${found.detail} (×${found.count})` : found.detail;
    await db.systemTransaction(async (tx) => {
      await outbox.add(
        tx,
        deviceMisbehaved,
        { organisation, place },
        { id: ref?.id ?? null, code, problem, detail: detail.slice(0, 500) },
      );
      await audit.add(
        tx,
        { ...actorOf(ref, organisation), from: found.peer },
        {
          action: 'thing.misbehaved',
          subject: ref ? `thing:${ref.id}` : `peer:${found.peer}`,
          kind: 'device',
          outcome: 'refused',
          place,
          detail: { number: code, problem, detail: detail.slice(0, 500), count: found.count },
        },
      );
    });
  }

  async function tell(key: string): Promise<void> {
    const found = gathered.get(key);
    gathered.delete(key);
    if (!found) return;
    try {
      const ref = found.thing === undefined ? undefined : (await directory.byNumbers([found.thing])).get(found.thing);
      const organisation = ref?.organisation ?? (await operator.find());
      if (organisation !== undefined) await write(found, ref, organisation);
    } catch (cause) {
      log.error({ err: cause, kind: found.kind, thing: found.thing }, 'a misbehaving device could not be recorded');
    }
  }

  function report(found: Misbehaviour): void {
    const key = `${found.kind} ${found.thing ?? found.peer}`;
    const before = gathered.get(key);
    if (before) {
      before.count++;
      before.detail = found.detail;
      return;
    }
    if (gathered.size >= gatheredMost) return;
    gathered.set(key, { ...found, count: 1 });
    const now = clock.now().getTime();
    const wait = (told.get(key) ?? -Infinity) + gatherMs - now;
    if (told.size > gatheredMost) told.clear();
    told.set(key, Math.max(now, now + Math.max(0, wait)));
    if (wait > 0) setTimeout(() => void settle(key), Math.min(wait, gatherMs)).unref();
    else void settle(key);
  }

  const settle = (key: string): Promise<void> => {
    work = work.then(() => tell(key));
    return work;
  };

  return {
    report,
    /** Writes everything gathered now. */
    settled: async (): Promise<void> => {
      for (const key of [...gathered.keys()]) void settle(key);
      await work;
    },
  };
}
