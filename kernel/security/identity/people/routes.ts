import { EditConflict } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { PasswordTooWeak } from '../credentials/password-rules.ts';
import { RightNotHeld } from '../rights/permission.ts';
import { LastAdministrator } from '../rights/role.ts';
import { IdText } from '../rights/schemas.ts';
import { ConfirmationNeeded } from '../sessions/session.ts';
import { AccountMissing, OwnAccount, UserNameTaken } from './account.ts';
import type { Accounts } from './accounts.ts';
import { OrganisationNotOperating } from './organisation.ts';
import type { Organisations } from './organisations.ts';
import * as schemas from './schemas.ts';

const Ref = Type.Object({ id: IdText });
const guarded = [AccountMissing, RightNotHeld, ConfirmationNeeded, LastAdministrator];

const users = (accounts: Accounts): MountedRoute[] => [
  route({
    id: 'users.list',
    at: 'GET /users',
    summary: 'Users of the organisation by name',
    permission: 'user:read',
    query: schemas.UserQuery,
    reply: Type.Object({ items: Type.Array(schemas.UserView), next: Type.Union([Type.String(), Type.Null()]) }),
    run: ({ actor, query }) => accounts.list(actor, query),
  }),
  route({
    id: 'users.create',
    at: 'POST /users',
    summary: 'Add a user; a password is made when none is given',
    permission: 'user:write',
    body: schemas.UserDraft,
    reply: schemas.UserMade,
    status: 201,
    problems: [UserNameTaken, PasswordTooWeak],
    run: ({ actor, body }) => accounts.create(actor, body),
  }),
  route({
    id: 'users.get',
    at: 'GET /users/:id',
    summary: 'One user, also one who was deleted',
    permission: 'user:read',
    params: Ref,
    reply: schemas.UserView,
    problems: [AccountMissing],
    run: ({ actor, params }) => accounts.get(actor, params.id),
  }),
  route({
    id: 'users.update',
    at: 'PATCH /users/:id',
    summary: 'Change a user, or disable and enable him',
    permission: 'user:write',
    params: Ref,
    body: schemas.UserChange,
    reply: schemas.UserView,
    problems: [AccountMissing, EditConflict, UserNameTaken, OwnAccount, RightNotHeld, LastAdministrator],
    run: ({ actor, params, body, facts }) => accounts.update(actor, params.id, body, facts.version),
  }),
  route({
    id: 'users.delete',
    at: 'DELETE /users/:id',
    summary: 'Delete a user; his id and names stay for history',
    permission: 'user:write',
    params: Ref,
    problems: [...guarded, OwnAccount],
    run: ({ actor, params }) => accounts.remove(actor, params.id),
  }),
];

const rescuing = (accounts: Accounts): MountedRoute[] => [
  route({
    id: 'users.resetPassword',
    at: 'POST /users/:id/password',
    summary: 'Give a user another password, to be changed at the next sign-in',
    permission: 'user:write',
    params: Ref,
    body: Type.Object({ password: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })) }),
    reply: Type.Object({ password: Type.Optional(Type.String()) }),
    problems: [...guarded, PasswordTooWeak],
    run: ({ actor, params, body }) => accounts.resetPassword(actor, params.id, body.password),
  }),
  route({
    id: 'users.resetSecondFactor',
    at: 'DELETE /users/:id/second-factor',
    summary: 'Take a lost second factor away; the user enrols anew',
    permission: 'user:write',
    params: Ref,
    problems: guarded,
    run: ({ actor, params }) => accounts.resetFactor(actor, params.id),
  }),
  route({
    id: 'users.endSessions',
    at: 'DELETE /users/:id/sessions',
    summary: 'End all sessions of a user',
    permission: 'user:write',
    params: Ref,
    reply: Type.Object({ ended: Type.Integer() }),
    problems: [AccountMissing],
    run: ({ actor, params }) => accounts.endSessions(actor, params.id),
  }),
];

const organising = (organisations: Organisations): MountedRoute[] => [
  route({
    id: 'organisations.own',
    at: 'GET /organisation',
    summary: 'One’s own organisation and its sign-in policy',
    permission: 'user:read',
    reply: schemas.OrganisationView,
    run: ({ actor }) => organisations.own(actor),
  }),
  route({
    id: 'organisations.update',
    at: 'PATCH /organisation',
    summary: 'Change one’s own organisation and its sign-in policy',
    permission: 'system:write',
    body: schemas.OrganisationChange,
    reply: schemas.OrganisationView,
    problems: [EditConflict, ConfirmationNeeded],
    run: ({ actor, body, facts }) => organisations.update(actor, body, facts.version),
  }),
  route({
    id: 'organisations.list',
    at: 'GET /organisations',
    summary: 'Organisations of the installation, for the operating body',
    permission: 'system:read',
    reply: Type.Object({ items: Type.Array(schemas.OrganisationView) }),
    run: async ({ actor }) => ({ items: await organisations.list(actor) }),
  }),
  route({
    id: 'organisations.create',
    at: 'POST /organisations',
    summary: 'Add an organisation with its first administrator',
    permission: 'system:write',
    body: schemas.OrganisationDraft,
    reply: Type.Object({ organisation: schemas.OrganisationView, password: Type.String() }),
    status: 201,
    problems: [OrganisationNotOperating, UserNameTaken, ConfirmationNeeded],
    run: ({ actor, body }) => organisations.create(actor, body),
  }),
];

export const peopleRoutes = (accounts: Accounts, organisations: Organisations): MountedRoute[] => [
  ...users(accounts),
  ...rescuing(accounts),
  ...organising(organisations),
];
