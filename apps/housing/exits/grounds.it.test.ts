import type { RiskService } from '@keystead/apps/housing/risk';
import { movein, publishPack, startTown, type Town } from '@keystead/apps/housing/testing';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingsService } from '@keystead/data/things';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exits as module } from './index.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown(movein, module);
  await town.ask('PUT', '/move-ins/lessor', town.clerk, { party: town.lessor.id });
});
afterAll(async () => {
  await (town?.platform.services.telemetry as TelemetryService | undefined)?.close();
  await town?.platform.stop();
});

let batch = 0;
/** Somebody came home on the day of moving in, and nobody since; the lock was heard of just now. */
async function locked(house: string): Promise<() => Promise<void>> {
  const { services, clock, actor } = town.platform;
  const things = services.things as ThingsService;
  const risk = services.risk as RiskService;
  const wish = { code: `lock-${++batch}`, name: 'lock', family: 'lock', placeId: house, state: 'in-use' as const };
  const { number } = await things.create(actor('thing:write', 'place:read'), wish);
  const time = clock.now().getTime() * 1000;
  const data = { seq: 1, grant: 'K', direction: 'in' };
  await risk.gathering.take({
    ...{ gateway: 1, batch, received: time, messages: [] as never },
    events: [{ thing: number, time, event: 'unlocked', data }] as never,
  });
  return async () => {
    things.contact.heard([{ thing: number, time: clock.now().getTime() * 1000 }]);
    await things.contact.flush();
  };
}
const open = async (lease: string, more: object = {}) => {
  const wish = { lease, kind: 'violation', reason: '长期闲置', ...more };
  return town.ask('POST', '/exits', town.clerk, wish);
};

test(clause(
  'H-9.2.6-b-1',
  'H-8.5-c-1',
  'for idleness a household has to leave when door and meters bear it out for the months of its place, or an officer says what he found',
), async () => {
  const { platform, tree, clerk, project } = town;
  const district = await tree.create(clerk, { parent: project.id, kind: 'building', code: 'D', name: '2栋' });
  const pack = await publishPack(platform, district.id, { 'idle-months': 3 });
  const [plain, strict, looked] = [
    await town.tenancy(),
    await town.tenancy(await town.house(district.id)),
    await town.tenancy(),
  ];
  const heard = [await locked(plain.house), await locked(strict.house)];
  const pass = async (to: string) => {
    platform.clock.set(to);
    for (const each of heard) await each();
  };
  const ground = 'idle';
  const unsaid = await open(plain.lease);
  expect([unsaid.status, unsaid.body.errors]).toEqual([400, [{ pointer: '/ground', code: 'required' }]]);
  // Three months by the calendar since the second of June, and a day short of them.
  await pass('2026-09-01T02:00:00Z');
  const short = await open(strict.lease, { ground });
  expect([short.status, short.body.type, short.body.days, short.body.limit, short.body.months]).toEqual([
    ...[409, 'exit-idle-short', 91, 92, 3],
  ]);
  await pass('2026-09-02T02:00:00Z');
  const ordered = await open(strict.lease, { ground });
  expect([ordered.status, ordered.body.ground, ordered.body.policy]).toEqual([201, 'idle', pack]);
  const { rows } = await platform.owner.query(
    `select detail from audit.line where subject = $1 and action = 'exit.initiated'`,
    [`exit:${ordered.body.id}`],
  );
  expect(JSON.parse(rows[0]?.detail)).toMatchObject({
    ground: 'idle',
    idleDays: 92,
    limit: 92,
    idleSince: '2026-06-02',
    policy: pack,
  });
  // The same days are not enough where six months are asked for.
  const refused = await open(plain.lease, { ground });
  expect([refused.status, refused.body.days, refused.body.months]).toEqual([409, 92, 6]);
  await pass('2026-12-02T02:00:00Z');
  expect((await open(plain.lease, { ground })).status).toBe(201);

  // A home whose devices say nothing is not idle by that; somebody goes there and says what he found.
  expect((await open(looked.lease, { ground })).body).toMatchObject({ type: 'exit-idle-short', days: 0 });
  const finding = '2026-12-01 上门，邻居与物业证实八个月无人居住';
  expect((await open(looked.lease, { ground, finding })).body).toMatchObject({ ground, finding, state: 'initiated' });
}, 60_000);

test('other violations are said and ask for no days of idleness; other kinds have no ground', async () => {
  const [one, other] = [await town.tenancy(), await town.tenancy()];
  expect((await open(one.lease, { ground: 'sublet' })).body).toMatchObject({ ground: 'sublet', finding: null });
  expect((await open(other.lease, { kind: 'voluntary' })).body).toMatchObject({ ground: null });
});
