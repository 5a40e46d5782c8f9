import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import { isId } from '@keystead/contracts/ids';
import { NotFound, Problem } from '@keystead/contracts/problem';
import type { IdentityService } from '@keystead/kernel/security/identity';
import type { Receiver, Receivers } from './receivers.ts';

type Account = Pick<Receiver, 'id' | 'name' | 'language'> & { email: string; phone: string };

const receiver = ({ id, name, language, email, phone }: Account): Receiver => ({
  id,
  name,
  language,
  ...(email === '' ? {} : { email }),
  ...(phone === '' ? {} : { phone }),
});

const roleLimit = 200;

/** People as identity knows them; only active accounts are told anything. */
export function identityReceivers(identity: Pick<IdentityService, 'usersWith' | 'accounts'>): Receivers {
  const asPlatform = (organisation: string) => systemActor('notify', organisation as OrganisationId);
  return {
    usersWith: async (organisation, permission, place) =>
      (await identity.usersWith(organisation, permission, place)).map(receiver),
    usersInRole: async (organisation, role) => {
      if (!isId(role)) return [];
      const { items } = await identity.accounts.list(asPlatform(organisation), {
        role,
        state: 'active',
        limit: roleLimit,
      });
      return items.map(receiver);
    },
    user: async (organisation, id) => {
      if (!isId(id)) return undefined;
      try {
        const account = await identity.accounts.get(asPlatform(organisation), id);
        return account.state === 'active' ? receiver(account) : undefined;
      } catch (cause) {
        if (cause instanceof Problem && cause.status === NotFound.status) return undefined;
        throw cause;
      }
    },
  };
}
