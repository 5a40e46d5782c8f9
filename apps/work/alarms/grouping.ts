import type { Actor } from '@keystead/contracts/access';
import { EditConflict } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Grouping, usualGrouping } from './incident.ts';

export interface GroupingKept extends Grouping {
  readonly version: number;
}

const asked = (organisation: string) =>
  sql<{ definition: Grouping; version: number }>`
    select definition, version from alarms.grouping where organisation = ${organisation}`;

const kept = (row: { definition: Grouping; version: number } | undefined): GroupingKept => ({
  ...usualGrouping,
  ...row?.definition,
  version: row?.version ?? 0,
});

/** How alarms of one cause are gathered, by organisation; what is changed holds from the next alarm on. */
export function createGroupings({ db, clock, audit }: Pick<Kernel, 'db' | 'clock' | 'audit'>) {
  return {
    of: async (tx: Tx, organisation: string): Promise<GroupingKept> => kept(await tx.maybe(asked(organisation))),

    get: async (actor: Actor): Promise<GroupingKept> => {
      const [row] = await db.read(actor.scope, asked(actor.scope.organisation));
      return kept(row);
    },

    /** Throws EditConflict when `version` is no longer the newest. */
    set: (actor: Actor, wanted: Grouping, version: number | undefined): Promise<GroupingKept> =>
      db.transaction(actor.scope, async (tx) => {
        const { organisation } = actor.scope;
        const before = kept(await tx.maybe(asked(organisation)));
        if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
        const written = await tx.run(sql`
          insert into alarms.grouping as g (organisation, definition, version, changed_at, changed_by)
          values (${organisation}, ${JSON.stringify(wanted)}, ${before.version + 1}, ${clock.now()}, ${actor.name})
          on conflict (organisation) do update set definition = excluded.definition, version = excluded.version,
            changed_at = excluded.changed_at, changed_by = excluded.changed_by
          where g.version = ${before.version}`);
        if (written === 0) throw new EditConflict({ version: before.version });
        await audit.add(tx, actor, {
          action: 'alarm.grouping',
          subject: 'alarm-grouping',
          detail: { from: before, to: wanted },
        });
        return { ...wanted, version: before.version + 1 };
      }),
  };
}

export type Groupings = ReturnType<typeof createGroupings>;
