import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import { caseChanged } from '@keystead/contracts/events/cases';
import { newId } from '@keystead/contracts/ids';
import type { PlacesService } from '@keystead/data/places';
import type { IdentityService } from '@keystead/kernel/security/identity';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identityReceivers } from './identity-receivers.ts';
import { notify } from './module.ts';
import type { NotifyService } from './notify.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'keystead-notify-'));
let platform: TestPlatform;
let identity: IdentityService;
let organisation: OrganisationId;
let worker: string;
let role: string;

beforeAll(async () => {
  platform = await startPlatform(notify);
  platform.kernel.settings.DATA_DIR = dataDir;
  identity = platform.services.identity as IdentityService;
  organisation = (await identity.bootstrap({ demo: true })).organisation as OrganisationId;
  const permissions = new Set(identity.rights.permissionList().map((each) => each.permission));
  const by = { ...systemActor('test', organisation), permissions };
  const draft = { username: 'wang', name: '王师傅', phone: '13800001234', password: '三个朋友在湖边钓鱼真高兴' };
  worker = (await identity.accounts.create(by, draft)).user.id;
  const { rows } = await platform.owner.query(
    `select id from identity.role where organisation = $1 and code = 'operator'`,
    [organisation],
  );
  role = rows[0].id;
  await identity.rights.assignments.add(by, worker, { role, reach: 'organisation' });
});
afterAll(async () => {
  await platform.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('people are found by permission, by role and by name, with the addresses they have', async () => {
  const receivers = identityReceivers(identity);
  const wang = { id: worker, name: '王师傅', phone: '13800001234', language: 'zh-CN' };
  expect(await receivers.user(organisation, worker)).toEqual(wang);
  expect(await receivers.usersInRole(organisation, role, '1/2/')).toEqual([wang]);
  expect(await receivers.usersWith(organisation, 'alarm:handle', '1/2/')).toContainEqual(wang);
  expect(await receivers.user(organisation, newId())).toBeUndefined();
  expect(await receivers.user(newId(), worker)).toBeUndefined();
  expect(await receivers.usersInRole(organisation, 'no-such-role', '1/2/')).toEqual([]);
});

test(
  clause('I-5.1-d-1', 'with the rules an organisation begins with, a device fault reaches whoever dispatches'),
  async () => {
    const order = {
      id: newId(),
      code: 'DF-1',
      kind: 'device-fault',
      from: '',
      to: 'new',
      title: '水泵停转',
      priority: 2,
    };
    await platform.db.systemTransaction((tx) =>
      platform.kernel.outbox.add(tx, caseChanged, { organisation, place: '' }, order),
    );
    await platform.drain();
    await (platform.services.notify as NotifyService).sendDue();
    const { rows } = await platform.owner.query('select title from notify.message where receiver = $1', [worker]);
    expect(rows).toEqual([{ title: '【设备故障】水泵停转' }]);
  },
);

test('a rule for a subtree still holds after the subtree was moved', async () => {
  const places = platform.services.places as PlacesService;
  const by = systemActor('test', organisation);
  const service = platform.services.notify as NotifyService;
  const add = (code: string) => places.create(by, { kind: 'site', code, name: code, parent: null });
  const [north, south] = [await add('north'), await add('south')];
  const yard = await places.create(by, { kind: 'building', code: 'B1', name: '1 号楼', parent: north.id });
  const [first] = await service.rules(by);
  if (!first) throw new Error('no rule');
  const { id } = await service.addRule(by, { ...first, definition: { ...first.definition, place: yard.path } });
  await places.move(by, yard.id, south.id);
  const moved = (await service.rules(by)).find((each) => each.id === id);
  expect(moved?.definition.place).toBe((await places.get(by, yard.id)).path);
});
