import type { OrganisationId } from '@keystead/contracts/access';
import { type Db, sql } from '@keystead/kernel/db';

/**
 * The organisation that answers for devices nobody knows: what strangers do is shown to its people. Set by whoever
 * composes the platform; else the first organisation that registered a thing.
 */
export function createOperator(db: Db) {
  let set: (() => OrganisationId | undefined) | undefined;
  let first: OrganisationId | undefined;
  return {
    is: (organisation: () => OrganisationId | undefined) => {
      set = organisation;
    },
    find: async (): Promise<OrganisationId | undefined> => {
      const given = set?.();
      if (given !== undefined || first !== undefined) return given ?? first;
      const [row] = await db.systemRead(
        sql<{ organisation: OrganisationId }>`select organisation from things.thing order by number limit 1`,
      );
      first = row?.organisation;
      return first;
    },
  };
}

export type Operator = ReturnType<typeof createOperator>;
