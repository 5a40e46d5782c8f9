import { pathRange } from '@keystead/contracts/access';
import { sql, type Tx } from '@keystead/kernel/db';

/** Paths of the topmost places that bear one of the tags; everything below them lies in the core zone. */
export async function coreZones(tx: Tx, organisation: string, tags: readonly string[]): Promise<string[]> {
  const rows = await tx.all(sql<{ path: string }>`
    select path from places_pub.place where organisation = ${organisation} and tags && ${tags}::text[] order by path collate "C"`);
  const tops: string[] = [];
  for (const { path } of rows) {
    const last = tops.at(-1);
    if (last === undefined || !path.startsWith(last)) tops.push(path);
  }
  return tops;
}

/** Whether a path lies in one of the zones, as a condition. */
export function inZones(zones: readonly string[], column: string) {
  if (zones.length === 0) return sql<boolean>`false`;
  const ranges = zones.map(pathRange);
  return sql<boolean>`exists (select from unnest(${ranges.map(({ lo }) => lo)}::text[], ${ranges.map(({ hi }) => hi)}::text[]) z(lo, hi)
    where ${sql.ref(column)} collate "C" >= z.lo and ${sql.ref(column)} collate "C" < z.hi)`;
}
