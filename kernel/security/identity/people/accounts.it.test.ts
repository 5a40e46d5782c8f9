import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identity } from '../module.ts';
import type { Browser } from '../testing/front.ts';
import { adminPassword, type House, openHouse, userPassword } from '../testing/house.ts';

let platform: TestPlatform;
let house: House;
let admin: Browser;

const made = { username: 'li.hua', name: '李华', phone: '13912345678', email: 'li@example.org', language: 'en' };
const lines = async (subject: string) =>
  (
    await platform.owner.query('select action, actor_id, detail from audit.line where subject = $1 order by at, id', [
      subject,
    ])
  ).rows;

beforeAll(async () => {
  platform = await startPlatform(identity);
  house = await openHouse(platform, { demo: true });
  admin = await house.front.signIn('admin', adminPassword);
});
afterAll(async () => {
  await house.close();
  await platform.stop();
});

describe('users', () => {
  let id: string;

  test(clause('I-5.1-a', 'are added with user name, name and contact'), async () => {
    const added = await admin.call('POST', '/identity/users', made);
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ user: { ...made, state: 'active', kind: 'staff', roles: [], version: 1 } });
    expect(added.body.password).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
    id = (added.body.user as { id: string }).id;
    const page = await house.front.signIn('li.hua', added.body.password as string);
    expect((await page.call('GET', '/sessions/current')).body).toMatchObject({ status: 'change-password' });
  });

  test.each([
    ['without a contact', { username: 'no.contact', name: '无' }, 400],
    ['with a taken name in other capitals', { ...made, username: 'LI.Hua' }, 409],
    ['with a weak password', { ...made, username: 'weak', password: 'password1234' }, 422],
    ['with a field nobody knows', { ...made, username: 'other', admin: true }, 400],
    ['with spaces in the name', { ...made, username: 'li hua' }, 400],
  ])('are not added %s', async (_what, draft, status) => {
    expect((await admin.call('POST', '/identity/users', draft)).status).toBe(status);
  });

  test(clause('I-5.1-a', 'are viewed and listed'), async () => {
    expect((await admin.call('GET', `/identity/users/${id}`)).body).toMatchObject(made);
    for (const text of ['li.hu', '李', '13912345678']) {
      const { items } = (await admin.call('GET', `/identity/users?text=${encodeURIComponent(text)}`)).body;
      expect(items).toEqual([expect.objectContaining({ id })]);
    }
    expect((await admin.call('GET', '/identity/users?text=%25')).body.items).toEqual([]);
  });

  test('are paged by name, each once', async () => {
    for (let n = 0; n < 7; n++) await house.addUser(admin, `page-${n}`);
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await admin.call('GET', `/identity/users?text=page-&limit=3${cursor}`);
      seen.push(...(body.items as { username: string }[]).map(({ username }) => username));
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor);
    expect(seen).toEqual(Array.from({ length: 7 }, (_, n) => `page-${n}`));
  });

  test(clause('I-5.1-a', 'are changed, and an edit of an old version is refused'), async () => {
    const changed = await admin.call('PATCH', `/identity/users/${id}`, { name: '李小华' }, { 'if-match': '1' });
    expect(changed.body).toMatchObject({ name: '李小华', phone: made.phone, version: 2 });
    const late = await admin.call('PATCH', `/identity/users/${id}`, { name: '李大华' }, { 'if-match': '1' });
    expect(late).toMatchObject({ status: 412, body: { type: 'edit-conflict' } });
  });

  test('a disabled one is out at once and cannot come in, until enabled', async () => {
    await admin.call('POST', `/identity/users/${id}/password`, { password: userPassword });
    const page = await house.front.signIn('li.hua', userPassword);
    expect((await page.call('GET', '/sessions/current')).status).toBe(200);
    await admin.call('PATCH', `/identity/users/${id}`, { state: 'disabled' });
    expect((await page.call('GET', '/sessions/current')).status).toBe(401);
    expect((await house.front.signIn('li.hua', userPassword)).token()).toBeUndefined();
    await admin.call('PATCH', `/identity/users/${id}`, { state: 'active' });
    expect((await house.front.signIn('li.hua', userPassword)).token()).toBeDefined();
  });

  test('a lost second factor is taken away by an administrator', async () => {
    const page = await house.front.signIn('li.hua', userPassword);
    const own = { current: userPassword, next: '海上升明月，天涯共此时呀' };
    expect((await page.call('POST', '/sessions/current/password', own)).body).toEqual({ status: 'active' });
    const { secret } = (await page.call('POST', '/sessions/current/enrolment')).body as { secret: string };
    await page.call('POST', '/sessions/current/enrolment/confirmation', { code: house.codeOf(secret) });
    expect((await admin.call('GET', `/identity/users/${id}`)).body.secondFactor).toBe(true);
    expect((await admin.call('DELETE', `/identity/users/${id}/second-factor`)).status).toBe(204);
    expect((await page.call('GET', '/sessions/current')).status).toBe(401);
    expect((await admin.call('GET', `/identity/users/${id}`)).body.secondFactor).toBe(false);
  });

  test(clause('I-5.1-a', 'are deleted; their id still resolves to a name, their contacts are forgotten'), async () => {
    const page = await house.front.signIn('li.hua', '海上升明月，天涯共此时呀');
    expect((await page.call('GET', '/sessions/current')).status).toBe(200);
    expect((await admin.call('DELETE', `/identity/users/${id}`)).status).toBe(204);
    expect((await page.call('GET', '/sessions/current')).status).toBe(401);
    expect((await admin.call('GET', `/identity/users/${id}`)).body).toMatchObject({
      username: 'li.hua',
      name: '李小华',
      state: 'deleted',
      phone: '',
      email: '',
    });
    const { items } = (await admin.call('GET', '/identity/users?text=li.hua')).body;
    expect(items).toEqual([]);
    const { rows } = await platform.owner.query('select name, state from identity_pub.person where id = $1', [id]);
    expect(rows).toEqual([{ name: '李小华', state: 'deleted' }]);
    expect((await admin.call('POST', '/identity/users', made)).status).toBe(201);
  });

  test(clause('I-5.1-c', 'every step left a line with exactly who did it'), async () => {
    const me = ((await admin.call('GET', '/sessions/current')).body.user as { id: string }).id;
    const found = (await lines(`user:${id}`)).filter(({ action }) => action.startsWith('user.'));
    expect(found.map(({ action }) => action)).toEqual([
      'user.create',
      'user.update',
      'user.reset-password',
      'user.update',
      'user.update',
      'user.reset-second-factor',
      'user.delete',
    ]);
    expect(new Set(found.map(({ actor_id }) => actor_id))).toEqual(new Set([me]));
    expect(JSON.stringify(found)).not.toContain(userPassword);
  });
});

test('nobody disables or deletes himself, and the last administrator stays', async () => {
  const me = ((await admin.call('GET', '/sessions/current')).body.user as { id: string }).id;
  expect((await admin.call('PATCH', `/identity/users/${me}`, { state: 'disabled' })).body.type).toBe('own-account');
  expect((await admin.call('DELETE', `/identity/users/${me}`)).body.type).toBe('own-account');
  const [own] = (await admin.call('GET', `/identity/users/${me}/roles`)).body.items as { id: string }[];
  expect((await admin.call('DELETE', `/identity/users/${me}/roles/${own?.id}`)).body.type).toBe('last-administrator');
});

describe('organisations', () => {
  test('another one begins with roles and an administrator of its own, and neither sees the other’s users', async () => {
    const draft = { kind: 'supervising-authority', name: '住房监管局', administrator: 'supervisor.admin' };
    const added = await admin.call('POST', '/identity/organisations', draft);
    expect(added.status).toBe(201);
    platform.kernel.settings.BIND = '127.0.0.1';
    const theirs = await house.front.signIn('supervisor.admin', added.body.password as string);
    const next = '这是监管局管理员的新密码';
    const changed = await theirs.call('POST', '/sessions/current/password', { current: added.body.password, next });
    expect(changed.body).toEqual({ status: 'enrol' });
    const { secret } = (await theirs.call('POST', '/sessions/current/enrolment')).body as { secret: string };
    await theirs.call('POST', '/sessions/current/enrolment/confirmation', { code: house.codeOf(secret) });
    const { items } = (await theirs.call('GET', '/identity/users')).body as { items: { username: string }[] };
    expect(items.map(({ username }) => username)).toEqual(['supervisor.admin']);
    const mine = (await admin.call('GET', '/identity/users?limit=200')).body.items as {
      id: string;
      username: string;
    }[];
    expect(mine.map(({ username }) => username)).not.toContain('supervisor.admin');
    for (const url of [`/identity/users/${mine[0]?.id}`, `/identity/users/${mine[0]?.id}/roles`]) {
      const { status, body } = await theirs.call('GET', url);
      expect(status === 404 || (body.items as unknown[]).length === 0).toBe(true);
    }
    expect((await theirs.call('PATCH', `/identity/users/${mine[0]?.id}`, { name: 'x' })).status).toBe(404);
    expect((await theirs.call('GET', '/identity/organisations')).body.items).toHaveLength(1);
    expect((await admin.call('GET', '/identity/organisations')).body.items).toHaveLength(2);
    expect((await theirs.call('POST', '/identity/organisations', draft)).body.type).toBe('organisation-not-operating');
  });

  test('requiring the second factor ends the sessions of those who have none', async () => {
    await house.addUser(admin, 'without.factor');
    const page = await house.front.signIn('without.factor', userPassword);
    expect((await page.call('GET', '/sessions/current')).body.status).toBe('active');
    const version = ((await admin.call('GET', '/identity/organisation')).body.version as number).toString();
    const change = { secondFactor: 'required' };
    expect((await admin.call('PATCH', '/identity/organisation', change, { 'if-match': version })).status).toBe(200);
    expect((await page.call('GET', '/sessions/current')).status).toBe(401);
    expect((await admin.call('GET', '/sessions/current')).status).toBe(200);
  });
});
