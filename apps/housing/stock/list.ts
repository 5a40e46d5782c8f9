import type { Scope } from '@keystead/contracts/access';
import { inSubtrees, type Query, sql, underPath } from '@keystead/kernel/db';
import { inZones } from './core-zone.ts';
import type { HouseState } from './house-state.ts';
import { type HouseRow, houseColumns, houses } from './row.ts';

export interface HouseFilter {
  readonly state?: readonly HouseState[];
  /** Path of a place: what lies in its subtree. */
  readonly under?: string;
  /** Part of code, name or address. */
  readonly text?: string;
  readonly core?: boolean;
  readonly repairing?: boolean;
  /** Required entries are missing. */
  readonly incomplete?: boolean;
  /** Empty for at least so many days. */
  readonly vacantDays?: number;
}

export interface HouseLine extends HouseRow {
  core: boolean;
}

const escaped = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

function conditions(scope: Scope, filter: HouseFilter, zones: readonly string[], now: Date) {
  const all = [sql<boolean>`h.organisation = ${scope.organisation}`, inSubtrees(scope, 'h.place')];
  if (filter.state?.length) all.push(sql`h.state = any(${filter.state})`);
  if (filter.under) all.push(underPath(filter.under, 'h.place'));
  if (filter.text) {
    const like = escaped(filter.text);
    all.push(sql`(p.code ilike ${like} or p.name ilike ${like} or h.dossier #>> '{location,address}' ilike ${like})`);
  }
  if (filter.core !== undefined)
    all.push(filter.core ? inZones(zones, 'h.place') : sql`not ${inZones(zones, 'h.place')}`);
  if (filter.repairing !== undefined) all.push(sql`h.repairing = ${filter.repairing}`);
  if (filter.incomplete !== undefined)
    all.push(filter.incomplete ? sql`h.completeness < 100` : sql`h.completeness = 100`);
  if (filter.vacantDays !== undefined)
    all.push(sql`h.vacant_since <= ${new Date(now.getTime() - filter.vacantDays * 86_400_000)}`);
  return sql.join(all, sql` and `);
}

/** One page in the order of the tree. */
export const pageOf = (
  scope: Scope,
  filter: HouseFilter,
  zones: readonly string[],
  page: { limit: number; after?: string | undefined },
  now: Date,
): Query<HouseLine> => sql<HouseLine>`
  select ${houseColumns}, ${inZones(zones, 'h.place')} as core from ${houses}
  where ${conditions(scope, filter, zones, now)} ${page.after === undefined ? sql`` : sql`and h.place > ${page.after}`}
  order by h.place limit ${page.limit}`;

export interface StateCount {
  state: HouseState;
  count: number;
  repairing: number;
  incomplete: number;
}

export const countsOf = (
  scope: Scope,
  filter: HouseFilter,
  zones: readonly string[],
  now: Date,
): Query<StateCount> => sql<StateCount>`
  select h.state, count(*)::int as count, (count(*) filter (where h.repairing))::int as repairing,
    (count(*) filter (where h.completeness < 100))::int as incomplete
  from ${houses} where ${conditions(scope, filter, zones, now)} group by h.state order by h.state`;

/** States of the houses in a subtree, for the grid 房态图. */
export const statesUnder = (scope: Scope, path: string, limit: number) => sql<{
  id: string;
  state: HouseState;
  since: Date;
  vacantSince: Date | null;
  repairing: boolean;
  completeness: number;
}>`
  select h.id, h.state, h.since, h.vacant_since as "vacantSince", h.repairing, h.completeness from stock.house h
  where h.organisation = ${scope.organisation} and ${inSubtrees(scope, 'h.place')} and ${underPath(path, 'h.place')} limit ${limit}`;

/** Figures of each project in sight. */
export const projectFigures = (scope: Scope) => sql<{ id: string; path: string; state: HouseState; count: number }>`
  select p.id, p.path, h.state, count(*)::int as count
  from places_pub.place p join stock.house h on h.organisation = p.organisation
    and h.place >= p.path collate "C" and h.place < (left(p.path, -1) || '0') collate "C"
  where p.organisation = ${scope.organisation} and p.kind = 'project' and ${inSubtrees(scope, 'h.place')} and ${inSubtrees(scope, 'p.path')}
  group by p.id, p.path, h.state`;

/** Everything above houses in sight, for the codes a sheet names them by. */
export const placesAbove = (scope: Scope) => sql<{ path: string; kind: string; code: string }>`
  select path, kind, code from places_pub.place
  where organisation = ${scope.organisation} and kind <> 'house' and ${inSubtrees(scope, 'path')}`;
