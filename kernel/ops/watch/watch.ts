import type { OrganisationId } from '@keystead/contracts/access';
import { systemTroubled } from '@keystead/contracts/events/system';
import type { Clock, Log } from '@keystead/kernel/base';
import type { Outbox } from '@keystead/kernel/bus';
import { type Db, sql, type Tx } from '@keystead/kernel/db';
import { type Condition, judge, type Limit, type Look } from './judge.ts';
import type { Limits } from './limits.ts';
import type { Probe } from './probe.ts';

export interface WatchOptions {
  db: Db;
  clock: Clock;
  log: Log;
  outbox: Outbox;
  limits: Limits;
  probes: () => readonly Probe[];
  /** Whose people are told; undefined while there is nobody yet. */
  organisation: () => OrganisationId | undefined;
}

const patience = 5000; // ms a probe may take

interface Seen {
  probe: Probe;
  limit: Limit;
  look: Look;
  condition: Condition;
  changed: boolean;
}

async function lookThrough(probe: Probe): Promise<Look> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no reading in ${patience} ms`)), patience);
  });
  try {
    return await Promise.race([probe.read(), late]);
  } catch (cause) {
    return { failed: cause instanceof Error ? cause.message : String(cause) };
  } finally {
    clearTimeout(timer);
  }
}

/** What a person reads: the value against its limit, and what the probe adds. No language in it. */
export function describe({ unit }: Probe, look: Look, limit: Limit): string {
  if ('failed' in look) return look.failed.slice(0, 300);
  const sign = limit.troubled >= limit.well ? '≥' : '≤';
  const detail = look.detail ? `  ${look.detail}` : '';
  return `${look.value} ${unit}  (${sign} ${limit.troubled} ${unit})${detail}`.slice(0, 300);
}

/**
 * Looks at everything once: reads all probes at the same time, judges them, keeps what was found, and tells what
 * turned, in one transaction (I-5.1-d-2, I-5.1-d-3). States outlive a restart, so that "well" is always told.
 */
export function createWatch({ db, clock, log, outbox, limits, probes, organisation }: WatchOptions) {
  const conditions = new Map<string, Condition>();
  let recalled = false;

  async function recall(): Promise<void> {
    const rows = await db.systemRead(
      sql<{ source: string; state: Condition['state']; since: Date }>`select source, state, since from watch.probe`,
    );
    for (const { source, state, since } of rows) conditions.set(source, { state, since });
    recalled = true;
  }

  async function keep(tx: Tx, { probe, limit, look, condition }: Seen): Promise<void> {
    const value = 'failed' in look ? null : look.value;
    await tx.run(sql`
      insert into watch.probe values (${probe.source}, ${condition.state}, ${limit.severity}, ${value}, ${probe.unit},
        ${limit.troubled}, ${describe(probe, look, limit)}, ${clock.now()}, ${condition.since})
      on conflict (source) do update set state = excluded.state, severity = excluded.severity, value = excluded.value,
        unit = excluded.unit, troubled_at = excluded.troubled_at, detail = excluded.detail,
        checked_at = excluded.checked_at, since = excluded.since`);
  }

  async function tell(tx: Tx, owner: OrganisationId, { probe, limit, look, condition }: Seen): Promise<void> {
    const detail = describe(probe, look, limit);
    const { source } = probe;
    await outbox.add(
      tx,
      systemTroubled,
      { organisation: owner, place: '' },
      { source, state: condition.state, severity: limit.severity, detail },
    );
  }

  return async function look(): Promise<void> {
    if (!recalled) await recall();
    const owner = organisation();
    const all = probes();
    // At the same time: when the pool is full, the limits come late and the probes must not wait for them.
    const [{ limits: current }, ...looks] = await Promise.all([limits.get(), ...all.map(lookThrough)]);
    const now = clock.now();
    const seen = all.map((probe, i): Seen => {
      const limit = current[probe.source] ?? probe.usual;
      const found = looks[i] as Look;
      const before = conditions.get(probe.source) ?? { state: 'well', since: now };
      const judged = judge(before, found, limit, now);
      // Nothing turns while there is nobody to tell: it is told once there is.
      const condition = judged.state !== before.state && !owner ? before : judged;
      return { probe, limit, look: found, condition, changed: condition.state !== before.state };
    });
    await db.systemTransaction(async (tx) => {
      for (const one of seen) {
        await keep(tx, one);
        if (one.changed && owner) await tell(tx, owner, one);
      }
    });
    for (const one of seen) {
      conditions.set(one.probe.source, one.condition);
      if (one.changed) log.warn({ source: one.probe.source, state: one.condition.state }, 'own state changed');
    }
  };
}
