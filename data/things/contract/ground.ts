import type { Scope } from '@keystead/contracts/access';
import type { ClimateZone } from '@keystead/contracts/device-contract';
import { type Db, sql } from '@keystead/kernel/db';

export interface Site {
  id: string;
  name: string;
  path: string;
}

interface Row extends Site {
  kind: string;
  zone: ClimateZone | null;
}

/** Path of a place and of all above it, the nearest first: `1/2f/` → `1/2f/`, `1/`. */
export const pathsAbove = (path: string): string[] => {
  const segments = path.split('/').slice(0, -1);
  return segments.map((_, at) => `${segments.slice(0, segments.length - at).join('/')}/`);
};

/**
 * Sites and climate zones of an organisation, whatever the actor may see of its devices: the zone of a region holds
 * for all below it until a nearer place says otherwise.
 */
export async function readGround(db: Db, { organisation }: Scope) {
  const rows = await db.systemRead(sql<Row>`
    select id, name, path, kind, attributes ->> 'climateZone' as zone from places_pub.place
    where organisation = ${organisation} and kind in ('region', 'project', 'site') limit 50000`);
  const byPath = new Map(rows.map((row) => [row.path, row]));
  const nearest = (path: string): Row[] => pathsAbove(path).flatMap((above) => byPath.get(above) ?? []);
  return {
    siteOf: (path: string): Site | undefined => nearest(path).find(({ kind }) => kind !== 'region'),
    zoneOf: (path: string): ClimateZone | null => nearest(path).find(({ zone }) => zone !== null)?.zone ?? null,
  };
}

export type Ground = Awaited<ReturnType<typeof readGround>>;
