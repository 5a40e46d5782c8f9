import { type Actor, inScope } from '@keystead/contracts/access';
import { EditConflict, InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type RiskRules, standardRules } from './facts.ts';

interface Row {
  readonly rules: Partial<RiskRules>;
  readonly version: number;
}

/** Numbers of an organisation; what it has not set is standard. */
export async function rulesOf(tx: Tx, organisation: string): Promise<RiskRules> {
  const row = await tx.maybe(sql<Row>`select rules, version from risk.setting where organisation = ${organisation}`);
  return { ...standardRules, ...row?.rules };
}

const rising = (numbers: readonly number[]): boolean =>
  numbers.every((each, at) => at === 0 || each > (numbers[at - 1] ?? 0));

export function createSettings({ db, clock, audit }: Pick<Kernel, 'db' | 'clock' | 'audit'>) {
  return {
    get: async (actor: Actor): Promise<{ rules: RiskRules; version: number }> => {
      const [row] = await db.read(
        actor.scope,
        sql<Row>`select rules, version from risk.setting where organisation = ${actor.scope.organisation}`,
      );
      return { rules: { ...standardRules, ...row?.rules }, version: row?.version ?? 0 };
    },

    /** Holds from the next look on. Throws InputInvalid (a ladder rises), EditConflict, NotAllowed below the organisation. */
    set: async (actor: Actor, rules: RiskRules, version?: number): Promise<void> => {
      if (!inScope(actor.scope, '')) throw new NotAllowed({ reason: 'whole-organisation' });
      if (!rising(rules.arrearsDays))
        throw new InputInvalid({ in: 'body' }, [{ pointer: '/arrearsDays', code: 'order' }]);
      await db.transaction(actor.scope, async (tx) => {
        const { organisation } = actor.scope;
        const before = await tx.maybe(
          sql<Row>`select rules, version from risk.setting where organisation = ${organisation} for update`,
        );
        if (version !== undefined && version !== (before?.version ?? 0))
          throw new EditConflict({ version: before?.version ?? 0 });
        await tx.run(sql`insert into risk.setting (organisation, rules, changed_at)
          values (${organisation}, ${JSON.stringify(rules)}, ${clock.now()})
          on conflict (organisation) do update set rules = excluded.rules, changed_at = excluded.changed_at, version = risk.setting.version + 1`);
        await audit.add(tx, actor, { action: 'risk-rules.set', subject: 'risk-rules', detail: { rules } });
      });
    },
  };
}

export type RiskSettings = ReturnType<typeof createSettings>;
