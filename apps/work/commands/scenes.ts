import { type Actor, inScope } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { EditConflict, NotAllowed, problem } from '@keystead/contracts/problem';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Static, Type } from 'typebox';
import type { Origin } from './command.ts';
import { examine } from './examination.ts';
import type { Runs } from './runs.ts';
import { refuseSecrets } from './secret.ts';
import type { Sending } from './sending.ts';

export class SceneMissing extends problem('scene-missing', 404) {}
export class SceneNameTaken extends problem('scene-name-taken', 409) {}

export const SceneStep = Type.Object({
  thing: Type.String({ format: 'uuid' }),
  service: Type.String({ minLength: 1, maxLength: 64 }),
  input: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});
export const SceneInput = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 80 }),
  /** Path of the place it belongs to. */
  place: Type.String({ maxLength: 200, default: '' }),
  steps: Type.Array(SceneStep, { minItems: 1, maxItems: 200 }),
});
export type SceneDraft = Static<typeof SceneInput>;
export const SceneView = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  place: Type.String(),
  steps: Type.Array(
    Type.Object({ ...SceneStep.properties, code: Type.String(), thingName: Type.String(), risk: Type.String() }),
  ),
  version: Type.Integer(),
  changedAt: Type.String({ format: 'date-time' }),
  changedBy: Type.String(),
});

interface SceneRow {
  id: string;
  organisation: string;
  place: string;
  name: string;
  steps: (Static<typeof SceneStep> & { code: string; thingName: string; risk: string })[];
  version: number;
  changed_at: Date;
  changed_by: string;
}

const view = (row: SceneRow) => ({
  id: row.id,
  name: row.name,
  place: row.place,
  steps: row.steps,
  version: row.version,
  changedAt: row.changed_at.toISOString(),
  changedBy: row.changed_by,
});

interface Deps extends Pick<Kernel, 'db' | 'clock' | 'audit'> {
  sending: Sending;
  runs: Runs;
}

/** Named sets of commands in an order, for one press of a button or one rule (场景, H-6.6-d-2). */
export function createScenes({ db, clock, audit, sending, runs }: Deps) {
  /** Each step must be one the author could send himself; what he may not, no scene does for him. */
  async function checked(actor: Actor, draft: SceneDraft): Promise<SceneRow['steps']> {
    if (!inScope(actor.scope, draft.place)) throw new NotAllowed({ place: draft.place });
    return Promise.all(
      draft.steps.map(async (step, at) => {
        refuseSecrets(step.input, `/steps/${at}/input`);
        const thing = await sending.thingFor(actor, step.thing);
        const { service } = examine(actor, thing, { ...step, reason: draft.name }, clock.now());
        return { ...step, code: thing.code, thingName: thing.name, risk: service.risk };
      }),
    );
  }

  const journal = (tx: Tx, actor: Actor, verb: string, scene: Pick<SceneRow, 'id' | 'name' | 'place' | 'steps'>) =>
    audit.add(tx, actor, {
      action: `scene.${verb}`,
      subject: `scene:${scene.id}`,
      place: scene.place,
      detail: { name: scene.name, steps: scene.steps.map(({ code, service }) => `${code} ${service}`) },
    });

  const unique = async <T>(name: string, step: () => Promise<T>): Promise<T> => {
    try {
      return await step();
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === '23505') throw new SceneNameTaken({ name });
      throw cause;
    }
  };

  async function create(actor: Actor, draft: SceneDraft) {
    const steps = await checked(actor, draft);
    const row: SceneRow = {
      id: newId(),
      organisation: actor.scope.organisation,
      place: draft.place,
      name: draft.name,
      steps,
      version: 1,
      changed_at: clock.now(),
      changed_by: actor.name,
    };
    await unique(draft.name, () =>
      db.transaction(actor.scope, async (tx) => {
        await tx.run(sql`
          insert into commands.scene (id, organisation, place, name, steps, changed_at, changed_by)
          values (${row.id}, ${row.organisation}, ${row.place}, ${row.name}, ${JSON.stringify(steps)}, ${row.changed_at}, ${row.changed_by})`);
        await journal(tx, actor, 'create', row);
      }),
    );
    return view(row);
  }

  const locked = (tx: Tx, actor: Actor, id: string): Promise<SceneRow> =>
    tx.one(
      sql<SceneRow>`select * from commands.scene where id = ${id} and ${inSubtrees(actor.scope, 'place')} for update`,
      () => new SceneMissing({ id }),
    );

  /** `version` is what the editor saw; throws EditConflict when it is no longer so. */
  async function update(actor: Actor, id: string, draft: SceneDraft, version?: number) {
    const steps = await checked(actor, draft);
    return unique(draft.name, () =>
      db.transaction(actor.scope, async (tx) => {
        const before = await locked(tx, actor, id);
        if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
        const after: SceneRow = {
          ...before,
          ...draft,
          steps,
          version: before.version + 1,
          changed_at: clock.now(),
          changed_by: actor.name,
        };
        await tx.run(sql`
          update commands.scene set name = ${after.name}, place = ${after.place}, steps = ${JSON.stringify(steps)},
            version = ${after.version}, changed_at = ${after.changed_at}, changed_by = ${after.changed_by} where id = ${id}`);
        await journal(tx, actor, 'update', after);
        return view(after);
      }),
    );
  }

  async function remove(actor: Actor, id: string): Promise<void> {
    await db.transaction(actor.scope, async (tx) => {
      const before = await locked(tx, actor, id);
      await tx.run(sql`delete from commands.scene where id = ${id}`);
      await journal(tx, actor, 'delete', before);
    });
  }

  async function rowOf(actor: Actor, id: string): Promise<SceneRow> {
    const [row] = await db.read(
      actor.scope,
      sql<SceneRow>`select * from commands.scene where id = ${id} and ${inSubtrees(actor.scope, 'place')}`,
    );
    if (!row) throw new SceneMissing({ id });
    return row;
  }

  const list = async (actor: Actor) =>
    (
      await db.read(
        actor.scope,
        sql<SceneRow>`select * from commands.scene where ${inSubtrees(actor.scope, 'place')} order by name limit 500`,
      )
    ).map(view);

  /** Sends every step in order; what was refused stands in the run, the rest goes on. */
  async function run(
    actor: Actor,
    id: string,
    from: { reason?: string; key?: string; origin?: Origin; originId?: string; chain?: readonly string[] } = {},
  ): Promise<string> {
    const scene = await rowOf(actor, id);
    const { reason, origin = 'scene', ...rest } = from;
    const steps = scene.steps.map(({ thing, service, input }) => ({
      thing,
      wish: { service, reason: reason ?? scene.name, ...(input === undefined ? {} : { input }) },
    }));
    return runs.run(actor, steps, { name: scene.name, place: scene.place, scene: id, origin, originId: id, ...rest });
  }

  return { create, update, remove, list, get: async (actor: Actor, id: string) => view(await rowOf(actor, id)), run };
}

export type Scenes = ReturnType<typeof createScenes>;
