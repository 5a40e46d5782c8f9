import { newId } from '@keystead/contracts/ids';
import { route } from '@keystead/kernel/http';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identity } from '../module.ts';
import type { Browser } from '../testing/front.ts';
import { adminPassword, type House, openHouse, userPassword } from '../testing/house.ts';
import { expand, known } from './permission.ts';
import { templates } from './templates.ts';

let platform: TestPlatform;
let house: House;
let admin: Browser;
const north = newId();
const south = newId();

/** One route for each permission there is: what the console's menus and the modules ask for. */
const probes = known.map((permission) =>
  route({
    id: `probe.${permission.replace(':', '-')}`,
    at: `GET /${permission.replace(':', '-')}`,
    summary: permission,
    permission,
    reply: Type.Object({ subtrees: Type.Array(Type.String()) }),
    run: async ({ actor }) => ({ subtrees: [...actor.scope.subtrees] }),
  }),
);

async function staff(username: string): Promise<{ id: string; page: Browser }> {
  const id = await house.addUser(admin, username);
  return { id, page: await house.front.signIn(username, userPassword) };
}

const allowed = async (page: Browser): Promise<string[]> => {
  const answers = await Promise.all(known.map((each) => page.call('GET', `/probe/${each.replace(':', '-')}`)));
  for (const { status, body } of answers)
    expect(status === 200 || (status === 403 && body.type === 'not-allowed')).toBe(true);
  return known.filter((_, n) => answers[n]?.status === 200);
};

const may = async (page: Browser) => (await page.call('GET', '/sessions/current')).body;

beforeAll(async () => {
  platform = await startPlatform(identity);
  house = await openHouse(platform, { demo: true });
  house.front.http.mount('/probe', probes);
  house.places.set(north, '1/2/').set(south, '1/3/');
  admin = await house.front.signIn('admin', adminPassword);
});
afterAll(async () => {
  await house.close();
  await platform.stop();
});

describe('role × operation', () => {
  test(clause('H-9.4-b-1', 'H-11.1-a-1', 'without a role every operation is refused'), async () => {
    const { page } = await staff('no.role');
    expect(await allowed(page)).toEqual([]);
  });

  test.each(templates)(
    `${clause('H-9.4-b-1', 'the role $code')} may do what it declares and nothing else`,
    async (template) => {
      const { id, page } = await staff(`one.${template.code}`);
      expect((await house.assign(admin, id, template.code)).status).toBe(201);
      const declared = expand(template.permissions, new Set(known));
      expect(await allowed(page)).toEqual(known.filter((each) => declared.has(each)));
      expect((await may(page)).permissions).toEqual([...declared].sort());
    },
  );
});

describe('several roles', () => {
  test(clause('I-5.1-b', 'one user holds two roles and may what both allow, minus what one denies'), async () => {
    const { id, page } = await staff('two.roles');
    const role = {
      code: 'no-closing',
      names: { 'zh-CN': '不得处置', en: 'No handling' },
      permissions: ['thing:write'],
      denies: ['alarm:handle', 'case:*'],
    };
    expect((await admin.call('POST', '/identity/roles', role)).status).toBe(201);
    await house.assign(admin, id, 'operator');
    await house.assign(admin, id, 'no-closing');
    const operator = expand(templates[1]?.permissions ?? [], new Set(known));
    const expected = known.filter(
      (each) => each === 'thing:write' || (operator.has(each) && each !== 'alarm:handle' && !each.startsWith('case:')),
    );
    expect(await allowed(page)).toEqual(expected);
    const { items } = (await admin.call('GET', `/identity/users/${id}/roles`)).body as { items: unknown[] };
    expect(items).toHaveLength(2);
  });

  test('a changed role is felt by the next request; a deleted one must be free', async () => {
    const { id, page } = await staff('changed.role');
    const draft = { code: 'changing', names: { 'zh-CN': '变', en: 'Changing' }, permissions: ['place:read'] };
    const role = (await admin.call('POST', '/identity/roles', draft)).body as { id: string };
    const { body: assignment } = await house.assign(admin, id, 'changing');
    expect(await allowed(page)).toEqual(['place:read']);
    await admin.call('PATCH', `/identity/roles/${role.id}`, { permissions: ['thing:read'] }, { 'if-match': '1' });
    expect(await allowed(page)).toEqual(['thing:read']);
    expect((await admin.call('DELETE', `/identity/roles/${role.id}`)).body.type).toBe('role-in-use');
    await admin.call('DELETE', `/identity/users/${id}/roles/${assignment.id}`);
    expect(await allowed(page)).toEqual([]);
    expect((await admin.call('DELETE', `/identity/roles/${role.id}`)).status).toBe(204);
  });

  test('a role is good only in its period', async () => {
    const { id, page } = await staff('for.a.week');
    const day = (n: number) => new Date(platform.clock.now().getTime() + n * 86_400_000).toISOString();
    await house.assign(admin, id, 'supervisor', { reach: 'organisation', validFrom: day(1), validUntil: day(8) });
    expect((await may(page)).permissions).toEqual([]);
    platform.clock.pass(86_400 * 2);
    const later = await house.front.signIn('for.a.week', userPassword);
    expect((await may(later)).permissions).toContain('place:read');
    platform.clock.pass(86_400 * 7);
    const after = await house.front.signIn('for.a.week', userPassword);
    expect((await may(after)).permissions).toEqual([]);
    admin = await house.front.signIn('admin', adminPassword);
  });
});

describe('data scope', () => {
  test(
    clause('H-9.4-b-1', 'is the subtrees of the places a role was given at, and follows them when they move'),
    async () => {
      const { id, page } = await staff('north.only');
      const given = await house.assign(admin, id, 'operator', { reach: 'places', places: [north] });
      expect(given.body).toMatchObject({ reach: 'places', places: [{ id: north, path: '1/2/' }] });
      expect((await may(page)).scope).toEqual({ subtrees: ['1/2/'] });
      await house.assign(admin, id, 'supervisor', { reach: 'own' });
      expect((await may(page)).scope).toEqual({ subtrees: ['1/2/'] });
      await platform.db.systemTransaction((tx) => house.identity.movePaths(tx, house.first.organisation, '1/', '7/1/'));
      house.identity.context.forget();
      expect((await may(page)).scope).toEqual({ subtrees: ['7/1/2/'] });
      await platform.db.systemTransaction((tx) => house.identity.movePaths(tx, house.first.organisation, '7/1/', '1/'));
      expect((await house.assign(admin, id, 'operator', { reach: 'places', places: [newId()] })).body.type).toBe(
        'reach-place-unknown',
      );
      expect((await house.assign(admin, id, 'operator', { reach: 'places' })).status).toBe(400);
    },
  );

  test('decides who is told: users with a permission at a place', async () => {
    const { id } = await staff('south.only');
    await house.assign(admin, id, 'repair-worker', { reach: 'places', places: [south] });
    const told = async (permission: string, place: string) =>
      (await house.identity.usersWith(house.first.organisation, permission, place)).map(({ name }) => name);
    expect(await told('case:handle', '1/3/4/')).toContain('south.only');
    expect(await told('case:handle', '1/2/4/')).not.toContain('south.only');
    expect(await told('case:write', '1/3/4/')).not.toContain('south.only');
    expect(await told('case:handle', '1/2/4/')).toContain('north.only');
    expect(await told('case:handle', '1/3/4/')).not.toContain('north.only');
    expect(await told('case:handle', '1/2/4/')).not.toContain('two.roles');
  });
});

describe('giving rights', () => {
  test('nobody gives more than he holds, nor wider than he reaches', async () => {
    const draft = {
      code: 'team-lead',
      names: { 'zh-CN': '班长', en: 'Team lead' },
      permissions: ['user:read', 'user:write', 'role:read', 'role:write', 'case:*'],
    };
    await admin.call('POST', '/identity/roles', draft);
    const { id, page } = await staff('team.lead');
    await house.assign(admin, id, 'team-lead', { reach: 'places', places: [north] });
    const worker = await house.addUser(page, 'new.worker');
    const higher = { code: 'higher', names: draft.names, permissions: ['case:read', 'system:write'] };
    expect((await page.call('POST', '/identity/roles', higher)).body).toMatchObject({
      type: 'right-not-held',
      permissions: ['system:write'],
    });
    expect((await house.assign(page, worker, 'system-administrator')).body.type).toBe('right-not-held');
    expect((await house.assign(page, worker, 'team-lead')).body.type).toBe('reach-too-wide');
    const outside = { reach: 'places', places: [south] };
    expect((await house.assign(page, worker, 'team-lead', outside)).body.type).toBe('reach-too-wide');
    const inside = { reach: 'places', places: [north] };
    expect((await house.assign(page, worker, 'team-lead', inside)).status).toBe(201);
    const chief = ((await admin.call('GET', '/sessions/current')).body.user as { id: string }).id;
    for (const [method, url] of [
      ['POST', `/identity/users/${chief}/password`],
      ['DELETE', `/identity/users/${chief}/second-factor`],
      ['DELETE', `/identity/users/${chief}`],
    ] as const) {
      const answer = await page.call(method, url, method === 'POST' ? {} : undefined);
      expect([url, answer.body.type]).toEqual([url, 'right-not-held']);
    }
  });

  test('a permission no route asks for is a slip of the pen', async () => {
    const draft = { code: 'slip', names: { 'zh-CN': '误', en: 'Slip' }, permissions: ['alarm:acknowlege'] };
    expect((await admin.call('POST', '/identity/roles', draft)).body.type).toBe('permission-unknown');
  });

  test('the catalogue names the routes behind each permission', async () => {
    const { items } = (await admin.call('GET', '/identity/permissions')).body as {
      items: { permission: string; routes: { id: string }[] }[];
    };
    const found = items.find(({ permission }) => permission === 'user:write');
    expect(found?.routes.map(({ id }) => id)).toContain('users.create');
  });
});

test(clause('H-11.1-a-1', 'the report names rights a role gives and its holder has not used'), async () => {
  const report = async () =>
    (
      (await admin.call('GET', '/identity/unused-rights?days=30')).body.items as {
        user: { username: string };
        role: { code: string };
        permissions: string[];
      }[]
    ).find(({ user }) => user.username === 'admin');
  const first = await report();
  expect(first?.role.code).toBe('system-administrator');
  expect(first?.permissions).toContain('key:write');
  expect(first?.permissions).not.toContain('role:write');
  const key = { name: 'once', permissions: ['place:read'] };
  expect((await admin.call('POST', '/identity/keys', key)).status).toBe(201);
  expect((await report())?.permissions).not.toContain('key:write');
});
