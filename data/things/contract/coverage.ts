import { type Actor, pathRange } from '@keystead/contracts/access';
import { type Db, inSubtrees, sql } from '@keystead/kernel/db';
import type { Models } from '../models.ts';
import type { Coverage } from './schemas.ts';

/** Tags of floors and zones that must be heard (H-6.3-c-1). */
const tags = ['corridor', 'lift-lobby'];
const most = 100_000;

interface Row {
  id: string;
  path: string;
  kind: string;
  code: string;
  name: string;
  sounders: number;
}

/** Corridors and lift lobbies without a sounder. */
export function createCoverage({ db, models }: { db: Db; models: Models }) {
  /** Places of kind floor or zone with one of the tags, and those of them in whose subtree no sounder stands. */
  return async function soundersMissing(actor: Actor, underPath = ''): Promise<Coverage> {
    const families = (await models.all(actor))
      .filter(({ category }) => category.function === 'fire' && category.specification === 'sounder')
      .map(({ family }) => family);
    const under = pathRange(underPath);
    const rows = await db.read(
      actor.scope,
      sql<Row>`
        select p.id, p.path, p.kind, p.code, p.name, count(t.number)::int as sounders
        from places_pub.place p
        left join things.thing t on t.organisation = p.organisation and t.family = any(${[...new Set(families)]}::text[])
          and t.state not in ('retired', 'scrapped') and starts_with(t.place, p.path)
        where p.kind in ('floor', 'zone') and p.tags && ${tags}::text[] and not p.retired
          and ${inSubtrees(actor.scope, 'p.path')}
          and (${underPath} = '' or (p.path >= ${under.lo} collate "C" and p.path < ${under.hi} collate "C"))
        group by p.id, p.path, p.kind, p.code, p.name order by p.path collate "C" limit ${most}`,
    );
    return {
      places: rows.length,
      gaps: rows.filter(({ sounders }) => sounders === 0).map(({ sounders: _, ...place }) => place),
    };
  };
}
