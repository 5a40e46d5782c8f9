import { systemTroubled } from '@keystead/contracts/events/system';
import { newId } from '@keystead/contracts/ids';
import { sql } from '@keystead/kernel/db';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Limit, limit, ops } from './index.ts';

type Ops = ReturnType<typeof ops.setup>;
interface Told {
  source: string;
  state: string;
  severity: number;
  detail: string;
}

let platform: TestPlatform;
let service: Ops;
const told: (Told & { at: number })[] = [];
const injected = { value: 0, broken: false, hangs: false };

beforeAll(async () => {
  platform = await startPlatform(ops as never);
  service = platform.services.ops as Ops;
  service.runBy(platform.organisation);
  service.add({
    source: 'intake',
    unit: 's',
    usual: limit(10, 2),
    read: () => {
      if (injected.hangs) return new Promise(() => {});
      if (injected.broken) return Promise.reject(new Error('no intake'));
      return Promise.resolve({ value: injected.value });
    },
  });
  platform.kernel.bus.on(systemTroubled, 'test.told', async (event) => {
    told.push({ ...(event.payload as Told), at: platform.clock.now().getTime() });
  });
});
afterAll(() => platform.stop());
beforeEach(async () => {
  told.length = 0;
  Object.assign(injected, { value: 0, broken: false, hangs: false });
});

async function call(method: 'GET' | 'PUT' | 'POST', path: string, permission: string, payload?: object) {
  const actor = platform.actor(permission);
  const url = `/api/v1/system/${path}`;
  const answer = await platform.http.app.inject({
    method,
    url,
    headers: { authorization: `Test ${actor.id}` },
    payload,
  });
  return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
}

const set = async (limits: Record<string, Partial<Limit> | null>) =>
  expect((await call('PUT', 'thresholds', 'system:write', { limits })).status).toBe(200);

/** Only these sources; the machine running the test is not the subject. */
const of = (...sources: string[]) => told.filter(({ source }) => sources.includes(source));

/** Looks every five seconds for a while, as the worker does. */
async function watchFor(seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 5) {
    platform.clock.pass(5);
    await service.look();
    await platform.drain();
  }
}

test(
  clause(
    'I-5.1-d-2',
    'server load and network delay beyond their limits are told within a minute, and that they are well again',
  ),
  async () => {
    // The real readings of this machine, with limits that they are beyond of.
    await set({ cpu: { troubled: 0, well: -1 }, 'database-latency': { troubled: 0, well: -1 } });
    const began = platform.clock.now().getTime();
    await watchFor(60);
    const found = of('cpu', 'database-latency');
    expect(found.map(({ source, state }) => `${source} ${state}`).sort()).toEqual([
      'cpu troubled',
      'database-latency troubled',
    ]);
    for (const { at, detail } of found) {
      expect(at - began).toBeLessThanOrEqual(60_000);
      expect(detail).toMatch(/^\d+(\.\d+)? (%|ms) {2}\(≥ 0 (%|ms)\)/);
    }
    await set({ cpu: { troubled: 1000, well: 1000 }, 'database-latency': { troubled: 1e6, well: 1e6 } });
    await watchFor(60);
    expect(
      of('cpu', 'database-latency')
        .slice(2)
        .map(({ state }) => state),
    ).toEqual(['well', 'well']);
    await set({ cpu: { on: false } });
  },
);

test(
  clause('I-5.1-d-3', 'a full disk, a backlog of events and a used-up connection pool are told within a minute'),
  async () => {
    await platform.owner.query(
      `insert into kernel.delivery values ('gone.subscription', $1, 'x.y.v1', $2, '', $3, '{}', 7, null, 'broken')`,
      [newId(), platform.organisation, platform.clock.now()],
    );
    await set({ disk: { troubled: 0.1, well: 0 }, 'database-connections': { troubled: 1, well: 0 } });
    await watchFor(30);
    // Waits for a relay that is not running: nothing drains here.
    await platform.owner.query(`insert into kernel.outbox values ($1, 'a.b.v1', $2, '', $3, '{}')`, [
      newId(),
      platform.organisation,
      new Date(platform.clock.now().getTime() - 31_000),
    ]);
    for (let n = 0; n < 5; n++) {
      platform.clock.pass(5);
      await service.look();
    }
    await platform.drain();
    expect(
      of('disk', 'events', 'deliveries', 'database-connections')
        .map(({ source, severity }) => `${source} ${severity}`)
        .sort(),
    ).toEqual(['database-connections 1', 'deliveries 3', 'disk 1', 'events 2']);
    await set({ disk: null, 'database-connections': null });
  },
);

test('a pool whose connections are all taken is told, because the question itself waits', async () => {
  await set({ 'database-latency': { troubled: 300, well: 100, forSeconds: 0 } });
  const hogs = Array.from({ length: 3 }, () => platform.db.systemRead(sql`select pg_sleep(0.8)`));
  const last = platform.db.systemRead(sql`select pg_sleep(0.8)`);
  await service.look();
  await Promise.all([...hogs, last]);
  await platform.drain();
  expect(of('database-latency').at(-1)?.state).toBe('troubled');
  await set({ 'database-latency': null });
});

test("another module's probe is watched like our own; one that fails or hangs is in trouble", async () => {
  injected.value = 11;
  await watchFor(30);
  expect(of('intake')).toMatchObject([{ state: 'troubled', severity: 2, detail: '11 s  (≥ 10 s)' }]);
  injected.value = 1;
  await watchFor(30);
  injected.broken = true;
  await watchFor(30);
  expect(
    of('intake')
      .map(({ state, detail }) => `${state} ${detail}`)
      .slice(1),
  ).toEqual(['well 1 s  (≥ 10 s)', 'troubled no intake']);
});

test('after a restart the platform still knows what was in trouble, and tells that it is well', async () => {
  injected.value = 50;
  await set({ intake: { forSeconds: 0 } });
  await watchFor(5);
  const { rows } = await platform.owner.query(`select state from watch.probe where source = 'intake'`);
  expect(rows).toEqual([{ state: 'troubled' }]);
  const again = await call('GET', 'status', 'system:read');
  expect(again.body.probes.find((probe: { source: string }) => probe.source === 'intake')).toMatchObject({
    state: 'troubled',
    value: 50,
    troubledAt: 10,
    stale: false,
  });
  platform.clock.pass(120);
  const later = await call('GET', 'status', 'system:read');
  expect(later.body.probes.every((probe: { stale: boolean }) => probe.stale)).toBe(true);
  expect(later.body.database.bytes).toBeGreaterThan(1_000_000);
});

test('limits are checked, versioned, journaled, and can be given back', async () => {
  const { body } = await call('GET', 'thresholds', 'system:read');
  expect(body.limits.cpu).toMatchObject({ severity: 2 });
  for (const limits of [
    { nonsense: { troubled: 1 } },
    { memory: { troubled: 10, well: 50 } },
    { cpu: { forSeconds: 3600 } },
  ])
    expect((await call('PUT', 'thresholds', 'system:write', { limits })).status).toBe(400);
  const actor = platform.actor('system:write');
  const stale = await platform.http.app.inject({
    method: 'PUT',
    url: '/api/v1/system/thresholds',
    headers: { authorization: `Test ${actor.id}`, 'if-match': `"${body.version - 1}"` },
    payload: { limits: { memory: { troubled: 80, well: 70 } } },
  });
  expect(stale.statusCode).toBe(412);
  await set({ memory: { troubled: 80, well: 70 } });
  await set({ memory: null });
  const { rows } = await platform.owner.query(
    `select count(*)::int as n from audit.line where action = 'system.limits'`,
  );
  expect(rows[0].n).toBeGreaterThanOrEqual(2);
});

test('a delivery that was given up is listed, and made when it is tried again', async () => {
  const { body } = await call('GET', 'deliveries?givenUp=true&limit=1', 'system:read');
  expect(body.items).toMatchObject([{ subscription: 'gone.subscription', attempts: 7, nextAt: null }]);
  const { event, subscription } = body.items[0];
  expect((await call('POST', `deliveries/${event}/${subscription}/retry`, 'system:write')).status).toBe(202);
  expect((await call('GET', 'deliveries?givenUp=true', 'system:read')).body.items).toEqual([]);
  expect((await call('POST', `deliveries/${newId()}/${subscription}/retry`, 'system:write')).status).toBe(404);
});

test('jobs are shown with their last run and what is wrong with them', async () => {
  const { body } = await call('GET', 'jobs', 'system:read');
  const names = body.items.map(({ name }: { name: string }) => name);
  expect(names).toEqual(expect.arrayContaining(['ops.backup', 'ops.tidy']));
});

test('other organisations on the installation see nothing of it', async () => {
  service.runBy(newId());
  expect((await call('GET', 'status', 'system:read')).status).toBe(403);
  service.runBy(platform.organisation);
  expect((await call('GET', 'status', 'thing:read')).status).toBe(403);
  expect((await call('GET', 'status', 'system:read')).status).toBe(200);
});

test('whoever registers devices is told where they are heard', async () => {
  const { settings } = platform.kernel;
  expect(await call('GET', 'listeners', 'thing:read')).toEqual({
    status: 200,
    body: {
      mqtt: settings.MQTT_PORT,
      mqtts: settings.MQTTS_PORT,
      deviceHttp: settings.DEVICE_HTTP_PORT,
      deviceHttps: settings.DEVICE_HTTPS_PORT,
    },
  });
});
