import { type Static, Type } from 'typebox';
import { permissionForm } from './permission.ts';

export const IdText = Type.String({ format: 'uuid' });
export const Time = Type.String({ format: 'date-time' });
export const Names = Type.Object({
  'zh-CN': Type.String({ minLength: 1, maxLength: 60 }),
  en: Type.String({ minLength: 1, maxLength: 60 }),
});
export const Permissions = Type.Array(Type.String({ pattern: permissionForm, maxLength: 80 }), {
  maxItems: 300,
  uniqueItems: true,
});

export const RoleView = Type.Object({
  id: IdText,
  code: Type.String(),
  names: Names,
  permissions: Type.Array(Type.String()),
  denies: Type.Array(Type.String()),
  version: Type.Integer(),
  shipped: Type.Union([Type.Array(Type.String()), Type.Null()], {
    description: 'Rights this version ships the role with; null for a role of your own',
  }),
});

export const RoleDraft = Type.Object({
  code: Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$' }),
  names: Names,
  permissions: Permissions,
  denies: Type.Optional(Permissions),
});
export type RoleDraft = Static<typeof RoleDraft>;

export const RoleChange = Type.Object({
  names: Type.Optional(Names),
  permissions: Type.Optional(Permissions),
  denies: Type.Optional(Permissions),
});
export type RoleChange = Static<typeof RoleChange>;

const reachWords = ['organisation', 'places', 'own'] as const;

export const AssignmentView = Type.Object({
  id: IdText,
  role: Type.Object({ id: IdText, code: Type.String(), names: Names }),
  reach: Type.Enum(reachWords),
  places: Type.Array(Type.Object({ id: IdText, path: Type.String() })),
  validFrom: Type.Union([Time, Type.Null()]),
  validUntil: Type.Union([Time, Type.Null()]),
});
export type AssignmentView = Static<typeof AssignmentView>;

export const AssignmentDraft = Type.Object({
  role: IdText,
  reach: Type.Enum(reachWords),
  /** With reach `places`: their ids. */
  places: Type.Optional(Type.Array(IdText, { maxItems: 500, uniqueItems: true })),
  validFrom: Type.Optional(Time),
  validUntil: Type.Optional(Time),
});
export type AssignmentDraft = Static<typeof AssignmentDraft>;

export const PermissionView = Type.Object({
  permission: Type.String(),
  /** Routes that ask for it. */
  routes: Type.Array(Type.Object({ id: Type.String(), summary: Type.String() })),
});
