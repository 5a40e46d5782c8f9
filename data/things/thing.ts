import { type Actor, inScope, type OrganisationId } from '@keystead/contracts/access';
import type { Bearer } from '@keystead/contracts/bearer';
import type { Id } from '@keystead/contracts/ids';
import { problem } from '@keystead/contracts/problem';
import type { ThingModel } from '@keystead/contracts/thing-model';
import type { EquipmentClass } from './equipment-class.ts';
import type { LifecycleState } from './lifecycle.ts';
import type { Dossier } from './schemas.ts';
import type { Whitelist } from './whitelist.ts';

export type ThingId = Id<'thing'>;
export type OnlineState = 'unknown' | 'online' | 'offline';

/** Something observed, operated or maintained. */
export interface Thing extends Dossier {
  /** Dense number: the key of its telemetry. */
  number: number;
  id: ThingId;
  organisation: OrganisationId;
  /** Path of its place, '' = nowhere yet. */
  place: string;
  placeId: string | null;
  code: string;
  name: string;
  family: string;
  modelVersion: number;
  state: LifecycleState;
  whitelist: Whitelist;
  /** What carries its words (`nb-iot`, `wifi`, `lora`), told apart from the language it speaks in them. */
  bearer: Bearer | null;
  protocol: string | null;
  /** null: nobody has said. */
  equipmentClass: EquipmentClass | null;
  labels: Record<string, string>;
  version: number;
}

/** What other modules need to know of a thing to work with its signals; kept in memory. */
export interface ThingRef {
  number: number;
  id: string;
  code: string;
  name: string;
  organisation: OrganisationId;
  /** Place path. */
  place: string;
  placeId: string | null;
  model: ThingModel;
  /** Number of the thing that contains it, when that is a gateway. */
  gateway?: number;
}

export class ThingMissing extends problem('thing-missing', 404) {}
export class ThingCodeTaken extends problem('thing-code-taken', 409) {}
export class ThingBatchNotUndoable extends problem('thing-batch-not-undoable', 409) {}
/** The place does not exist or lies outside what the actor may change. */
export class ThingOutOfReach extends problem('thing-out-of-reach', 403) {}

/** What decides for every device of an organisation is decided by whoever answers for all of it. Throws ThingOutOfReach. */
export function mustReachAll({ scope }: Actor): void {
  if (!inScope(scope, '')) throw new ThingOutOfReach();
}
/** It would keep a fire device from starting by itself: refused for everybody (H-6.3-b-2). */
export class AutonomyProtected extends problem('autonomy-protected', 403) {}
export class ModelMissing extends problem('model-missing', 404) {}

/** The gateway kind of thing speaks for those it contains; the function axis of its model says so. */
export const isGateway = (model: ThingModel): boolean => model.category.function === 'gateway';
