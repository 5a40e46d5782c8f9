import type { OrganisationId } from '@keystead/contracts/access';
import type { Id } from '@keystead/contracts/ids';
import { problem } from '@keystead/contracts/problem';
import type { Geometry } from './geometry.ts';
import { type Attributes, mayStandUnder, type PlaceKind } from './kinds.ts';

export type PlaceId = Id<'place'>;

/** A node of the tree. `path` is the materialised path of segments, such as `1/2f/3a/`. */
export interface Place {
  id: PlaceId;
  organisation: OrganisationId;
  parent: PlaceId | null;
  kind: PlaceKind;
  code: string;
  name: string;
  path: string;
  order: number;
  tags: string[];
  divisionCode: string | null;
  /** Out of use; keeps its code, so that old papers still name it and nobody takes the code again. */
  retired: boolean;
  attributes: Attributes;
  geometry: Geometry | null;
  version: number;
}

export class PlaceMissing extends problem('place-missing', 404) {}
/** A sibling has the code already, perhaps a retired one. */
export class PlaceCodeTaken extends problem('place-code-taken', 409) {}
export class PlaceKindMisplaced extends problem('place-kind-misplaced', 409) {}
export class PlaceInItself extends problem('place-in-itself', 409) {}
export class PlaceTooDeep extends problem('place-too-deep', 409) {}
export class PlaceHasChildren extends problem('place-has-children', 409) {}
/** Something stands there: devices, homes let, papers. Retire the place instead. */
export class PlaceOccupied extends problem('place-occupied', 409) {}
/** The place lies outside what the actor may see or change. */
export class PlaceOutOfReach extends problem('place-out-of-reach', 403) {}
export class PlaceBatchNotUndoable extends problem('place-batch-not-undoable', 409) {}

/** Nodes from the top to a leaf, at most. */
export const depthLimit = 12;

/** The segment a node keeps for life: its number in base 36 and a slash. Other nodes never have the same. */
export const segmentOf = (number: number): string => `${number.toString(36)}/`;

export const pathUnder = (parentPath: string, number: number): string => parentPath + segmentOf(number);

export const depthOf = (path: string): number => path.split('/').length - 1;

export const isUnder = (path: string, ancestor: string): boolean => path.startsWith(ancestor);

type Standing = Pick<Place, 'kind' | 'path'>;

/** Refuses a new node where its kind may not stand, or where the tree would become too deep. */
export function checkStanding(kind: PlaceKind, parent: Standing | null): void {
  if (!mayStandUnder(kind, parent?.kind ?? null)) throw new PlaceKindMisplaced({ kind, parent: parent?.kind ?? null });
  if (parent && depthOf(parent.path) >= depthLimit) throw new PlaceTooDeep({ limit: depthLimit });
}

/**
 * Refuses a move into the node's own subtree, under a kind that cannot hold it, or one that makes the tree too deep.
 * `deepest` is the depth of the deepest node of the moved subtree.
 */
export function checkMove(node: Standing, target: Standing | null, deepest: number): void {
  if (target && isUnder(target.path, node.path)) throw new PlaceInItself({ path: node.path });
  checkStanding(node.kind, target);
  const height = deepest - depthOf(node.path);
  if ((target ? depthOf(target.path) : 0) + 1 + height > depthLimit) throw new PlaceTooDeep({ limit: depthLimit });
}

/** A path after the subtree `from` was hung up as `to`. */
export const movedPath = (path: string, from: string, to: string): string => to + path.slice(from.length);
