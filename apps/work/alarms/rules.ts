import type { Actor } from '@keystead/contracts/access';
import { symbolsOf } from '@keystead/contracts/expression';
import { newId } from '@keystead/contracts/ids';
import { EditConflict, problem } from '@keystead/contracts/problem';
import { type AlarmRule, compileRule, ruleShapeErrors } from '@keystead/contracts/rules';
import type { ThingModel } from '@keystead/contracts/thing-model';
import { type Db, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { builtinRules } from './builtin-rules.ts';

export class RuleMissing extends problem('rule-missing', 404) {}
export class RuleInvalid extends problem('rule-invalid', 422) {}

export interface RuleRow {
  id: string;
  family: string;
  definition: AlarmRule;
  enabled: boolean;
  builtin: string | null;
  version: number;
  changed_at: Date;
  changed_by: string;
}

/** Newest version of a model family, against which a rule is checked as it is written. */
export type NewestModel = (actor: Actor, family: string) => Promise<ThingModel | undefined>;

export type RuleDraft = Omit<AlarmRule, 'id'>;

const columns = sql`id, family, definition, enabled, builtin, version, changed_at, changed_by`;

/** Puts the rules that ship with the built-in models into an organisation that has none of them yet. */
export async function seedBuiltin(db: Db, organisation: string, now: Date): Promise<void> {
  await db.systemTransaction(async (tx) => {
    for (const { key, symptom: _, ...draft } of builtinRules) {
      const definition: AlarmRule = { id: newId(), ...draft };
      await tx.run(sql`
        insert into alarms.rule (id, organisation, family, name, enabled, definition, builtin, changed_at, changed_by)
        values (${definition.id}, ${organisation}, ${draft.appliesTo.family ?? ''}, ${draft.name.zh}, ${draft.enabled}, ${JSON.stringify(definition)}, ${key}, ${now}, 'keystead')
        on conflict (organisation, builtin) where builtin is not null do nothing`);
    }
  });
}

export function createRules({ db, clock, audit }: Pick<Kernel, 'db' | 'clock' | 'audit'>, newestModel: NewestModel) {
  const seeded = new Set<string>();

  /** True when this process had not yet seen to it: the rules may just have appeared. */
  async function ensureBuiltin(organisation: string): Promise<boolean> {
    if (seeded.has(organisation)) return false;
    await seedBuiltin(db, organisation, clock.now());
    seeded.add(organisation);
    return true;
  }

  /** All that is wrong with a rule, with positions inside its conditions; empty when it may be stored. */
  async function check(actor: Actor, draft: RuleDraft): Promise<ReturnType<typeof ruleShapeErrors>> {
    const rule = { id: newId(), ...draft };
    const shape = ruleShapeErrors(rule);
    if (shape.length > 0) return shape;
    const { family } = draft.appliesTo;
    if (!family) return [{ pointer: '/appliesTo/family', code: 'required' }];
    const model = await newestModel(actor, family);
    if (!model) return [{ pointer: '/appliesTo/family', code: 'unknown-family', detail: family }];
    const outcome = compileRule(rule, symbolsOf(model));
    return outcome.ok ? [] : [...outcome.errors];
  }

  async function refuseIfWrong(actor: Actor, draft: RuleDraft): Promise<void> {
    const errors = await check(actor, draft);
    if (errors.length > 0) throw new RuleInvalid({}, errors);
  }

  const lock = (tx: Tx, actor: Actor, id: string): Promise<RuleRow> =>
    tx.one(
      sql<RuleRow>`select ${columns} from alarms.rule where id = ${id} and organisation = ${actor.scope.organisation} for update`,
      () => new RuleMissing({ id }),
    );

  return {
    ensureBuiltin,
    check,

    list: async (actor: Actor, family?: string) => {
      await ensureBuiltin(actor.scope.organisation);
      return db.read(
        actor.scope,
        sql<RuleRow>`select ${columns} from alarms.rule where ${family ?? null}::text is null or family = ${family ?? null} order by family, name limit 1000`,
      );
    },

    create: async (actor: Actor, draft: RuleDraft): Promise<RuleRow> => {
      await refuseIfWrong(actor, draft);
      return db.transaction(actor.scope, async (tx) => {
        const definition: AlarmRule = { id: newId(), ...draft };
        const [row] = await tx.all(sql<RuleRow>`
          insert into alarms.rule (id, organisation, family, name, enabled, definition, changed_at, changed_by)
          values (${definition.id}, ${actor.scope.organisation}, ${draft.appliesTo.family ?? ''}, ${draft.name.zh}, ${draft.enabled}, ${JSON.stringify(definition)}, ${clock.now()}, ${actor.name})
          returning ${columns}`);
        await audit.add(tx, actor, {
          action: 'alarm-rule.create',
          subject: `alarm-rule:${definition.id}`,
          detail: { definition },
        });
        return row as RuleRow;
      });
    },

    /** `version`: the one the person edited; EditConflict when it is no longer the newest. */
    update: async (actor: Actor, id: string, draft: RuleDraft, version: number | undefined): Promise<RuleRow> => {
      await refuseIfWrong(actor, draft);
      return db.transaction(actor.scope, async (tx) => {
        const before = await lock(tx, actor, id);
        if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
        const definition: AlarmRule = { id, ...draft };
        const [row] = await tx.all(sql<RuleRow>`
          update alarms.rule set family = ${draft.appliesTo.family ?? ''}, name = ${draft.name.zh}, enabled = ${draft.enabled}, definition = ${JSON.stringify(definition)},
            version = version + 1, changed_at = ${clock.now()}, changed_by = ${actor.name}
          where id = ${id} returning ${columns}`);
        await audit.add(tx, actor, {
          action: 'alarm-rule.update',
          subject: `alarm-rule:${id}`,
          detail: { from: before.definition, to: definition },
        });
        return row as RuleRow;
      });
    },

    remove: (actor: Actor, id: string) =>
      db.transaction(actor.scope, async (tx) => {
        const before = await lock(tx, actor, id);
        await tx.run(sql`delete from alarms.rule where id = ${id}`);
        await audit.add(tx, actor, {
          action: 'alarm-rule.delete',
          subject: `alarm-rule:${id}`,
          detail: { definition: before.definition },
        });
      }),
  };
}

export type Rules = ReturnType<typeof createRules>;
