import type { Scope } from '@keystead/contracts/access';
import { inSubtrees, plannedAnew, sql, underPath } from '@keystead/kernel/db';
import type { PlaceSums } from './fold.ts';
import type { Measure, Source, Sums, Window } from './measure.ts';

/** Stands for the organisation as a whole among the places of frozen figures. */
export const everywhere = '00000000-0000-0000-0000-000000000000';

export interface ChildPlace {
  id: string;
  path: string;
  kind: string;
  code: string;
  name: string;
}

/** One counted row. `ref` names it within its grain. */
export interface MeasuredRow {
  ref: string;
  place: string;
  num: number;
  den: number;
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

const rowsCounted = ({ source, counting: { among, num, den } }: Measure, window: Window) => sql<MeasuredRow>`
  select r.ref, r.place, (${sql.raw(num)})::bigint as num, (${sql.raw(den)})::bigint as den
  from (${source(window)}) r where ${sql.raw(among)}`;

/** All places of a kind below a path, such as the projects of a city. */
export const placesOfKind = (scope: Scope, kind: string, under: string) => sql<ChildPlace>`
  select id, path, kind, code, name from places_pub.place
  where organisation = ${scope.organisation} and kind = ${kind} and not retired and ${inSubtrees(scope, 'path')} and ${underPath(under, 'path')}
  order by ord, code, path limit 5000`;

export const sumsByPlace = (measure: Measure, window: Window) =>
  plannedAnew(sql<PlaceSums>`
  select r.place, sum(r.num)::bigint as num, sum(r.den)::bigint as den, count(*)::bigint as rows
  from (${rowsCounted(measure, window)}) r group by r.place`);

/** Three sums a measure, in the order given. */
const sumsOf = (measures: readonly Measure[]) =>
  sql.join(
    measures.flatMap(({ counting: { among, num, den } }, n) =>
      [`sum(${num})`, `sum(${den})`, 'count(*)'].map((sum, part) =>
        sql.raw(`coalesce(${sum} filter (where ${among}), 0)::bigint as s${n * 3 + part}`),
      ),
    ),
  );

/** Sums of measures of one source from one reading of it; `offset 0` keeps what a column took to work out from being done for each. */
export const wholeSums = (measures: readonly Measure[], source: Source, window: Window) =>
  plannedAnew(sql<Record<string, number>>`
  select ${sumsOf(measures)} from (${source(window)} offset 0) r`);

/** The same for each place rows stand at. */
export const placeSums = (measures: readonly Measure[], source: Source, window: Window) =>
  plannedAnew(sql<Record<string, number> & { place: string }>`
  select r.place, ${sumsOf(measures)} from (${source(window)} offset 0) r group by r.place`);

/** What a row of `wholeSums` or `placeSums` says of its n-th measure. */
export const sumsIn = (row: Readonly<Record<string, number | string>>, n: number): Sums => {
  const at = (part: number): number => Number(row[`s${n * 3 + part}`] ?? 0);
  return { num: at(0), den: at(1), rows: at(2) };
};

export const rowsOf = (measure: Measure, window: Window, page: { limit: number; after: string }) =>
  plannedAnew(sql<MeasuredRow & { name: string | null; placeId: string | null }>`
  select r.ref, r.place, r.num, r.den, p.name, p.id as "placeId" from (${rowsCounted(measure, window)}) r
  left join places_pub.place p on p.organisation = ${window.scope.organisation} and p.path = r.place
  where r.ref > ${page.after} order by r.ref limit ${page.limit}`);

const frozenColumns = sql.raw(
  `measure, version, to_char(day, 'YYYY-MM-DD') as day, place_id as "placeId", num, den, rows, at`,
);

/** What was frozen of measures on some days for some places, the newest version of each. */
export const frozenOf = (
  scope: Scope,
  measures: readonly string[],
  days: readonly string[],
  placeIds: readonly string[],
) => sql<Frozen>`
  select distinct on (measure, place_id, day) ${frozenColumns} from measures.snapshot
  where organisation = ${scope.organisation} and ${inSubtrees(scope, 'place')} and measure = any(${[...measures]}::text[])
    and day = any(${[...days]}::date[]) and place_id = any(${[...placeIds]}::uuid[])
  order by measure, place_id, day, version desc`;

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
