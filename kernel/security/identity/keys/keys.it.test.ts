import { newId } from '@keystead/contracts/ids';
import { startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identity } from '../module.ts';
import type { Browser } from '../testing/front.ts';
import { adminPassword, type House, openHouse, userPassword } from '../testing/house.ts';

let platform: TestPlatform;
let house: House;
let admin: Browser;
const north = newId();

const withKey = async (text: string, url = '/identity/users') => {
  const answer = await house.front.http.app.inject({
    url: `/api/v1${url}`,
    headers: { authorization: `Bearer ${text}` },
  });
  return { status: answer.statusCode, body: answer.json() };
};

beforeAll(async () => {
  platform = await startPlatform(identity);
  house = await openHouse(platform, { demo: true });
  house.places.set(north, '1/2/');
  admin = await house.front.signIn('admin', adminPassword);
});
afterAll(async () => {
  await house.close();
  await platform.stop();
});

const make = async (draft: object) =>
  (await admin.call('POST', '/identity/keys', { name: 'script', permissions: ['user:read'], ...draft })).body as {
    key: { id: string };
    text: string;
  };

describe('a key', () => {
  test('lets a script in with the key’s own rights, without the page’s header, and is stored only as a digest', async () => {
    const { text } = await make({});
    expect(text).toMatch(/^ks_[\w-]{43}$/);
    expect((await withKey(text)).status).toBe(200);
    expect((await withKey(text, '/identity/roles')).body).toMatchObject({ status: 403, permission: 'role:read' });
    const { rows } = await platform.owner.query('select * from identity.api_key');
    expect(JSON.stringify(rows)).not.toContain(text);
    expect((await withKey(text, '/sessions/current')).body).toMatchObject({
      status: 'active',
      user: { username: 'admin' },
      permissions: ['user:read'],
      session: null,
    });
  });

  test('reaches the places it was made for, and no wider than its owner', async () => {
    const { text } = await make({ places: [north] });
    expect((await withKey(text, '/sessions/current')).body.scope).toEqual({ subtrees: ['1/2/'] });
  });

  test('loses what its owner loses', async () => {
    const user = await house.addUser(admin, 'key.owner');
    const keyed = { code: 'keyed', names: { 'zh-CN': '密钥', en: 'Keyed' }, permissions: ['key:write', 'user:read'] };
    await admin.call('POST', '/identity/roles', keyed);
    const { body: assignment } = await house.assign(admin, user, 'keyed');
    const page = await house.front.signIn('key.owner', userPassword);
    const more = await page.call('POST', '/identity/keys', { name: 'x', permissions: ['user:write'] });
    expect(more.body.type).toBe('right-not-held');
    const { text } = (await page.call('POST', '/identity/keys', { name: 'x', permissions: ['user:read'] })).body as {
      text: string;
    };
    expect((await withKey(text)).status).toBe(200);
    await admin.call('DELETE', `/identity/users/${user}/roles/${assignment.id}`);
    expect((await withKey(text)).status).toBe(403);
    await admin.call('PATCH', `/identity/users/${user}`, { state: 'disabled' });
    expect((await withKey(text)).status).toBe(401);
  });

  test('ends at its time, and when revoked', async () => {
    const soon = new Date(platform.clock.now().getTime() + 60_000).toISOString();
    const { text } = await make({ expiresAt: soon });
    expect((await withKey(text)).status).toBe(200);
    platform.clock.pass(61);
    expect((await withKey(text)).status).toBe(401);
    const { key, text: other } = await make({});
    expect((await withKey(other)).status).toBe(200);
    expect((await admin.call('DELETE', `/identity/keys/${key.id}`)).status).toBe(204);
    expect((await withKey(other)).status).toBe(401);
    const { items } = (await admin.call('GET', '/identity/keys?limit=200')).body as { items: { id: string }[] };
    expect(items.map(({ id }) => id)).not.toContain(key.id);
  });

  test('is limited by its own rate, and its use is noted', async () => {
    const { key, text } = await make({ perMinute: 3 });
    const answers: number[] = [];
    for (let n = 0; n < 5; n++) answers.push((await withKey(text)).status);
    expect(answers).toEqual([200, 200, 200, 429, 429]);
    const usedAt = async () => {
      const { items } = (await admin.call('GET', '/identity/keys?limit=200')).body as {
        items: { id: string; lastUsedAt: string | null }[];
      };
      return items.find(({ id }) => id === key.id)?.lastUsedAt;
    };
    // Noted beside the answer, which does not wait for it.
    await expect.poll(usedAt).toBe(platform.clock.now().toISOString());
  });

  test('makes no other keys', async () => {
    const { text } = await make({ permissions: ['key:write'] });
    const answer = await house.front.http.app.inject({
      method: 'POST',
      url: '/api/v1/identity/keys',
      headers: { authorization: `Bearer ${text}` },
      payload: { name: 'child', permissions: ['key:write'] },
    });
    expect(answer.json()).toMatchObject({ status: 403, reason: 'people-only' });
  });

  test('that is wrong opens nothing, not even beside a good cookie', async () => {
    expect((await withKey('ks_wrong-but-long-enough')).status).toBe(401);
    expect((await withKey('')).status).toBe(401);
    expect(
      (await admin.call('GET', '/identity/users', undefined, { authorization: 'Bearer ks_wrong-but-long-enough' }))
        .status,
    ).toBe(401);
  });
});

describe('the first start', () => {
  test('happens once; what was made then stays', async () => {
    const again = await house.identity.bootstrap({ demo: true });
    expect(again).toEqual({ organisation: house.first.organisation, username: 'admin' });
    const { rows } = await platform.owner.query('select count(*)::int as n from identity.organisation');
    expect(rows[0].n).toBe(1);
    expect((await admin.call('GET', '/identity/roles')).body.items).not.toHaveLength(0);
  });

  test('makes ADMIN_API_KEY valid while it is set, and the demo’s key until the next start', async () => {
    const text = 'a-key-of-the-operator-himself';
    platform.kernel.settings.ADMIN_API_KEY = text;
    await house.identity.bootstrap({ demo: true, demoKey: 'ks_demo_first-start-0000000000' });
    await house.identity.bootstrap({ demo: true, demoKey: 'ks_demo_other-start-0000000000' });
    expect((await withKey(text)).status).toBe(200);
    expect((await withKey('ks_demo_other-start-0000000000')).status).toBe(200);
    expect((await withKey('ks_demo_first-start-0000000000')).status).toBe(401);
    platform.kernel.settings.ADMIN_API_KEY = undefined;
    await house.identity.bootstrap({ demo: false });
    house.identity.context.forget();
    expect((await withKey(text)).status).toBe(401);
    expect((await withKey('ks_demo_other-start-0000000000')).status).toBe(401);
    platform.kernel.settings.ADMIN_API_KEY = text;
    await house.identity.bootstrap({ demo: false });
    expect((await withKey(text)).status).toBe(200);
  });

  test('without ADMIN_PASSWORD makes one, gives it back once, and asks for another at sign-in', async () => {
    const fresh = await startPlatform(identity);
    const service = fresh.services.identity as typeof house.identity;
    const first = await service.bootstrap({ demo: false });
    expect(first.password).toMatch(/^[a-z2-9-]{23}$/);
    const caller = { from: '127.0.0.1', userAgent: '' };
    const opened = await service.sessions.signingIn.open(caller, { username: 'admin', password: first.password ?? '' });
    expect(opened.status).toBe('change-password');
    expect(await service.bootstrap({ demo: false })).not.toHaveProperty('password');
    const { rows } = await fresh.owner.query('select detail from audit.line');
    expect(JSON.stringify(rows)).not.toContain(first.password);
    await fresh.stop();
  });
});
