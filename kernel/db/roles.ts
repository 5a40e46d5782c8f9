import { createHmac } from 'node:crypto';

export interface RoleUrls {
  owner: string;
  app: string;
  system: string;
}

/**
 * Connection strings of the three roles: the owner migrates, `keystead_app` serves people under row-level security,
 * `keystead_system` does the platform's own work. The passwords of the two lesser roles derive from the owner's, so
 * every process that knows DATABASE_URL comes to the same ones and nothing more has to be handed around.
 */
export function roleUrls(ownerUrl: string): RoleUrls {
  const url = new URL(ownerUrl);
  const derive = (role: string) =>
    createHmac('sha256', decodeURIComponent(url.password)).update(`keystead ${role}`).digest('base64url');
  const as = (role: string) => {
    const other = new URL(url);
    other.username = role;
    other.password = derive(role);
    return other.toString();
  };
  return { owner: ownerUrl, app: as('keystead_app'), system: as('keystead_system') };
}

export const passwordIn = (url: string): string => decodeURIComponent(new URL(url).password);
