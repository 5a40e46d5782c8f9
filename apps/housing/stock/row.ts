import { sql } from '@keystead/kernel/db';
import type { Dossier } from './dossier.ts';
import type { HouseState } from './house-state.ts';

/** A house as it is kept, with what its place knows of it. */
export interface HouseRow {
  id: string;
  organisation: string;
  /** Path of the place. */
  place: string;
  state: HouseState;
  since: Date;
  vacantSince: Date | null;
  reservedUntil: Date | null;
  repairing: boolean;
  lease: string | null;
  dossier: Dossier;
  /** Percent of the required entries. */
  completeness: number;
  missing: string[];
  version: number;
  code: string;
  name: string;
  tags: string[];
  attributes: Record<string, unknown>;
  placeVersion: number;
}

/** What the place knows of it. */
export type PlaceSide = Pick<HouseRow, 'code' | 'name' | 'tags' | 'attributes' | 'placeVersion'>;

/** Columns of `stock.house h` under the names of HouseRow. */
export const ownColumns = sql.raw(`
  h.id, h.organisation, h.place, h.state, h.since, h.vacant_since as "vacantSince", h.reserved_until as "reservedUntil",
  h.repairing, h.lease, h.dossier, h.completeness, h.missing, h.version`);

/** Columns of `places_pub.place p` under the names of PlaceSide. */
export const placeColumns = sql.raw('p.code, p.name, p.tags, p.attributes, p.version as "placeVersion"');

/** Both, of `stock.house h join places_pub.place p`. */
export const houseColumns = sql`${ownColumns}, ${placeColumns}`;

export const houses = sql.raw('stock.house h join places_pub.place p on p.id = h.id');

export interface StatusLine {
  number: number;
  at: Date;
  recordedAt: Date;
  step: string;
  from: string;
  to: HouseState;
  repairing: boolean;
  actor: string;
  actorName: string;
  reason: string | null;
  lease: string | null;
  handover: string | null;
}

export const statusColumns = sql.raw(`
  s.number, s.at, s.recorded_at as "recordedAt", s.step, s.from_state as "from", s.to_state as "to", s.repairing, s.actor,
  s.actor_name as "actorName", s.reason, s.lease, s.handover`);

/** What the place itself says of the house, kept with each version of the file. */
export interface PlaceFacts {
  name: string;
  tags: string[];
  attributes: Record<string, unknown>;
}

export const factsOf = ({ name, tags, attributes }: PlaceFacts): PlaceFacts => ({ name, tags, attributes });

export interface EditionLine {
  number: number;
  at: Date;
  actor: string;
  actorName: string;
  groups: string[];
  dossier: Dossier;
  facts: PlaceFacts;
}
