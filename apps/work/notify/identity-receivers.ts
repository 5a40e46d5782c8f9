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
export function identityReceivers(identity: Pick<IdentityService, 'user' | 'usersInRole' | 'usersWith'>): Receivers {
  return {
    usersWith: async (organisation, permission, place) =>
      (await identity.usersWith(organisation, permission, place)).map(receiver),
    usersInRole: async (organisation, role) => (await identity.usersInRole(organisation, role)).map(receiver),
    user: async (organisation, id) => {
      const person = await identity.user(organisation, id);
      return person && receiver(person);
    },
  };
}
