import type { RecordsService } from '@keystead/data/records';
import { PartOutOfStock, type ThingsService } from '@keystead/data/things';
import type { IdentityService } from '@keystead/kernel/security/identity';
import type { Files, Shelf, Staff, ThingFacts } from './ports.ts';

/** Names and model families from the registry's memory. */
export const thingFacts = (things: Pick<ThingsService, 'numberOf' | 'refs'>): ThingFacts => ({
  factsOf: async (_tx, organisation, thingId) => {
    const number = await things.numberOf(thingId);
    if (number === undefined) return undefined;
    const ref = (await things.refs([number])).get(number);
    return ref?.organisation === organisation ? { name: ref.name, family: ref.model.family } : undefined;
  },
});

/** Work is given to active accounts only. */
export const staffOf = (identity: Pick<IdentityService, 'user' | 'usersWith'>): Staff => ({
  nameOf: async (organisation, userId) => (await identity.user(organisation, userId))?.name,
  handlersAt: (organisation, place) => identity.usersWith(organisation, 'case:handle', place),
});

/** Hashes as the store of files knows them. */
export const filesOf = (records: Pick<RecordsService, 'get'>): Files => ({
  hashOf: async (actor, record) => (await records.get(actor, record)).hash,
});

/** Whole pieces only, as the shelf counts them. */
export const shelfOf = (things: Pick<ThingsService, 'parts'>): Shelf => ({
  take: async (tx, organisation, part, quantity) => {
    if (!Number.isInteger(quantity)) throw new PartOutOfStock({ wanted: quantity });
    const [taken] = await things.parts.take(tx, organisation, [{ part, quantity }]);
    return { code: taken?.code ?? '', name: taken?.name ?? '', left: taken?.stock ?? 0 };
  },
});
