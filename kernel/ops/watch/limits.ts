import type { Actor } from '@keystead/contracts/access';
import { EditConflict, InputInvalid } from '@keystead/contracts/problem';
import type { Clock } from '@keystead/kernel/base';
import { type Db, sql } from '@keystead/kernel/db';
import type { Audit } from '@keystead/kernel/security/audit';
import type { Limit } from './judge.ts';
import type { Probe } from './probe.ts';

/** What belongs to the installation and to no organisation stands under this one. */
const installation = '00000000-0000-0000-0000-000000000000';
const settingName = 'watch.limits';

type Own = Record<string, Partial<Limit>>;

interface Kept {
  version: number;
  limits: Own;
}

export interface LimitsOptions {
  db: Db;
  clock: Clock;
  audit: Audit;
  probes: () => readonly Probe[];
}

/** A gap the wrong way round would make a probe flutter at each look. */
function checkGap(probe: Probe, found: Limit): void {
  const highIsBad = probe.usual.troubled >= probe.usual.well;
  if (highIsBad ? found.well > found.troubled : found.well < found.troubled)
    throw new InputInvalid({}, [{ pointer: `/limits/${probe.source}/well`, code: 'limits-crossed' }]);
}

/** Limits of the probes: the usual ones with the operator's own over them (I-5.1-d-0). */
export function createLimits({ db, clock, audit, probes }: LimitsOptions) {
  const asked = sql<{ value: Kept }>`
    select value from kernel.setting where organisation = ${installation} and name = ${settingName}`;
  const keptIn = (rows: { value: Kept }[]): Kept => rows[0]?.value ?? { version: 0, limits: {} };
  const merged = ({ version, limits }: Kept) => ({
    version,
    limits: Object.fromEntries(
      probes().map(({ source, usual }): [string, Limit] => [source, { ...usual, ...limits[source] }]),
    ),
  });

  return {
    get: async () => merged(keptIn(await db.systemRead(asked))),
    /** Changes the named limits; `null` brings back the usual ones. Throws InputInvalid, EditConflict. */
    change: async (actor: Actor, changes: Record<string, Partial<Limit> | null>, version?: number) =>
      db.systemTransaction(async (tx) => {
        await tx.run(sql`select pg_advisory_xact_lock(7020151)`);
        const before = keptIn(await tx.all(asked));
        if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
        const limits: Own = { ...before.limits };
        for (const [source, change] of Object.entries(changes)) {
          const probe = probes().find((each) => each.source === source);
          if (!probe) throw new InputInvalid({}, [{ pointer: `/limits/${source}`, code: 'probe-unknown' }]);
          if (change === null) delete limits[source];
          else limits[source] = { ...limits[source], ...change };
          checkGap(probe, { ...probe.usual, ...limits[source] });
        }
        const after: Kept = { version: before.version + 1, limits };
        await tx.run(sql`
          insert into kernel.setting values (${installation}, ${settingName}, ${JSON.stringify(after)}, ${clock.now()}, ${actor.id})
          on conflict (organisation, name) do update set value = excluded.value, changed_at = excluded.changed_at,
            changed_by = excluded.changed_by`);
        await audit.add(tx, actor, { action: 'system.limits', subject: 'system:limits', detail: { changes } });
        return merged(after);
      }),
  };
}

export type Limits = ReturnType<typeof createLimits>;
