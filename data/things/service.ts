import { type Actor, inScope } from '@keystead/contracts/access';
import { thingChanged } from '@keystead/contracts/events/things';
import { EditConflict, InputInvalid } from '@keystead/contracts/problem';
import type { PlacesService } from '@keystead/data/places';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { ChangeKind, Changes } from './changes.ts';
import type { ThingIntake } from './intake.ts';
import type { Models } from './models.ts';
import type { ThingChange, ThingDraft } from './schemas.ts';
import * as store from './store.ts';
import { ModelMissing, type Thing, ThingCodeTaken, ThingMissing, ThingOutOfReach } from './thing.ts';

export interface ThingDeps extends Pick<Kernel, 'db' | 'clock' | 'outbox' | 'audit' | 'log'> {
  places: Pick<PlacesService, 'pathOf' | 'pathsOf' | 'byCodes'>;
  models: Models;
  changes: Changes;
}

const constraintOf = (cause: unknown): string | undefined =>
  cause instanceof Error && 'constraint' in cause ? String(cause.constraint) : undefined;

/** Turns the database's refusal of a code into ours: two may add the same at one moment, one wins (I-5.2.1-a-1). */
export async function takingCode<T>(code: string | undefined, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    if (constraintOf(cause) === 'thing_code_unique') throw new ThingCodeTaken(code === undefined ? {} : { code });
    throw cause;
  }
}

/** The thing with its row locked; throws ThingMissing, also for those outside the actor's scope. */
export const locked = (tx: Tx, actor: Actor, id: string): Promise<Thing> =>
  tx.one(store.lockThing(actor.scope, id), () => new ThingMissing({ id }));

/** Journal line and event of a change, and word to the other processes. */
export function createTelling({ outbox, audit, changes }: Pick<ThingDeps, 'outbox' | 'audit' | 'changes'>) {
  return async (
    tx: Tx,
    actor: Actor,
    thing: Pick<Thing, 'id' | 'number' | 'code' | 'organisation' | 'place'>,
    change: string,
    { detail = {}, forget = 'thing' }: { detail?: Record<string, unknown>; forget?: ChangeKind } = {},
  ): Promise<void> => {
    const { id, number, organisation, place } = thing;
    await changes.announce(tx, number, forget);
    await outbox.add(tx, thingChanged, { organisation, place }, { id, change });
    await audit.add(tx, actor, {
      action: `thing.${change}`,
      subject: `thing:${id}`,
      place,
      detail: { number: thing.code, ...detail },
    });
  };
}

export type Telling = ReturnType<typeof createTelling>;

/** Adding and editing single things. */
export function createThingWork(deps: ThingDeps & { intake: ThingIntake; tell: Telling }) {
  const { db, clock, places, models, intake, tell } = deps;

  /** Throws InputInvalid, ThingCodeTaken, ThingOutOfReach, ModelMissing. */
  async function create(actor: Actor, draft: ThingDraft): Promise<{ id: string; number: number }> {
    return takingCode(draft.code, () =>
      db.transaction(actor.scope, async (tx) => {
        const { ready, faults } = await intake.examine(tx, actor, [{ line: 0, draft }]);
        for (const { code, column, detail } of faults) {
          if (code === 'thing-code-taken') throw new ThingCodeTaken({ code: draft.code });
          if (code === 'place-out-of-reach') throw new ThingOutOfReach();
          if (code === 'model-missing') throw new ModelMissing({ family: draft.family });
          throw new InputInvalid({ in: 'body' }, [{ pointer: `/${column}`, code, detail }]);
        }
        const [made] = await intake.write(tx, actor, ready, null);
        const place = ready[0]?.place ?? '';
        if (!made) throw new Error('a thing was inserted and not returned');
        const detail = { name: draft.name, family: draft.family };
        await tell(tx, actor, { ...made, organisation: actor.scope.organisation, place }, 'create', { detail });
        return { id: made.id, number: made.number };
      }),
    );
  }

  async function placed(tx: Tx, actor: Actor, placeId: string | null): Promise<string> {
    const path = placeId === null ? '' : await places.pathOf(tx, actor.scope.organisation, placeId);
    if (!inScope(actor.scope, path)) throw new ThingOutOfReach();
    return path;
  }

  /** Changes fields. `version` is what the editor saw; throws EditConflict when it is no longer so. */
  async function update(actor: Actor, id: string, change: ThingChange, version?: number): Promise<Thing> {
    return db.transaction(actor.scope, async (tx) => {
      const before = await locked(tx, actor, id);
      if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
      const wanted: Thing = { ...before, ...change };
      if (change.placeId !== undefined) wanted.place = await placed(tx, actor, change.placeId);
      if (change.modelVersion !== undefined)
        await models.pick(tx, actor.scope.organisation, before.family, change.modelVersion);
      const after = await store.saveThing(tx, wanted, clock.now());
      if (!after) throw new EditConflict();
      const remodelled = after.modelVersion !== before.modelVersion;
      const fields = Object.keys(change);
      await tell(tx, actor, after, 'update', { detail: { fields }, forget: remodelled ? 'right' : 'thing' });
      return after;
    });
  }

  return { create, update };
}
