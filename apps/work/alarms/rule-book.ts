import { symbolsOf } from '@keystead/contracts/expression';
import { type AlarmRule, appliesTo, type CompiledRule, compileRule } from '@keystead/contracts/rules';
import type { ThingModel } from '@keystead/contracts/thing-model';
import type { Log } from '@keystead/kernel/base';
import { type Db, sql } from '@keystead/kernel/db';
import { symptomOfBuiltin } from './builtin-rules.ts';

/** What the book needs to know of a thing. */
export interface RuledThing {
  id: string;
  organisation: string;
  model: ThingModel;
  labels?: Readonly<Record<string, string>>;
}

interface RuleRow {
  builtin: string | null;
  organisation: string;
  definition: AlarmRule;
}

interface Revision {
  count: number;
  newest: Date | null;
}

/**
 * All enabled rules, compiled once for each version of a model they meet. Reloaded when the table changed: a rule
 * edited takes effect within seconds (H-9.5.1-c-1), without a restart.
 */
export class RuleBook {
  readonly #db: Db;
  readonly #log: Log;
  #byOrganisation = new Map<string, AlarmRule[]>();
  #symptoms = new Map<string, string>();
  #compiled = new Map<string, CompiledRule | null>();
  #seen = '';
  /** Rises with each reload. */
  revision = 0;

  constructor(db: Db, log: Log) {
    this.#db = db;
    this.#log = log;
  }

  /** Reads the rules again if any changed; true when it did. */
  async refresh(): Promise<boolean> {
    const [now] = await this.#db.systemRead(
      sql<Revision>`select count(*) as count, max(changed_at) as newest from alarms.rule`,
    );
    const seen = `${now?.count} ${now?.newest?.toISOString()}`;
    if (seen === this.#seen) return false;
    const rows = await this.#db.systemRead(
      sql<RuleRow>`select organisation, builtin, definition from alarms.rule where enabled`,
    );
    this.#byOrganisation = new Map(
      [...Map.groupBy(rows, (row) => row.organisation)].map(([organisation, list]) => [
        organisation,
        list.map((row) => row.definition),
      ]),
    );
    this.#symptoms = new Map(
      rows.flatMap(({ builtin, definition }) => {
        const symptom = builtin === null ? undefined : symptomOfBuiltin(builtin);
        return symptom ? [[definition.id, symptom] as const] : [];
      }),
    );
    this.#compiled = new Map();
    this.#seen = seen;
    this.revision += 1;
    return true;
  }

  /** What a rule finds, when others find the same. */
  symptomOf = (rule: string): string | undefined => this.#symptoms.get(rule);

  rulesFor(thing: RuledThing): CompiledRule[] {
    const { model } = thing;
    return (this.#byOrganisation.get(thing.organisation) ?? []).flatMap((rule) => {
      if (!appliesTo(rule, { id: thing.id, family: model.family, labels: thing.labels ?? {} })) return [];
      const key = `${rule.id} ${model.family} ${model.version}`;
      let compiled = this.#compiled.get(key);
      if (compiled === undefined) {
        const outcome = compileRule(rule, symbolsOf(model));
        // A rule may name what a newer or older version of the model lacks; it is then silent for those things.
        if (!outcome.ok)
          this.#log.warn(
            { rule: rule.id, family: model.family, version: model.version, errors: outcome.errors },
            'rule does not fit this version of the model',
          );
        compiled = outcome.ok ? outcome.rule : null;
        this.#compiled.set(key, compiled);
      }
      return compiled ?? [];
    });
  }
}
