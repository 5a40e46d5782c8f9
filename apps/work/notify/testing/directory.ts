import { newId } from '@keystead/contracts/ids';
import type { Receiver, Receivers } from '../receivers.ts';

export interface Person extends Receiver {
  readonly permissions: readonly string[];
  readonly roles: readonly string[];
  /** Place path the person answers for. */
  readonly place: string;
}

/** People of a test organisation, answering as identity does: by permission within their place. */
export function directory(people: Person[]): Receivers {
  return {
    usersWith: async (_organisation, permission, place) =>
      people.filter((each) => each.permissions.includes(permission) && place.startsWith(each.place)),
    usersInRole: async (_organisation, role, place) =>
      people.filter((each) => each.roles.includes(role) && place.startsWith(each.place)),
    userAt: async (_organisation, id, place) => people.find((each) => each.id === id && place.startsWith(each.place)),
    user: async (_organisation, id) => people.find((each) => each.id === id),
  };
}

export const person = (name: string, permissions: string, more: Partial<Person> = {}): Person => ({
  id: newId(),
  name,
  email: `${name}@example.org`,
  phone: '13800001234',
  language: 'zh-CN',
  permissions: permissions.split(' '),
  roles: [],
  place: '',
  ...more,
});
