import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import { isId } from '@keystead/contracts/ids';
import { NotFound, Problem } from '@keystead/contracts/problem';
import type { ThingsService } from '@keystead/data/things';
import type { IdentityService } from '@keystead/kernel/security/identity';
import type { Staff, ThingFacts } from './ports.ts';

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
export const staffOf = (identity: Pick<IdentityService, 'accounts'>): Staff => ({
  nameOf: async (organisation, userId) => {
    if (!isId(userId)) return undefined;
    try {
      const account = await identity.accounts.get(systemActor('cases', organisation as OrganisationId), userId);
      return account.state === 'active' ? account.name : undefined;
    } catch (cause) {
      if (cause instanceof Problem && cause.status === NotFound.status) return undefined;
      throw cause;
    }
  },
});
