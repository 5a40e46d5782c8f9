import { movePaths as moveIn, type Query, sql, type Tx } from '@keystead/kernel/db';
import { patternsFor } from './permission.ts';
import type { Reach } from './reach.ts';
import type { Role } from './role.ts';

const roleColumns = sql.raw('id, code, names, permissions, denies, version');

export const roles: Query<Role> = sql<Role>`select ${roleColumns} from identity.role order by made_at, code`;
/** Of one organisation, for the platform itself, which sees all. */
export const rolesOf = (organisation: string): Query<Role> =>
  sql<Role>`select ${roleColumns} from identity.role where organisation = ${organisation}`;
export const roleById = (id: string): Query<Role> =>
  sql<Role>`select ${roleColumns} from identity.role where id = ${id}`;

export interface RoleDraft {
  code: string;
  names: Role['names'];
  permissions: readonly string[];
  denies: readonly string[];
}

export const addRole = (id: string, organisation: string, draft: RoleDraft, now: Date): Query<Role> => sql<Role>`
  insert into identity.role (id, organisation, code, names, permissions, denies, made_at) values (${id}, ${organisation},
    ${draft.code}, ${JSON.stringify(draft.names)}, ${[...draft.permissions]}, ${[...draft.denies]}, ${now})
  on conflict (organisation, code) do nothing returning ${roleColumns}`;

/** No row when the version is another by now. */
export const saveRole = (role: Role): Query<Role> => sql<Role>`
  update identity.role set names = ${JSON.stringify(role.names)}, permissions = ${role.permissions},
    denies = ${role.denies}, version = version + 1
  where id = ${role.id} and version = ${role.version} returning ${roleColumns}`;

export const removeRole = (id: string): Query<unknown> => sql`delete from identity.role where id = ${id}`;

export const isRoleHeld = (id: string): Query<{ held: boolean }> =>
  sql`select exists (select 1 from identity.assignment where role = ${id}) as held`;

export const holdersOf = (role: string): Query<{ account: string }> =>
  sql`select distinct account from identity.assignment where role = ${role}`;

export interface AssignmentRow {
  id: string;
  account: string;
  role: string;
  code: string;
  names: Role['names'];
  reach: Reach;
  places: { id: string; path: string }[];
  validFrom: Date | null;
  validUntil: Date | null;
}

const assignmentColumns = sql.raw(`a.id, a.account, a.role, r.code, r.names, a.reach, a.valid_from as "validFrom",
  a.valid_until as "validUntil", (select coalesce(json_agg(json_build_object('id', p.place, 'path', p.path) order by p.path), '[]')
    from identity.assignment_place p where p.assignment = a.id) as places`);

export const assignmentsOf = (accounts: readonly string[]): Query<AssignmentRow> =>
  sql<AssignmentRow>`select ${assignmentColumns} from identity.assignment a join identity.role r on r.id = a.role
    where a.account = any(${[...accounts]}::uuid[]) order by a.made_at, a.id`;

export const assignmentById = (id: string): Query<AssignmentRow> =>
  sql<AssignmentRow>`select ${assignmentColumns} from identity.assignment a join identity.role r on r.id = a.role
    where a.id = ${id}`;

export interface NewAssignment {
  id: string;
  organisation: string;
  account: string;
  role: string;
  reach: Reach;
  validFrom: Date | null;
  validUntil: Date | null;
}

export async function addAssignment(tx: Tx, made: NewAssignment, paths: Map<string, string>, now: Date): Promise<void> {
  await tx.run(sql`insert into identity.assignment (id, organisation, account, role, reach, valid_from, valid_until, made_at)
    values (${made.id}, ${made.organisation}, ${made.account}, ${made.role}, ${made.reach}, ${made.validFrom},
      ${made.validUntil}, ${now})`);
  for (const [place, path] of paths)
    await tx.run(sql`insert into identity.assignment_place (assignment, organisation, place, path)
      values (${made.id}, ${made.organisation}, ${place}, ${path})`);
}

export const removeAssignment = (id: string): Query<unknown> => sql`delete from identity.assignment where id = ${id}`;

export const removeAssignmentsOf = (account: string): Query<unknown> =>
  sql`delete from identity.assignment where account = ${account}`;

export const inForce = (
  alias: string,
  now: Date,
) => sql`(${sql.ref(`${alias}.valid_from`)} is null or ${sql.ref(`${alias}.valid_from`)} <= ${now})
  and (${sql.ref(`${alias}.valid_until`)} is null or ${sql.ref(`${alias}.valid_until`)} > ${now})`;

const holds = (permission: string, now: Date) => sql`exists (
    select 1 from identity.assignment a join identity.role r on r.id = a.role
    where a.account = u.id and ${inForce('a', now)} and r.permissions && ${patternsFor(permission)}::text[])
  and not exists (
    select 1 from identity.assignment a join identity.role r on r.id = a.role
    where a.account = u.id and ${inForce('a', now)} and r.denies && ${patternsFor(permission)}::text[])`;

/** Active accounts that can manage both users and roles over the whole organisation. */
export const administrators = (organisation: string, now: Date): Query<{ count: number }> => sql`
  select count(*)::int as count from identity.account u
  where u.organisation = ${organisation} and u.state = 'active'
    and ${holds('user:write', now)} and ${holds('role:write', now)}
    and exists (select 1 from identity.assignment a where a.account = u.id and a.reach = 'organisation' and ${inForce('a', now)})`;

/** The longest-standing active account that holds every right over the whole organisation. */
export const firstAdministrator = (organisation: string, now: Date): Query<{ id: string; userName: string }> => sql<{
  id: string;
  userName: string;
}>`select u.id, u.user_name as "userName" from identity.account u
  where u.organisation = ${organisation} and u.state = 'active' and exists (
    select 1 from identity.assignment a join identity.role r on r.id = a.role
    where a.account = u.id and a.reach = 'organisation' and ${inForce('a', now)} and '*' = any(r.permissions))
  order by u.made_at, u.id limit 1`;

export interface Reached {
  id: string;
  name: string;
  email: string;
  phone: string;
  language: 'zh-CN' | 'en';
}

/** The user `u` has a role in force whose reach holds a place path. */
const reaches = (path: string, now: Date) => sql<boolean>`
  exists (select 1 from identity.assignment a where a.account = u.id and ${inForce('a', now)}
    and (a.reach = 'organisation' or (a.reach = 'places' and exists (
      select 1 from identity.assignment_place p where p.assignment = a.id and starts_with(${path}, p.path)))))`;

/** Active users with a permission whose reach holds a place path. */
export const usersWith = (
  organisation: string,
  permission: string,
  path: string,
  now: Date,
): Query<Reached> => sql<Reached>`
  select u.id, u.name, u.email, u.phone, u.language from identity.account u
  where u.organisation = ${organisation} and u.state = 'active' and ${holds(permission, now)}
    and ${reaches(path, now)}
  order by u.id`;

/** Active users in a role (its id or its code) whose reach holds a place path. */
export const usersInRole = (
  organisation: string,
  role: string,
  path: string,
  now: Date,
): Query<Reached> => sql<Reached>`
  select u.id, u.name, u.email, u.phone, u.language from identity.account u
  where u.organisation = ${organisation} and u.state = 'active' and exists (
    select 1 from identity.assignment a join identity.role r on r.id = a.role
    where a.account = u.id and ${inForce('a', now)} and (r.id::text = ${role} or r.code = ${role}))
    and ${reaches(path, now)}
  order by u.id`;

/** One active user, if his reach holds a place path. */
export const userReaching = (organisation: string, id: string, path: string, now: Date): Query<Reached> => sql<Reached>`
  select u.id, u.name, u.email, u.phone, u.language from identity.account u
  where u.organisation = ${organisation} and u.id::text = ${id} and u.state = 'active' and ${reaches(path, now)}`;

/** One active user. */
export const userOf = (organisation: string, id: string): Query<Reached> => sql<Reached>`
  select id, name, email, phone, language from identity.account
  where organisation = ${organisation} and id::text = ${id} and state = 'active'`;

export interface RoleHolding {
  account: string;
  userName: string;
  name: string;
  role: string;
  code: string;
  names: Role['names'];
  permissions: string[];
}

/** Who holds which role now. */
export const holdings = (now: Date, limit: number): Query<RoleHolding> => sql<RoleHolding>`
  select distinct on (lower(u.user_name), u.id, r.code) u.id as account, u.user_name as "userName", u.name, r.id as role,
    r.code, r.names, r.permissions
  from identity.assignment a join identity.account u on u.id = a.account join identity.role r on r.id = a.role
  where u.state = 'active' and ${inForce('a', now)} order by lower(u.user_name), u.id, r.code limit ${limit}`;

export const keyOwners: Query<{ id: string; account: string }> = sql`select id, account from identity.api_key`;

/** Moves stored paths along with a subtree, in the transaction that moves it. */
export async function movePaths(tx: Tx, organisation: string, from: string, to: string): Promise<void> {
  for (const table of ['identity.assignment_place', 'identity.api_key_place'])
    await moveIn(tx, table, 'path', organisation, from, to);
}
