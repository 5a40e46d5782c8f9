import { problem } from '@keystead/contracts/problem';

export interface Role {
  id: string;
  code: string;
  names: { 'zh-CN': string; en: string };
  /** `noun:verb`, `noun:*` or `*`. */
  permissions: string[];
  /** Taken away again from the union of all roles of a user, whichever role allows it. */
  denies: string[];
  version: number;
}

export class RoleMissing extends problem('role-missing', 404) {}
export class RoleCodeTaken extends problem('role-code-taken', 409) {}
/** Somebody still holds the role. */
export class RoleInUse extends problem('role-in-use', 409) {}
export class AssignmentMissing extends problem('assignment-missing', 404) {}
/** Nobody would be left who can manage users and roles. */
export class LastAdministrator extends problem('last-administrator', 409) {}
