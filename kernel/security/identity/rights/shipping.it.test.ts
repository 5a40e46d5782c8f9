import { sql } from '@keystead/kernel/db';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identity } from '../module.ts';
import { adminPassword, type House, openHouse } from '../testing/house.ts';
import { shipRoles } from './shipping.ts';
import { templates } from './templates.ts';

let platform: TestPlatform;
let house: House;

beforeAll(async () => {
  platform = await startPlatform(identity);
  house = await openHouse(platform, { demo: true });
});
afterAll(async () => {
  await house.close();
  await platform.stop();
});

interface Listed {
  id: string;
  code: string;
  permissions: string[];
  shipped: string[] | null;
}
const signedIn = () => house.front.signIn('admin', adminPassword);
const list = async (): Promise<Map<string, Listed>> => {
  const { body } = await (await signedIn()).call('GET', '/identity/roles');
  return new Map((body.items as Listed[]).map((role) => [role.code, role]));
};
/** What the platform wrote of roles since the founding, oldest first. */
const lines = async () =>
  (
    await platform.db.systemRead(
      sql<{ action: string; detail: string }>`
        select action, detail from audit.line where action like 'role.%' and actor_id = 'bootstrap' order by at, id`,
    )
  ).map(({ action, detail }) => {
    const { code, lacks } = JSON.parse(detail) as { code: string; lacks?: string[] };
    return [action, code, lacks];
  });
/** A version that gives repair workers one right more and care workers another, and brings a role. */
const next = [
  ...templates.map((template) =>
    ['repair-worker', 'care-worker'].includes(template.code)
      ? { ...template, permissions: [...template.permissions, 'firmware:read'] }
      : template,
  ),
  { code: 'warden', names: { 'zh-CN': '楼管员', en: 'Warden' }, permissions: ['place:read'] },
];

test(
  clause(
    'H-11.1-a-1',
    'rights new in a version reach roles nobody edited; edited ones stay, deleted ones too, and the journal says so',
  ),
  async () => {
    const admin = await signedIn();
    const before = await list();
    const worker = await house.addUser(admin, 'old.hand');
    await house.assign(admin, worker, 'repair-worker');
    const permissions = ['case:read'];
    expect(
      (await admin.call('PATCH', `/identity/roles/${before.get('care-worker')?.id}`, { permissions })).status,
    ).toBe(200);
    expect((await admin.call('DELETE', `/identity/roles/${before.get('auditor')?.id}`)).status).toBe(204);

    await shipRoles(house.identity.context);
    expect(await lines()).toEqual([]);

    await shipRoles(house.identity.context, next);
    const after = await list();
    expect(after.get('repair-worker')?.permissions).toContain('firmware:read');
    expect(after.get('care-worker')?.permissions).toEqual(permissions);
    expect(after.get('warden')?.permissions).toEqual(['place:read']);
    expect(after.has('auditor')).toBe(false);
    expect(after.get('operator')).toEqual(before.get('operator'));
    const shipped = next.find(({ code }) => code === 'care-worker')?.permissions ?? [];
    expect(await lines()).toEqual([
      ['role.update', 'repair-worker', undefined],
      ['role.keep', 'care-worker', shipped.filter((each) => !permissions.includes(each))],
      ['role.create', 'warden', undefined],
    ]);

    // Once is enough, and a second start of another process finds nothing to do.
    await Promise.all([shipRoles(house.identity.context, next), shipRoles(house.identity.context, next)]);
    expect(await lines()).toHaveLength(3);
  },
);

test('whoever gives an edited role the rights shipped has it follow again', async () => {
  const admin = await signedIn();
  const careWorker = (await list()).get('care-worker');
  const { permissions } = next.find(({ code }) => code === 'care-worker') ?? { permissions: [] };
  await admin.call('PATCH', `/identity/roles/${careWorker?.id}`, { permissions: [...permissions] });
  const later = next.map((each) => (each.code === 'care-worker' ? { ...each, permissions: ['care:read'] } : each));
  await shipRoles(house.identity.context, later);
  expect((await list()).get('care-worker')?.permissions).toEqual(['care:read']);
});

test('a role says what this version ships it with; one of your own says nothing of the kind', async () => {
  const admin = await signedIn();
  const draft = { code: 'own-one', names: { 'zh-CN': '自建', en: 'Own' }, permissions: ['case:read'] };
  expect((await admin.call('POST', '/identity/roles', draft)).body.shipped).toBeNull();
  const tenant = (await list()).get('tenant');
  expect(tenant?.shipped).toEqual(tenant?.permissions);
});
