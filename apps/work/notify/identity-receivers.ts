import type { IdentityService } from '@keystead/kernel/security/identity';
import type { Receiver, Receivers } from './receivers.ts';

type Person = Pick<Receiver, 'id' | 'name' | 'language'> & { email: string; phone: string };

const receiver = ({ id, name, language, email, phone }: Person): Receiver => ({
  id,
  name,
  language,
  ...(email === '' ? {} : { email }),
  ...(phone === '' ? {} : { phone }),
});

/** People as identity knows them; only active accounts are told anything. */
export function identityReceivers(
  identity: Pick<IdentityService, 'user' | 'userReaching' | 'usersInRole' | 'usersWith'>,
): Receivers {
  return {
    usersWith: async (organisation, permission, place) =>
      (await identity.usersWith(organisation, permission, place)).map(receiver),
    usersInRole: async (organisation, role, place) =>
      (await identity.usersInRole(organisation, role, place)).map(receiver),
    userAt: async (organisation, id, place) => {
      const person = await identity.userReaching(organisation, id, place);
      return person && receiver(person);
    },
    user: async (organisation, id) => {
      const person = await identity.user(organisation, id);
      return person && receiver(person);
    },
  };
}
