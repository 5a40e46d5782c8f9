import type { Actor, OrganisationId } from '@keystead/contracts/access';
import { inScope } from '@keystead/contracts/access';
import { placeChanged } from '@keystead/contracts/events/places';
import { newId } from '@keystead/contracts/ids';
import { EditConflict, type FieldError, InputInvalid } from '@keystead/contracts/problem';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { ringsAreClosed } from './geometry.ts';
import type { Holdings } from './holdings.ts';
import { attributeFaults } from './kinds.ts';
import {
  checkMove,
  checkStanding,
  type Place,
  PlaceCodeTaken,
  PlaceHasChildren,
  type PlaceId,
  PlaceMissing,
  PlaceOutOfReach,
  pathUnder,
} from './place.ts';
import type { PlaceChange, PlaceDraft } from './schemas.ts';
import * as store from './store.ts';

type Deps = Pick<Kernel, 'db' | 'clock' | 'outbox' | 'audit'> & { holdings: Holdings };

/** The constraint a database refusal names, when it is one. */
const constraintOf = (cause: unknown): string | undefined =>
  cause instanceof Error && 'constraint' in cause ? String(cause.constraint) : undefined;

async function takingCode<T>(code: string, step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (cause) {
    if (constraintOf(cause) === 'place_code_unique') throw new PlaceCodeTaken({ code });
    throw cause;
  }
}

function checkContents(place: Pick<Place, 'kind' | 'attributes' | 'geometry'>): void {
  const faults: FieldError[] = attributeFaults(place.kind, place.attributes).map((fault) => ({
    ...fault,
    pointer: `/attributes${fault.pointer}`,
  }));
  if (place.geometry && !ringsAreClosed(place.geometry)) faults.push({ pointer: '/geometry', code: 'ring-open' });
  if (faults.length > 0) throw new InputInvalid({ in: 'body' }, faults);
}

/** Changing the tree: each use case is one transaction with its journal line and its event. */
export function createPlaceWork({ db, clock, outbox, audit, holdings }: Deps) {
  async function visible(tx: Tx, actor: Actor, id: string): Promise<Place> {
    return tx.one(store.placeById(actor.scope, id), () => new PlaceMissing({ id }));
  }

  /** Where a new or moved node is to hang; at the top only those stand who answer for the whole organisation. */
  async function parentOf(tx: Tx, actor: Actor, parent: string | null): Promise<Place | null> {
    if (parent !== null) return visible(tx, actor, parent);
    if (!inScope(actor.scope, '')) throw new PlaceOutOfReach();
    return null;
  }

  async function tell(tx: Tx, actor: Actor, place: Place, change: string, moved?: { from: string; to: string }) {
    const { id, organisation, path } = place;
    await outbox.add(tx, placeChanged, { organisation, place: path }, { id, change, ...moved });
    await audit.add(tx, actor, {
      action: `place.${change}`,
      subject: `place:${id}`,
      place: path,
      detail: { code: place.code, name: place.name, kind: place.kind, ...moved },
    });
  }

  /** In the caller's transaction. Throws PlaceMissing, PlaceKindMisplaced, PlaceTooDeep, PlaceCodeTaken, PlaceOutOfReach, InputInvalid. */
  async function createIn(tx: Tx, actor: Actor, draft: PlaceDraft): Promise<Place> {
    const { organisation } = actor.scope;
    await store.leanOnPaths(tx, organisation);
    const parent = await parentOf(tx, actor, draft.parent);
    checkStanding(draft.kind, parent);
    const [number = 0] = await store.nextNumbers(tx, 1);
    const place: Place = {
      id: newId<'place'>(clock.now().getTime()),
      organisation,
      parent: parent?.id ?? null,
      kind: draft.kind,
      code: draft.code,
      name: draft.name,
      path: pathUnder(parent?.path ?? '', number),
      order: draft.order ?? 0,
      tags: draft.tags ?? [],
      divisionCode: draft.divisionCode ?? null,
      retired: false,
      attributes: draft.attributes ?? {},
      geometry: draft.geometry ?? null,
      version: 1,
    };
    checkContents(place);
    await takingCode(place.code, store.insertPlaces(tx, [{ ...place, number }], clock.now(), null));
    await tell(tx, actor, place, 'create');
    return place;
  }

  /**
   * Changes fields of a place, in the caller's transaction. `version` is what the editor saw; throws EditConflict when
   * it is no longer so.
   */
  async function updateIn(tx: Tx, actor: Actor, id: string, change: PlaceChange, version?: number): Promise<Place> {
    const before = await visible(tx, actor, id);
    if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
    const wanted: Place = { ...before, ...change };
    checkContents(wanted);
    const after = await takingCode(wanted.code, store.savePlace(tx, wanted, clock.now()));
    if (!after) throw new EditConflict();
    await tell(tx, actor, after, change.retired === true && !before.retired ? 'retire' : 'update');
    return after;
  }

  const create = (actor: Actor, draft: PlaceDraft): Promise<Place> =>
    db.transaction(actor.scope, (tx) => createIn(tx, actor, draft));
  const update = (actor: Actor, id: string, change: PlaceChange, version?: number): Promise<Place> =>
    db.transaction(actor.scope, (tx) => updateIn(tx, actor, id, change, version));

  /**
   * Hangs a subtree up elsewhere. What other modules keep below it follows in the same transaction. The mover must
   * see both ends.
   */
  async function move(actor: Actor, id: string, parent: string | null, version?: number): Promise<Place> {
    return db.transaction(actor.scope, async (tx) => {
      const { organisation } = actor.scope;
      await store.changePaths(tx, organisation);
      const node = await visible(tx, actor, id);
      if (version !== undefined && version !== node.version) throw new EditConflict({ version: node.version });
      const target = await parentOf(tx, actor, parent);
      if ((target?.id ?? null) === node.parent) return node;
      checkMove(node, target, await store.deepestUnder(tx, node.path));
      const segment = node.path.slice(node.path.lastIndexOf('/', node.path.length - 2) + 1);
      const to = (target?.path ?? '') + segment;
      await takingCode(node.code, store.rehang(tx, node, target?.id ?? null, to, clock.now()));
      await holdings.moved(tx, organisation, node.path, to);
      const after = await visible(tx, actor, id);
      await tell(tx, actor, after, 'move', { from: node.path, to });
      return after;
    });
  }

  /** Removes a leaf nothing stands in; throws PlaceHasChildren, PlaceOccupied. */
  async function remove(actor: Actor, id: string): Promise<void> {
    await db.transaction(actor.scope, async (tx) => {
      const { organisation } = actor.scope;
      await store.changePaths(tx, organisation);
      const place = await visible(tx, actor, id);
      if ((await tx.all(store.childrenOf(actor.scope, id))).length > 0) throw new PlaceHasChildren({ id });
      await holdings.checkFree(tx, organisation, place.path);
      await store.deletePlaces(tx, [id]);
      await tell(tx, actor, place, 'remove');
    });
  }

  /**
   * Path of a place for another module's row, held until the end of the caller's transaction: nobody moves the place
   * meanwhile. Throws PlaceMissing, also when the transaction's scope does not reach it.
   */
  async function pathOf(tx: Tx, organisation: string, placeId: string): Promise<string> {
    await store.leanOnPaths(tx, organisation);
    const scope = { organisation: organisation as OrganisationId, subtrees: [''] };
    const place = await tx.one(store.placeById(scope, placeId), () => new PlaceMissing({ id: placeId as PlaceId }));
    if (place.organisation !== organisation) throw new PlaceMissing({ id: placeId });
    return place.path;
  }

  /** The same for many at once; ids of places that are not there or out of sight have no path. */
  async function pathsOf(tx: Tx, organisation: string, placeIds: readonly string[]): Promise<Map<string, string>> {
    await store.leanOnPaths(tx, organisation);
    const rows = await tx.all(store.pathsById(organisation, placeIds));
    return new Map(rows.map((row) => [row.id, row.path]));
  }

  return {
    create,
    createIn,
    update,
    updateIn,
    move,
    remove,
    pathOf,
    pathsOf,
    rename: (actor: Actor, id: string, name: string) => update(actor, id, { name }),
  };
}
