import { EditConflict } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { KeyMissing } from '../keys/key.ts';
import { KeyDraft, type Keys, KeyView } from '../keys/keys.ts';
import { AccountMissing } from '../people/account.ts';
import { ConfirmationNeeded } from '../sessions/session.ts';
import type { Assignments } from './assignments.ts';
import { PermissionUnknown, RightNotHeld } from './permission.ts';
import { PlaceUnknown, ReachTooWide } from './reach.ts';
import { AssignmentMissing, LastAdministrator, type Role, RoleCodeTaken, RoleInUse, RoleMissing } from './role.ts';
import type { Roles } from './roles.ts';
import { AssignmentDraft, AssignmentView, IdText, PermissionView, RoleChange, RoleDraft, RoleView } from './schemas.ts';
import { shippedAs } from './shipping.ts';
import { type createUnused, UnusedRights } from './unused.ts';

export interface RightsServices {
  roles: Roles;
  assignments: Assignments;
  keys: Keys;
  unused: ReturnType<typeof createUnused>;
  permissionList(): { permission: string; routes: { id: string; summary: string }[] }[];
}

const Ref = Type.Object({ id: IdText });
const view = (role: Role) => ({ ...role, shipped: shippedAs(role.code) });
const giving = [RightNotHeld, PermissionUnknown, ConfirmationNeeded];

const roleRoutes = ({ roles }: RightsServices): MountedRoute[] => [
  route({
    id: 'roles.list',
    at: 'GET /roles',
    summary: 'Roles of the organisation',
    permission: 'role:read',
    reply: Type.Object({ items: Type.Array(RoleView) }),
    run: async ({ actor }) => ({ items: (await roles.list(actor)).map(view) }),
  }),
  route({
    id: 'roles.create',
    at: 'POST /roles',
    summary: 'Add a role',
    permission: 'role:write',
    body: RoleDraft,
    reply: RoleView,
    status: 201,
    problems: [RoleCodeTaken, ...giving],
    run: async ({ actor, body }) => view(await roles.create(actor, body)),
  }),
  route({
    id: 'roles.get',
    at: 'GET /roles/:id',
    summary: 'One role',
    permission: 'role:read',
    params: Ref,
    reply: RoleView,
    problems: [RoleMissing],
    run: async ({ actor, params }) => view(await roles.get(actor, params.id)),
  }),
  route({
    id: 'roles.update',
    at: 'PATCH /roles/:id',
    summary: 'Change names and rights of a role',
    permission: 'role:write',
    params: Ref,
    body: RoleChange,
    reply: RoleView,
    problems: [RoleMissing, EditConflict, LastAdministrator, ...giving],
    run: async ({ actor, params, body, facts }) => view(await roles.update(actor, params.id, body, facts.version)),
  }),
  route({
    id: 'roles.delete',
    at: 'DELETE /roles/:id',
    summary: 'Delete a role nobody holds',
    permission: 'role:write',
    params: Ref,
    problems: [RoleMissing, RoleInUse, ConfirmationNeeded],
    run: ({ actor, params }) => roles.remove(actor, params.id),
  }),
];

const assigning = ({ assignments }: RightsServices): MountedRoute[] => [
  route({
    id: 'users.roles',
    at: 'GET /users/:id/roles',
    summary: 'Roles of a user: where and how long',
    permission: 'user:read',
    params: Ref,
    reply: Type.Object({ items: Type.Array(AssignmentView) }),
    run: async ({ actor, params }) => ({ items: await assignments.listOf(actor, params.id) }),
  }),
  route({
    id: 'users.assign',
    at: 'POST /users/:id/roles',
    summary: 'Give a user a role, with its reach and period',
    permission: 'role:write',
    params: Ref,
    body: AssignmentDraft,
    reply: AssignmentView,
    status: 201,
    problems: [AccountMissing, RoleMissing, ReachTooWide, PlaceUnknown, ...giving],
    run: ({ actor, params, body }) => assignments.add(actor, params.id, body),
  }),
  route({
    id: 'users.unassign',
    at: 'DELETE /users/:id/roles/:assignment',
    summary: 'Take a role from a user',
    permission: 'role:write',
    params: Type.Object({ id: IdText, assignment: IdText }),
    problems: [AssignmentMissing, LastAdministrator, ConfirmationNeeded],
    run: ({ actor, params }) => assignments.remove(actor, params.id, params.assignment),
  }),
];

const keyRoutes = ({ keys }: RightsServices): MountedRoute[] => [
  route({
    id: 'keys.list',
    at: 'GET /keys',
    summary: 'API keys of the organisation',
    permission: 'key:write',
    query: Type.Object({
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
      cursor: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    reply: Type.Object({ items: Type.Array(KeyView), next: Type.Union([Type.String(), Type.Null()]) }),
    run: ({ actor, query }) => keys.list(actor, query),
  }),
  route({
    id: 'keys.create',
    at: 'POST /keys',
    summary: 'Make an API key for oneself; its text is in the answer, once',
    permission: 'key:write',
    body: KeyDraft,
    reply: Type.Object({ key: KeyView, text: Type.String() }),
    status: 201,
    problems: [ReachTooWide, PlaceUnknown, ...giving],
    run: ({ actor, body }) => keys.create(actor, body),
  }),
  route({
    id: 'keys.revoke',
    at: 'DELETE /keys/:id',
    summary: 'Revoke an API key',
    permission: 'key:write',
    params: Ref,
    problems: [KeyMissing],
    run: ({ actor, params }) => keys.revoke(actor, params.id),
  }),
];

const reporting = ({ unused, permissionList }: RightsServices): MountedRoute[] => [
  route({
    id: 'permissions.list',
    at: 'GET /permissions',
    summary: 'Every permission and the routes that ask for it',
    permission: 'role:read',
    reply: Type.Object({ items: Type.Array(PermissionView) }),
    run: async () => ({ items: permissionList() }),
  }),
  route({
    id: 'permissions.unused',
    at: 'GET /unused-rights',
    summary: 'Rights that roles give and nobody has used for a time',
    permission: 'role:read',
    query: Type.Object({ days: Type.Integer({ minimum: 1, maximum: 1827, default: 90 }) }),
    reply: UnusedRights,
    run: ({ actor, query }) => unused.unused(actor, query.days),
  }),
];

export const rightsRoutes = (services: RightsServices): MountedRoute[] => [
  ...roleRoutes(services),
  ...assigning(services),
  ...keyRoutes(services),
  ...reporting(services),
];
