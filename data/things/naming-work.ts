import type { Actor } from '@keystead/contracts/access';
import { inSubtrees, sql } from '@keystead/kernel/db';
import type { Models } from './models.ts';
import { checkPattern, followsRule, type NamingRule, namesItsModel } from './naming.ts';
import type { ThingDeps } from './service.ts';

export interface NamingBreach {
  id: string;
  code: string;
  name: string;
  family: string;
  /** The rule broken; null = the general one: a name says what the thing is. */
  pattern: string | null;
}

export interface NamingReport {
  checked: number;
  breaches: NamingBreach[];
}

const checkLimit = 200_000;

/** Naming rules by family and the list of names that break them (I-5.2.1-a-2). */
export function createNaming({ db, audit, models }: Pick<ThingDeps, 'db' | 'audit'> & { models: Models }) {
  const rules = async (actor: Actor): Promise<NamingRule[]> =>
    db.read(actor.scope, sql<NamingRule>`select family, pattern, explanation from things.naming_rule order by family`);

  /** Throws NamingRuleInvalid, ModelMissing. An empty pattern takes the rule away. */
  async function setRule(actor: Actor, rule: NamingRule): Promise<void> {
    if (rule.pattern !== '') checkPattern(rule.pattern);
    await models.get(actor, rule.family);
    await db.transaction(actor.scope, async (tx) => {
      await tx.run(
        rule.pattern === ''
          ? sql`delete from things.naming_rule where family = ${rule.family}`
          : sql`insert into things.naming_rule (organisation, family, pattern, explanation)
              values (${actor.scope.organisation}, ${rule.family}, ${rule.pattern}, ${rule.explanation})
              on conflict (organisation, family) do update set pattern = excluded.pattern, explanation = excluded.explanation`,
      );
      const detail = { pattern: rule.pattern };
      await audit.add(tx, actor, { action: 'thing.naming-rule', subject: `model:${rule.family}`, detail });
    });
  }

  /** Holds every name in the actor's scope against its rule; at most `most` breaches are listed. */
  async function report(actor: Actor, most = 1000): Promise<NamingReport> {
    type Row = Omit<NamingBreach, 'pattern'> & { place: string | null };
    const [patterns, list, names] = await Promise.all([
      rules(actor),
      models.list(actor),
      db.read(
        actor.scope,
        sql<Row>`select t.id, t.code, t.name, t.family, p.name as place from things.thing t
          left join places_pub.place p on p.id = t.place_id where ${inSubtrees(actor.scope, 't.place')} order by t.code limit ${checkLimit}`,
      ),
    ]);
    const byFamily = new Map(patterns.map((rule) => [rule.family, rule.pattern]));
    const modelNames = new Map(list.map((model) => [model.family, model.name]));
    const breaches: NamingBreach[] = [];
    for (const { place, ...thing } of names) {
      const pattern = byFamily.get(thing.family) ?? null;
      const modelName = modelNames.get(thing.family);
      const good =
        pattern === null
          ? modelName === undefined || namesItsModel(thing.name, modelName)
          : followsRule(pattern, thing.name, { code: thing.code, ...(place === null ? {} : { place }) });
      if (!good && breaches.length < most) breaches.push({ ...thing, pattern });
    }
    return { checked: names.length, breaches };
  }

  return { rules, setRule, report };
}
