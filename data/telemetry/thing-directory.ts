import type { Actor, OrganisationId } from '@keystead/contracts/access';
import type { ThingModel } from '@keystead/contracts/thing-model';
import type { Tx } from '@keystead/kernel/db';

/** A thing as telemetry needs to know it. */
export interface KnownThing {
  /** Dense number, the key of its signals. */
  number: number;
  id: string;
  code: string;
  name: string;
  organisation: OrganisationId;
  /** Place path. */
  place: string;
  model: ThingModel;
}

/** What a thing used since it was last told. */
export interface Usage {
  thing: number;
  runSeconds: number;
  energyKwh: number;
}

/** What telemetry asks of things. The scope of the actor is judged there, once a request. */
export interface ThingDirectory {
  /** The thing, when the actor may see it; else the problem of things. */
  get(actor: Actor, id: string): Promise<KnownThing>;
  /** Those of the things that the actor may see. */
  getMany(actor: Actor, ids: readonly string[]): Promise<KnownThing[]>;
  /** Those of the codes that the actor may see, by code. */
  byCodes(actor: Actor, codes: readonly string[]): Promise<Map<string, KnownThing>>;
  /** For the platform's own pushes; each reader's scope is judged where it is sent. */
  byId(id: string): Promise<KnownThing | undefined>;
  /** Those that exist, by number, from memory. */
  refs(numbers: readonly number[]): Promise<ReadonlyMap<number, KnownThing>>;
  /** Adds to running time and energy, exactly when the transaction commits. */
  addUsage(rows: readonly Usage[], tx: Tx): Promise<void>;
}
