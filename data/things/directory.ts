import type { OrganisationId } from '@keystead/contracts/access';
import { type Db, sql } from '@keystead/kernel/db';
import type { Changes } from './changes.ts';
import { Lookup } from './lookup.ts';
import type { Models } from './models.ts';
import { ThingMissing, type ThingRef } from './thing.ts';

interface Row {
  number: number;
  id: string;
  code: string;
  name: string;
  organisation: OrganisationId;
  place: string;
  placeId: string | null;
  family: string;
  modelVersion: number;
  gateway: number | null;
}

const most = 200_000;

/** Things by their number, from memory; what changes anywhere is asked again within a quarter of a second. */
export function createDirectory(db: Db, models: Models, changes: Changes) {
  async function load(keys: string[]): Promise<Map<string, ThingRef>> {
    const rows = await db.systemRead(sql<Row>`
      select t.number, t.id, t.code, t.name, t.organisation, t.place, t.place_id as "placeId", t.family, t.model_version as "modelVersion",
        r.source as gateway
      from things.thing t left join things.relation r on r.target = t.number and r.kind = 'contains'
      where t.number = any(${keys.map(Number)}::bigint[])`);
    const found = new Map<string, ThingRef>();
    for (const { family, modelVersion, gateway, ...row } of rows) {
      const model = await models.of(row.organisation, family, modelVersion);
      found.set(String(row.number), { ...row, model, ...(gateway === null ? {} : { gateway }) });
    }
    return found;
  }
  const lookup = new Lookup<ThingRef>({ most, load, ownersOf: (ref) => [ref.number] });
  changes.on(({ thing, kind }) => {
    if (kind === 'all' || kind === 'missed') lookup.clear();
    else if (kind !== 'shared') lookup.forget(thing);
  });

  const find = (number: number) => lookup.get(String(number));

  return {
    /** Throws ThingMissing. Answers at once (no promise turn lost) when the thing is in memory. */
    byNumber: async (number: number): Promise<ThingRef> => {
      const found = await find(number);
      if (!found) throw new ThingMissing({ number });
      return found;
    },
    /** Those that exist, by number. */
    byNumbers: async (numbers: readonly number[]): Promise<Map<number, ThingRef>> => {
      const found = await Promise.all(numbers.map(find));
      return new Map(found.flatMap((ref) => (ref ? [[ref.number, ref] as const] : [])));
    },
  };
}

export type Directory = ReturnType<typeof createDirectory>;
