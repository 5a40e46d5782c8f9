import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MovableClock } from '@keystead/kernel/base';
import type { Kernel } from '@keystead/kernel/module';
import { totpCode } from '../credentials/totp.ts';
import type { IdentityService } from '../identity.ts';
import { type Browser, base32Bytes, type Front, openFront } from './front.ts';

export const adminPassword = 'sieben Zwerge im Wald';
export const userPassword = '三个朋友在湖边钓鱼真高兴';

/** An installation after its first start: the first organisation, its administrator, and places `north` and `south`. */
export async function openHouse(
  platform: { kernel: Kernel; services: Record<string, unknown>; clock: MovableClock },
  { demo }: { demo: boolean },
) {
  const identity = platform.services.identity as IdentityService;
  const { settings } = platform.kernel;
  const dataDir = mkdtempSync(join(tmpdir(), 'keystead-identity-'));
  settings.DATA_DIR = dataDir;
  settings.ADMIN_PASSWORD = adminPassword;
  const first = await identity.bootstrap({ demo });
  const places = new Map<string, string>();
  identity.usePlacePaths({
    pathsOf: async (_tx, _organisation, ids) =>
      new Map(ids.flatMap((id) => (places.has(id) ? [[id, places.get(id) ?? '']] : []))),
  });
  const front: Front = await openFront(platform.kernel, identity);
  identity.useRoutes(() => front.http.mounted);
  const { clock } = platform;

  /** Adds a user as the browser's user would, by name; gives his id. */
  async function addUser(by: Browser, username: string, more: object = {}): Promise<string> {
    const made = await by.call('POST', '/identity/users', {
      username,
      name: username,
      phone: '13800000000',
      password: userPassword,
      mustChange: false,
      ...more,
    });
    if (made.status !== 201) throw new Error(JSON.stringify(made.body));
    return (made.body.user as { id: string }).id;
  }

  async function roleId(by: Browser, code: string): Promise<string> {
    const { items } = (await by.call('GET', '/identity/roles')).body as { items: { id: string; code: string }[] };
    return items.find((role) => role.code === code)?.id ?? '';
  }

  return {
    identity,
    front,
    first,
    places,
    addUser,
    roleId,
    assign: async (by: Browser, user: string, code: string, more: object = { reach: 'organisation' }) =>
      by.call('POST', `/identity/users/${user}/roles`, { role: await roleId(by, code), ...more }),
    /** The code an authenticator app with this secret shows now. */
    codeOf: (secret: string) => totpCode(base32Bytes(secret), clock.now()),
    close: async () => {
      await front.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;
