import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { thingOnlineChanged } from '@keystead/contracts/events/things';
import { newId } from '@keystead/contracts/ids';
import type { PlacesService } from '@keystead/data/places';
import type { ThingsService } from '@keystead/data/things';
import type { IdentityService } from '@keystead/kernel/security/identity';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CasesService } from './cases.ts';
import { cases } from './module.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'keystead-cases-'));
let platform: TestPlatform;
let desk: CasesService;
let organisation: OrganisationId;
let chief: Actor;

beforeAll(async () => {
  platform = await startPlatform(cases);
  platform.kernel.settings.DATA_DIR = dataDir;
  desk = platform.services.cases as CasesService;
  const identity = platform.services.identity as IdentityService;
  organisation = (await identity.bootstrap({ demo: true })).organisation as OrganisationId;
  chief = { ...systemActor('chief', organisation), id: newId(), kind: 'user', permissions: new Set(['case:assign']) };
});
afterAll(async () => {
  await platform.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('work is given to people there are, and to nobody else', async () => {
  const identity = platform.services.identity as IdentityService;
  const draft = { username: 'wang', name: '王师傅', phone: '13800001234', password: '三个朋友在湖边钓鱼真高兴' };
  const { user } = await identity.accounts.create(systemActor('test', organisation), draft);
  const { id } = await desk.open(chief, { kind: 'repair', title: '漏水' });
  const stranger = { assignee: newId() };
  await expect(desk.take(chief, id, 'assign', stranger)).rejects.toMatchObject({ type: 'assignee-unknown' });
  await desk.take(chief, id, 'assign', { assignee: user.id });
  expect((await desk.get(chief, id)).row).toMatchObject({ state: 'assigned', assigneeName: '王师傅' });
});

test(
  clause('H-7.1-c-3', 'what the registry knows of a thing names the order and says whether it can wait'),
  async () => {
    const things = platform.services.things as ThingsService;
    const keeper = systemActor('test', organisation);
    const made = await things.create(keeper, { code: 'SD-1', name: '3 层烟感', family: 'smoke-detector' });
    const since = platform.clock.now().toISOString();
    await platform.db.systemTransaction((tx) =>
      platform.kernel.outbox.add(
        tx,
        thingOnlineChanged,
        { organisation, place: '' },
        { id: made.id, code: 'SD-1', from: 'online', to: 'offline', since },
      ),
    );
    await platform.drain();
    const { items } = await desk.list(chief, { subject: `thing:${made.id}` }, { limit: 10 });
    expect(items).toMatchObject([{ title: '3 层烟感 离线', priority: 1, kind: 'device-fault' }]);
  },
);

test('cases move with the subtree they stand in, and nobody removes the ground under an open one', async () => {
  const places = platform.services.places as PlacesService;
  const keeper = systemActor('test', organisation);
  const add = (code: string) => places.create(keeper, { kind: 'site', code, name: code, parent: null });
  const [north, south] = [await add('north'), await add('south')];
  const yard = await places.create(keeper, { kind: 'building', code: 'B1', name: '1 号楼', parent: north.id });
  const { id } = await desk.open(chief, { kind: 'repair', title: '灯坏', placeId: yard.id });
  await places.move(keeper, yard.id, south.id);
  const moved = await places.get(keeper, yard.id);
  expect((await desk.get(chief, id)).row.place).toBe(moved.path);
  expect(moved.path.startsWith(south.path)).toBe(true);
  await expect(places.remove(keeper, yard.id)).rejects.toMatchObject({ type: 'place-occupied' });
  await desk.take(chief, id, 'cancel', { reason: '已拆除' });
  await places.remove(keeper, yard.id);
});
