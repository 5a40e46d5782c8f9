import { type Query, sql } from '@keystead/kernel/db';

export interface ShippedRole {
  code: string;
  permissions: string[];
}

/** Whoever holds it gives the organisation its roles; another who starts at the same time waits. */
export const holdOrganisation = (organisation: string): Query<unknown> =>
  sql`select 1 from identity.organisation where id = ${organisation} for update`;

/** What an organisation was last given. */
export const shippedRoles = (organisation: string): Query<ShippedRole> =>
  sql<ShippedRole>`select code, permissions from identity.shipped_role where organisation = ${organisation}`;

export const noteShipped = (
  organisation: string,
  code: string,
  permissions: readonly string[],
  now: Date,
): Query<unknown> => sql`
  insert into identity.shipped_role (organisation, code, permissions, at)
  values (${organisation}, ${code}, ${[...permissions]}, ${now})
  on conflict (organisation, code) do update set permissions = excluded.permissions, at = excluded.at`;
