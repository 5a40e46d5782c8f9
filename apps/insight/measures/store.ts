import type { Scope } from '@keystead/contracts/access';
import { inSubtrees, sql } from '@keystead/kernel/db';
import type { PlaceSums } from './fold.ts';
import type { Measure, Window } from './measure.ts';
import type { MeasuredRow } from './rows/row.ts';

/** Stands for the organisation as a whole among the places of frozen figures. */
export const everywhere = '00000000-0000-0000-0000-000000000000';

export interface ChildPlace {
  id: string;
  path: string;
  kind: string;
  code: string;
  name: string;
}

export interface Frozen {
  measure: string;
  version: number;
  day: string;
  placeId: string;
  num: number;
  den: number;
  rows: number;
  at: Date;
}

/** Units and floors are looked through: below a building come its houses. */
export const childrenOf = (scope: Scope, parent: string | null) => sql<ChildPlace>`
  with recursive below as (
    select id, path, kind, code, name, ord from places_pub.place
    where organisation = ${scope.organisation} and ${
      parent
        ? sql`parent = ${parent}`
        : scope.subtrees.includes('')
          ? sql`parent is null`
          : sql`path = any(${[...scope.subtrees]}::text[])`
    } and ${inSubtrees(scope, 'path')}
    union all
    select p.id, p.path, p.kind, p.code, p.name, p.ord from below b join places_pub.place p on p.parent = b.id where b.kind in ('unit', 'floor'))
  select id, path, kind, code, name from below where kind not in ('unit', 'floor') order by ord, code, path limit 5000`;

export const sumsByPlace = (measure: Measure, window: Window) => sql<PlaceSums>`
  select r.place, sum(r.num)::bigint as num, sum(r.den)::bigint as den, count(*)::bigint as rows
  from (${measure.rows(window)}) r group by r.place`;

export const rowsOf = (measure: Measure, window: Window, page: { limit: number; after: string }) => sql<
  MeasuredRow & { name: string | null }
>`
  select r.ref, r.place, r.num, r.den, p.name from (${measure.rows(window)}) r
  left join places_pub.place p on p.organisation = ${window.scope.organisation} and p.path = r.place
  where r.ref > ${page.after} order by r.ref limit ${page.limit}`;

const frozenColumns = sql.raw(
  `measure, version, to_char(day, 'YYYY-MM-DD') as day, place_id as "placeId", num, den, rows, at`,
);

/** What was frozen of a measure on some days for some places, the newest version of each. */
export const frozenOf = (
  scope: Scope,
  measure: string,
  days: readonly string[],
  placeIds: readonly string[],
) => sql<Frozen>`
  select distinct on (place_id, day) ${frozenColumns} from measures.snapshot
  where organisation = ${scope.organisation} and ${inSubtrees(scope, 'place')} and measure = ${measure}
    and day = any(${[...days]}::date[]) and place_id = any(${[...placeIds]}::uuid[])
  order by place_id, day, version desc`;

export const lastFrozenDays = sql<{ organisation: string; last: string | null }>`
  select o.organisation, (select to_char(max(s.day), 'YYYY-MM-DD') from measures.snapshot s where s.organisation = o.organisation) as last
  from (select distinct organisation from stock_pub.house) o`;

/** Places figures are frozen for: all that houses lie under down to the building. */
export const frozenPlaces = (organisation: string) => sql<{ id: string; path: string }>`
  select id, path from places_pub.place where organisation = ${organisation} and kind in ('region', 'project', 'site', 'building')`;

export interface NewFrozen {
  place_id: string;
  place: string;
  num: number;
  den: number;
  rows: number;
}

export const freeze = (
  {
    organisation,
    measure,
    version,
    day,
    at,
    takenAt,
  }: { organisation: string; measure: string; version: number; day: string; at: Date; takenAt: Date },
  figures: readonly NewFrozen[],
) => sql`
  insert into measures.snapshot (organisation, measure, version, day, place_id, place, num, den, rows, at, taken_at)
  select ${organisation}, ${measure}, ${version}, ${day}::date, f.place_id, f.place, f.num, f.den, f.rows, ${at}, ${takenAt}
  from jsonb_to_recordset(${JSON.stringify(figures)}::jsonb) as f(place_id uuid, place text, num bigint, den bigint, rows bigint)
  on conflict do nothing`;
