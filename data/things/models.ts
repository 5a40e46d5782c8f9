import type { Actor } from '@keystead/contracts/access';
import { type FieldError, InputInvalid, problem } from '@keystead/contracts/problem';
import {
  assignKeys,
  compareModels,
  type ThingModel,
  type ThingModelDraft,
  validateModel,
} from '@keystead/contracts/thing-model';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { shippedModels } from './models/shipped.ts';
import type { ModelDraft } from './schemas.ts';
import { ModelMissing } from './thing.ts';

/** The name belongs to a family the product ships; own models have names of their own. */
export class ModelFamilyReserved extends problem('model-family-reserved', 409) {}

/** What is published: version and keys are given here, and ignored when the draft has them. */
export type ModelProposal = ModelDraft | Omit<ThingModelDraft, 'version'>;

interface ModelRow {
  document: ThingModel;
}

const shipped = new Map(shippedModels.map((model) => [`${model.family} ${model.version}`, model]));
const shippedFamilies = new Set(shippedModels.map((model) => model.family));
const newest = (models: readonly ThingModel[]): ThingModel | undefined =>
  models.reduce<ThingModel | undefined>((best, each) => (best && best.version > each.version ? best : each), undefined);

/** Thing models: those the product ships, and those of each organisation. A version never changes, so it is kept for ever. */
export function createModels({ db, clock, audit }: Pick<Kernel, 'db' | 'clock' | 'audit'>) {
  const kept = new Map<string, ThingModel>();
  const keptMost = 5_000;

  /** One version, in this process's memory after the first time. Throws ModelMissing. */
  async function of(organisation: string, family: string, version: number): Promise<ThingModel> {
    const own = shipped.get(`${family} ${version}`);
    if (own) return own;
    const key = `${organisation} ${family} ${version}`;
    const known = kept.get(key);
    if (known) return known;
    const [row] = await db.systemRead(sql<ModelRow>`
      select document from things.model where organisation = ${organisation} and family = ${family} and version = ${version}`);
    if (!row) throw new ModelMissing({ family, version });
    if (kept.size >= keptMost) kept.clear();
    kept.set(key, row.document);
    return row.document;
  }

  const versionsIn = async (tx: Tx, organisation: string, family: string): Promise<ThingModel[]> =>
    shippedFamilies.has(family)
      ? shippedModels.filter((model) => model.family === family)
      : (
          await tx.all(sql<ModelRow>`
            select document from things.model where organisation = ${organisation} and family = ${family} order by version`)
        ).map((row) => row.document);

  /** The version asked for, or the newest. Throws ModelMissing. */
  async function pick(tx: Tx, organisation: string, family: string, version?: number): Promise<ThingModel> {
    const versions = await versionsIn(tx, organisation, family);
    const found = version === undefined ? newest(versions) : versions.find((model) => model.version === version);
    if (!found) throw new ModelMissing({ family, version: version ?? null });
    return found;
  }

  async function all(actor: Actor): Promise<ThingModel[]> {
    const rows = await db.read(
      actor.scope,
      sql<ModelRow>`select document from things.model order by family, version limit 10000`,
    );
    return [...shippedModels, ...rows.map((row) => row.document)];
  }

  /** The newest version of each family, shipped and own. */
  async function list(actor: Actor): Promise<ThingModel[]> {
    const families = Map.groupBy(await all(actor), (model) => model.family);
    return [...families.values()]
      .map((versions) => newest(versions))
      .filter((model) => model !== undefined)
      .sort((a, b) => a.family.localeCompare(b.family, 'en'));
  }

  /** All versions of a family, the newest first. Throws ModelMissing. */
  async function get(actor: Actor, family: string): Promise<ThingModel[]> {
    const versions = (await all(actor)).filter((model) => model.family === family);
    if (versions.length === 0) throw new ModelMissing({ family });
    return versions.sort((a, b) => b.version - a.version);
  }

  /**
   * Publishes the next version of one of the organisation's families. Keys of properties are given here and kept over
   * versions; a stream without its levels is refused (H-8.2-0). Throws InputInvalid with a pointer per fault,
   * ModelFamilyReserved.
   */
  async function publish(actor: Actor, draft: ModelProposal): Promise<ThingModel> {
    if (shippedFamilies.has(draft.family)) throw new ModelFamilyReserved({ family: draft.family });
    return db.transaction(actor.scope, async (tx) => {
      const { organisation } = actor.scope;
      await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`${organisation} ${draft.family}`}, 11))`);
      const earlier = await versionsIn(tx, organisation, draft.family);
      const model = keyed(draft, (newest(earlier)?.version ?? 0) + 1, earlier);
      await tx.run(sql`
        insert into things.model (organisation, family, version, document, published_at, published_by)
        values (${organisation}, ${model.family}, ${model.version}, ${JSON.stringify(model)}, ${clock.now()}, ${actor.name})`);
      const before = newest(earlier);
      await audit.add(tx, actor, {
        action: 'model.publish',
        subject: `model:${model.family}/${model.version}`,
        detail: before ? { breaking: compareModels(before, model).breaking } : { properties: model.properties.length },
      });
      return model;
    });
  }

  return { of, pick, list, get, all, publish };
}

/** Gives version and keys, and holds the result against the rules of models; every fault at once. */
function keyed(draft: ModelProposal, version: number, earlier: readonly ThingModel[]): ThingModel {
  const model = assignKeys({ ...draft, version } as ThingModelDraft, earlier);
  const faults: FieldError[] = validateModel(model);
  if (faults.length > 0) throw new InputInvalid({ in: 'body' }, faults);
  return model;
}

export type Models = ReturnType<typeof createModels>;
