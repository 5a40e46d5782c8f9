import { type Static, Type } from 'typebox';
import { AssignmentView, IdText, Time } from '../rights/schemas.ts';
import { userNameForm } from './account.ts';

const UserName = Type.String({ pattern: userNameForm });
const Name = Type.String({ minLength: 1, maxLength: 80 });
const Phone = Type.String({ pattern: '^$|^[+0-9][0-9 -]{4,19}$' });
const Email = Type.String({ pattern: '^$|^[^\\s@]+@[^\\s@]+$', maxLength: 200 });
const Language = Type.Enum(['zh-CN', 'en']);
const Kind = Type.Enum(['staff', 'tenant']);
const Password = Type.String({ minLength: 1, maxLength: 500 });

export const UserView = Type.Object({
  id: IdText,
  username: Type.String(),
  name: Type.String(),
  phone: Type.String(),
  email: Type.String(),
  language: Language,
  kind: Kind,
  state: Type.Enum(['active', 'disabled', 'deleted']),
  /** A second factor is set up. */
  secondFactor: Type.Boolean(),
  roles: Type.Array(AssignmentView),
  version: Type.Integer(),
  madeAt: Time,
});
export type UserView = Static<typeof UserView>;

export const UserQuery = Type.Object({
  text: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  /** Without it: all but the deleted ones. */
  state: Type.Optional(Type.Enum(['active', 'disabled', 'deleted'])),
  kind: Type.Optional(Kind),
  role: Type.Optional(IdText),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(Type.String({ maxLength: 400 })),
});
export type UserQuery = Static<typeof UserQuery>;

export const UserDraft = Type.Object({
  username: UserName,
  name: Name,
  /** One of phone and e-mail at least. */
  phone: Type.Optional(Phone),
  email: Type.Optional(Email),
  language: Type.Optional(Language),
  kind: Type.Optional(Kind),
  /** Without it one is made and given back once. */
  password: Type.Optional(Password),
  /** Must be changed at the first sign-in, unless this is false and the organisation's second factor is waived here. */
  mustChange: Type.Optional(Type.Boolean()),
});
export type UserDraft = Static<typeof UserDraft>;

export const UserChange = Type.Object({
  username: Type.Optional(UserName),
  name: Type.Optional(Name),
  phone: Type.Optional(Phone),
  email: Type.Optional(Email),
  language: Type.Optional(Language),
  kind: Type.Optional(Kind),
  state: Type.Optional(Type.Enum(['active', 'disabled'])),
});
export type UserChange = Static<typeof UserChange>;

/** `password` only when it was made here. */
export const UserMade = Type.Object({ user: UserView, password: Type.Optional(Type.String()) });

export const OrganisationView = Type.Object({
  id: IdText,
  kind: Type.Enum(['operating-body', 'technical-provider', 'supervising-authority']),
  name: Type.String(),
  secondFactor: Type.Enum(['required', 'waived-while-loopback']),
  idleMinutes: Type.Integer(),
  absoluteMinutes: Type.Integer(),
  version: Type.Integer(),
});
export type OrganisationView = Static<typeof OrganisationView>;

export const OrganisationChange = Type.Object({
  name: Type.Optional(Name),
  secondFactor: Type.Optional(Type.Enum(['required', 'waived-while-loopback'])),
  idleMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 720 })),
  absoluteMinutes: Type.Optional(Type.Integer({ minimum: 5, maximum: 1440 })),
});
export type OrganisationChange = Static<typeof OrganisationChange>;

export const OrganisationDraft = Type.Object({
  kind: Type.Enum(['operating-body', 'technical-provider', 'supervising-authority']),
  name: Name,
  /** User name of its first administrator, whose password is made and given back once. */
  administrator: UserName,
});
export type OrganisationDraft = Static<typeof OrganisationDraft>;
