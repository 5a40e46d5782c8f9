import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import { createLog } from '@keystead/kernel/base';
import { readSettings } from '@keystead/kernel/base/config';
import { type TestDatabase, testDatabase } from '@keystead/kernel/testing';
import { homeOf } from '@keystead/simulator/city';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { compose, type Platform } from '../compose.ts';
import { CityRefused, housesIn, joined, loadHomes, loadWaiting, makePlaces } from './load.ts';
import { loadTraces } from './traces.ts';

const homes = 60;
const folder = mkdtempSync(join(tmpdir(), 'keystead-city-'));
let database: TestDatabase;
let platform: Platform;
let organisation: OrganisationId;

async function composed(demo: boolean): Promise<void> {
  database = await testDatabase(inject('ownerUrl'));
  const settings = readSettings({ DATA_DIR: folder });
  platform = await compose({ role: 'tool', settings, log: createLog('city', 'silent'), urls: database.urls });
  await platform.services.identity.bootstrap({ demo });
  organisation = (await platform.services.identity.home()) as OrganisationId;
}
const target = () => ({
  ...{ platform, organisation, say: () => {} },
  settings: { seed: 7, today: new Date().toISOString().slice(0, 10), months: 18 },
});
async function houses() {
  const known = new Map(
    Array.from({ length: homes }, (_, at) => homeOf(at)).map((home) => [home.path.split('/').at(-1), home]),
  );
  return joined(await housesIn(target(), 'YC'), ({ code }) => known.get(code));
}
const reader = () => systemActor('reader', organisation);
const count = async (text: string): Promise<number> => Number((await database.owner.query(text)).rows[0]?.count);

beforeAll(() => composed(true), 60_000);
afterAll(async () => {
  await platform.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('homes get their houses, households, leases and money, and a second run adds nothing', async () => {
  await makePlaces(target(), homes);
  const first = await loadHomes(target(), await houses());
  expect(first.homes).toBe(homes);
  expect(await count('select count(*) from stock.house')).toBe(homes);
  expect(await count(`select count(*) from agreements.agreement where state = 'effective'`)).toBeGreaterThan(homes / 3);
  const bills = await count('select count(*) from billing.bill');
  expect(bills).toBeGreaterThan(homes * 6);
  const told = `select count(*) from kernel.outbox where type in ('house.imported.v1', 'charges.changed.v1') and place = ''`;
  expect(await count(told)).toBe(2);
  expect((await loadHomes(target(), await houses())).homes).toBe(0);
  expect(await count('select count(*) from billing.bill')).toBe(bills);
  expect(await count(told)).toBe(2);
}, 60_000);

test('what was settled of charges is what was paid', async () => {
  const settled = await count('select sum(settled) as count from ledger.charge');
  expect(await count('select sum(amount) as count from ledger.payment')).toBe(settled);
  expect(await count(`select sum(-amount) as count from ledger.entry where account = 'prepaid'`)).toBe(0);
  const open = await count('select sum(amount - settled - waived) as count from ledger.charge');
  expect(await count(`select sum(amount) as count from ledger.entry where account = 'receivable'`)).toBe(open);
});

test('repairs and visits are cases that went their way; a second run gives no number twice', async () => {
  expect(await count(`select count(*) from cases.case where kind = 'inspection' and state = 'closed'`)).toBeGreaterThan(
    homes,
  );
  expect(await count(`select count(*) from cases.case where kind = 'repair'`)).toBeGreaterThan(homes / 2);
  const { items } = await platform.services.cases.list(reader(), {}, { limit: 5 });
  expect(items[0]).toMatchObject({ code: expect.stringMatching(/^(IN|WO)-\d{8}-\d{4}$/) });
});

test('locks and meters of homes have spoken for three months', async () => {
  const some = (await houses()).slice(0, 3);
  const told = await loadTraces(target(), some);
  expect(told).toBeGreaterThan(3 * 2 * 90);
  const from = new Date(Date.now() - 60 * 86_400_000);
  const [meter] = (await database.owner.query(`select id from things.thing where family = 'water-meter' limit 1`)).rows;
  const view = await platform.services.telemetry.consumption(reader(), meter.id, 'volume', { from, to: new Date() });
  expect(view).toMatchObject({ falls: 0 });
  expect((view as { rise: number }).rise).toBeGreaterThan(0);
}, 30_000);

test('personal values are sealed for real and open with a reason', async () => {
  const actor = { ...systemActor('reader', organisation), permissions: new Set(['party:reveal', 'party:read']) };
  const { items } = await platform.services.parties.list(actor, { kind: 'person', limit: 1 });
  const opened = await platform.services.parties.reveal(actor, items[0]?.id ?? '', ['resident-id'], '测试');
  expect(opened[0]?.value).toMatch(/^99\d{15}[\dX]$/);
  expect(await count(`select count(*) from parties.field where masked not like '%*%' and field <> 'income'`)).toBe(0);
});

test('applications of who waits lie at different steps', async () => {
  const [house] = await houses();
  const place = `${house?.path.split('/').slice(0, 2).join('/')}/`;
  await loadWaiting(target(), place, 6);
  // Cut off and run again: nobody waits twice.
  await loadWaiting(target(), place, 6);
  const { items } = await platform.services.eligibility.list(systemActor('reader', organisation), { limit: 50 });
  expect(new Set(items.map(({ state }) => state))).toContain('checking');
}, 30_000);

test('an organisation that is no demo is refused', async () => {
  await platform.stop();
  await database.drop();
  await composed(false);
  await expect(loadHomes(target(), [])).rejects.toThrow(CityRefused);
}, 60_000);
