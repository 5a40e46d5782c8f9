import type { Actor } from '@keystead/contracts/access';
import { InputInvalid } from '@keystead/contracts/problem';
import type { Kernel } from '@keystead/kernel/module';
import { byOrder, type Grid, layOut } from './grid.ts';
import { depthLimit, depthOf, type Place, PlaceMissing } from './place.ts';
import * as store from './store.ts';

export interface PlaceNode extends Place {
  /** How many children it has, shown or not. */
  childCount: number;
  /** Absent where the asked depth ended. */
  children?: PlaceNode[];
}

/** Nodes one tree answer holds; a deeper look asks again from a node. */
const treeLimit = 5_000;

export interface PlaceFilter {
  text?: string;
  kind?: string;
  /** Path of the subtree to look in. */
  under?: string;
  tag?: string;
  retired?: boolean;
  limit?: number;
  cursor?: string;
}

const cursorOf = (place: Place): string => Buffer.from(JSON.stringify([place.code, place.id])).toString('base64url');

function readCursor(text: string | undefined): { code: string; id: string } | undefined {
  if (text === undefined) return undefined;
  try {
    const [code, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as [unknown, unknown];
    if (typeof code === 'string' && typeof id === 'string') return { code, id };
  } catch {
    // Falls through to the refusal below: whatever it was, it is no cursor of ours.
  }
  throw new InputInvalid({ in: 'querystring' }, [{ pointer: '/cursor', code: 'cursor' }]);
}

/** Looking at the tree, always within the actor's scope. */
export function createPlaceViews({ db }: Pick<Kernel, 'db'>) {
  async function get(actor: Actor, id: string): Promise<Place> {
    const [place] = await db.read(actor.scope, store.placeById(actor.scope, id));
    if (!place) throw new PlaceMissing({ id });
    return place;
  }

  async function byPath(actor: Actor, path: string): Promise<Place> {
    const [place] = await db.read(actor.scope, store.placeByPath(actor.scope, path));
    if (!place) throw new PlaceMissing({ path });
    return place;
  }

  const children = async (actor: Actor, parent: string | null): Promise<Place[]> =>
    (await db.read(actor.scope, store.childrenOf(actor.scope, parent))).sort(byOrder);

  async function withCounts(actor: Actor, places: readonly Place[]): Promise<PlaceNode[]> {
    const ids = places.map((place) => place.id);
    const counts = await db.read(actor.scope, store.countsOfChildren(actor.scope, ids));
    const byParent = new Map(counts.map((row) => [row.parent, row.count]));
    return places.map((place) => ({ ...place, childCount: byParent.get(place.id) ?? 0 }));
  }

  /** The tree below a node (or below the top of what the actor sees), `depth` levels, siblings in their order. */
  async function tree(actor: Actor, rootId?: string, depth = 2): Promise<PlaceNode[]> {
    const tops = rootId === undefined ? await children(actor, null) : [await get(actor, rootId)];
    const deepest = Math.min(depthLimit, ...tops.map((top) => depthOf(top.path) + depth - 1));
    // Subtrees of a scope may lie in each other: each node once.
    const found = new Map<string, Place>();
    for (const top of tops) {
      if (found.has(top.id)) continue;
      const rows = await db.read(actor.scope, store.subtree(actor.scope, top.path, deepest, treeLimit - found.size));
      for (const row of rows) found.set(row.id, row);
      if (found.size >= treeLimit) break;
    }
    const nodes = await withCounts(actor, [...found.values()]);
    const byId = new Map(nodes.map((node) => [node.id as string, node]));
    const roots: PlaceNode[] = [];
    for (const node of nodes) {
      const parent = node.parent === null ? undefined : byId.get(node.parent);
      if (!parent) roots.push(node);
      else {
        parent.children ??= [];
        parent.children.push(node);
      }
    }
    for (const node of nodes) node.children?.sort(byOrder);
    return roots.sort(byOrder);
  }

  async function search(actor: Actor, filter: PlaceFilter): Promise<{ items: Place[]; next: string | null }> {
    const limit = filter.limit ?? 50;
    const after = readCursor(filter.cursor);
    const found = await db.read(actor.scope, store.searchPlaces(actor.scope, { ...filter, after, limit: limit + 1 }));
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, next: found.length > limit && last ? cursorOf(last) : null };
  }

  /** How many places of each kind the actor sees, in all and below a path. */
  const counts = (actor: Actor, filter: { under?: string; retired?: boolean }) =>
    db.read(actor.scope, store.countsByKind(actor.scope, filter));

  /** 房态图 of a building; other modules' figures are joined by house id. */
  async function grid(actor: Actor, buildingId: string): Promise<Grid> {
    const building = await get(actor, buildingId);
    const nodes = await db.read(actor.scope, store.subtree(actor.scope, building.path, depthLimit, treeLimit));
    return layOut(building, nodes);
  }

  return { get, byPath, children, tree, search, counts, grid };
}
