import type { Scope } from '@keystead/contracts/access';
import { inSubtrees, movePaths, type Query, sql, type Tx, underPath } from '@keystead/kernel/db';
import type { PlaceKind } from './kinds.ts';
import type { Place } from './place.ts';

const columns = sql`id, organisation, parent, kind, code, name, path, ord as "order", tags, division_code as "divisionCode",
  retired, attributes, geometry, version`;

export const pathsById = (organisation: string, ids: readonly string[]): Query<{ id: string; path: string }> =>
  sql<{
    id: string;
    path: string;
  }>`select id, path from places.place where organisation = ${organisation} and id = any(${ids})`;

/** Wildcards of LIKE taken literally. */
const literal = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

const within = (path: string) => underPath(path, 'path');

export const placeById = (scope: Scope, id: string): Query<Place> =>
  sql<Place>`select ${columns} from places.place where id = ${id} and ${inSubtrees(scope, 'path')}`;

export const placeByPath = (scope: Scope, path: string): Query<Place> =>
  sql<Place>`select ${columns} from places.place where path = ${path} and ${inSubtrees(scope, 'path')}`;

/** The subtree of a path ('' = all), parents before children, down to an absolute depth. */
export const subtree = (scope: Scope, path: string, deepest: number, limit: number): Query<Place> => sql<Place>`
  select ${columns} from places.place
  where ${within(path)} and ${inSubtrees(scope, 'path')} and (length(path) - length(replace(path, '/', ''))) <= ${deepest}
  order by length(path) - length(replace(path, '/', '')), path limit ${limit}`;

/** Children in view of a parent; without one, the topmost nodes the scope reaches. */
export const childrenOf = (scope: Scope, parent: string | null): Query<Place> =>
  parent === null
    ? sql<Place>`select ${columns} from places.place p where ${inSubtrees(scope, 'path')}
        and (parent is null or path in (${sql.join(scope.subtrees.length > 0 ? scope.subtrees : [''])})) order by ord, code`
    : sql<Place>`select ${columns} from places.place where parent = ${parent} and ${inSubtrees(scope, 'path')} order by ord, code`;

export const countsOfChildren = (scope: Scope, parents: readonly string[]): Query<{ parent: string; count: number }> =>
  sql<{ parent: string; count: number }>`select parent, count(*) as count from places.place
    where parent = any(${parents}) and ${inSubtrees(scope, 'path')} group by parent`;

export interface PlaceQuery {
  text?: string;
  kind?: string;
  under?: string;
  tag?: string;
  retired?: boolean;
  after?: { code: string; id: string };
  limit: number;
}

export const searchPlaces = (scope: Scope, query: PlaceQuery): Query<Place> => {
  const like = `%${literal(query.text ?? '')}%`;
  return sql<Place>`select ${columns} from places.place where ${inSubtrees(scope, 'path')}
    ${query.text ? sql`and (code ilike ${like} or name ilike ${like})` : sql``}
    ${query.kind ? sql`and kind = ${query.kind}` : sql``}
    ${query.under === undefined ? sql`` : sql`and ${within(query.under)}`}
    ${query.tag ? sql`and ${query.tag} = any(tags)` : sql``}
    ${query.retired === undefined ? sql`` : sql`and retired = ${query.retired}`}
    ${query.after ? sql`and (code, id) > (${query.after.code}, ${query.after.id})` : sql``}
    order by code, id limit ${query.limit}`;
};

/** How many places of each kind there are in sight, below a path ('' = everywhere). */
export const countsByKind = (
  scope: Scope,
  { under = '', retired }: { under?: string; retired?: boolean },
): Query<{ kind: PlaceKind; count: number }> => sql`
  select kind, count(*)::int as count from places.place where ${inSubtrees(scope, 'path')} and ${within(under)}
    ${retired === undefined ? sql`` : sql`and retired = ${retired}`} group by kind order by kind`;

/** Held shared by all who lean on a path in their transaction, alone by those who change paths. */
export const leanOnPaths = (tx: Tx, organisation: string): Promise<number> =>
  tx.run(sql`select pg_advisory_xact_lock_shared(hashtextextended(${organisation}, 7))`);
export const changePaths = (tx: Tx, organisation: string): Promise<number> =>
  tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${organisation}, 7))`);

export const nextNumbers = async (tx: Tx, count: number): Promise<number[]> =>
  (
    await tx.all(
      sql<{
        number: number;
      }>`select nextval(pg_get_serial_sequence('places.place', 'number')) as number from generate_series(1, ${count})`,
    )
  ).map((row) => row.number);

export interface PlaceRow extends Omit<Place, 'version'> {
  number: number;
}

/** One statement for however many. Rows stand parents first. */
export const insertPlaces = (tx: Tx, rows: readonly PlaceRow[], now: Date, batch: string | null): Promise<number> =>
  tx.run(sql`
    insert into places.place (number, id, organisation, parent, kind, code, name, path, ord, tags, division_code, retired,
      attributes, geometry, batch, created_at, changed_at)
    overriding system value
    select r.number, r.id, r.organisation, r.parent, r.kind, r.code, r.name, r.path, r."order",
      array(select jsonb_array_elements_text(r.tags)), r."divisionCode", r.retired, r.attributes, nullif(r.geometry, 'null'),
      ${batch}, ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(number bigint, id uuid, organisation uuid, parent uuid, kind text,
      code text, name text, path text, "order" int, tags jsonb, "divisionCode" text, retired boolean, attributes jsonb, geometry jsonb)`);

/** Writes the changed fields; undefined when somebody else was faster. */
export const savePlace = (tx: Tx, place: Place, now: Date): Promise<Place | undefined> =>
  tx.maybe(sql<Place>`
    update places.place set code = ${place.code}, name = ${place.name}, ord = ${place.order}, tags = ${place.tags},
      division_code = ${place.divisionCode}, retired = ${place.retired}, attributes = ${JSON.stringify(place.attributes)},
      geometry = ${place.geometry === null ? null : JSON.stringify(place.geometry)}, version = version + 1, changed_at = ${now}
    where id = ${place.id} and version = ${place.version} returning ${columns}`);

export const deepestUnder = async (tx: Tx, path: string): Promise<number> =>
  (
    await tx.all(
      sql<{
        deepest: number;
      }>`select coalesce(max(length(path) - length(replace(path, '/', ''))), 0) as deepest from places.place where ${within(path)}`,
    )
  )[0]?.deepest ?? 0;

export async function rehang(tx: Tx, node: Place, parent: string | null, to: string, now: Date): Promise<void> {
  await tx.run(sql`update places.place set parent = ${parent} where id = ${node.id}`);
  await movePaths(tx, 'places.place', 'path', node.organisation, node.path, to);
  await tx.run(sql`
    update places.place set version = version + 1, changed_at = ${now}
    where organisation = ${node.organisation} and ${within(to)}`);
}

export const deletePlaces = (tx: Tx, ids: readonly string[]): Promise<number> =>
  tx.run(sql`delete from places.place where id = any(${ids})`);

export interface ImportBatch {
  id: string;
  at: Date;
  by: string;
  count: number;
}

export const addBatch = (tx: Tx, organisation: string, batch: ImportBatch): Promise<number> =>
  tx.run(sql`insert into places.import_batch (id, organisation, at, by, count)
    values (${batch.id}, ${organisation}, ${batch.at}, ${batch.by}, ${batch.count})`);

export const lastBatch = (tx: Tx): Promise<ImportBatch | undefined> =>
  tx.maybe(
    sql<ImportBatch>`select id, at, by, count from places.import_batch where undone_at is null order by at desc, id desc limit 1 for update`,
  );

export const endBatch = (tx: Tx, id: string, now: Date): Promise<number> =>
  tx.run(sql`update places.import_batch set undone_at = ${now} where id = ${id}`);

/** Places of a batch, with how many were changed since or have children that came later. */
export const placesOfBatch = (tx: Tx, batch: string): Promise<(Place & { foreign: number })[]> =>
  tx.all(sql<Place & { foreign: number }>`
    select ${columns}, (select count(*) from places.place c where c.parent = p.id and c.batch is distinct from ${batch}) as foreign
    from places.place p where batch = ${batch} order by path desc`);
