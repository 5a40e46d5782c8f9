import type { Actor } from '@keystead/contracts/access';
import { ThingMissing } from '@keystead/data/things';
import { type Db, inSubtrees, sql } from '@keystead/kernel/db';
import type { KnownThing, ThingDirectory } from './thing-directory.ts';

interface Numbered {
  number: number;
}

/** What comes from things as it is. */
export type ThingMemory = Pick<ThingDirectory, 'refs' | 'addUsage'>;

/** Things as their published view shows them to an actor, with the models from memory. */
export function createThingDirectory(db: Db, memory: ThingMemory): ThingDirectory {
  async function known(rows: readonly Numbered[]): Promise<KnownThing[]> {
    const found = await memory.refs(rows.map(({ number }) => number));
    return rows.flatMap(({ number }) => found.get(number) ?? []);
  }

  const visible = async (actor: Actor, which: ReturnType<typeof sql<boolean>>): Promise<KnownThing[]> =>
    known(
      await db.read(
        actor.scope,
        sql<Numbered>`select number from things_pub.thing t where ${which} and ${inSubtrees(actor.scope, 't.place')}`,
      ),
    );

  return {
    refs: memory.refs,
    addUsage: memory.addUsage,
    get: async (actor, id) => {
      const [thing] = await visible(actor, sql<boolean>`id = ${id}`);
      if (!thing) throw new ThingMissing({ id });
      return thing;
    },
    getMany: (actor, ids) => visible(actor, sql<boolean>`id = any(${ids}::uuid[])`),
    byCodes: async (actor, codes) => {
      const things = await visible(actor, sql<boolean>`code = any(${codes}::text[])`);
      return new Map(things.map((thing) => [thing.code, thing]));
    },
    byId: async (id) => {
      const [thing] = await known(
        await db.systemRead(sql<Numbered>`select number from things_pub.thing where id = ${id}`),
      );
      return thing;
    },
  };
}
