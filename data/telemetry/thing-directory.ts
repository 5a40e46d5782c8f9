import type { Actor, OrganisationId } from '@keystead/contracts/access';
import type { ThingModel } from '@keystead/contracts/thing-model';

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
}
