import { defineEvent, type EventEnvelope } from '@keystead/contracts/events/define';
import { newId } from '@keystead/contracts/ids';
import { createLog } from '@keystead/kernel/base';
import { type Bus, createBus } from '@keystead/kernel/bus';
import { sql, type Tx } from '@keystead/kernel/db';
import { startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';

const happened = defineEvent('thing.happened.v1', Type.Object({ n: Type.Integer() }));
let platform: TestPlatform;
let where: { organisation: string; place: string };

beforeAll(async () => {
  platform = await startPlatform();
  where = { organisation: platform.organisation, place: '' };
});
afterAll(() => platform.stop());

const busOf = (listenUrl?: string, relays = true) =>
  createBus({ db: platform.db, clock: platform.clock, log: createLog('test', 'silent'), listenUrl, relays });
const say = (bus: Bus, n: number) => platform.db.systemTransaction((tx) => bus.outbox.add(tx, happened, where, { n }));
const left = async () =>
  (await platform.owner.query('select count(*)::int as n from kernel.outbox')).rows[0].n as number;

test('an event of a transaction that fails never happened', async () => {
  const bus = busOf();
  const heard: number[] = [];
  bus.on(happened, 'test.rolled-back', async (event) => void heard.push(event.payload.n));
  const failing = platform.db.systemTransaction(async (tx) => {
    await bus.outbox.add(tx, happened, where, { n: 1 });
    throw new Error('undo');
  });
  await expect(failing).rejects.toThrow('undo');
  await bus.drain();
  expect(heard).toEqual([]);
  expect(await left()).toBe(0);
});

test('each subscription gets each event once, in order, also when two relays pump at once', async () => {
  const heard: Record<string, number[]> = { a: [], b: [] };
  const buses = [busOf(), busOf()];
  for (const bus of buses) {
    for (const name of ['a', 'b'])
      bus.on(happened, `test.${name}`, async (event) => void heard[name]?.push(event.payload.n));
  }
  for (let n = 0; n < 250; n++) await say(buses[0] as Bus, n);
  await Promise.all(buses.map((bus) => bus.drain()));
  expect(heard.a?.toSorted((x, y) => x - y)).toEqual([...Array(250).keys()]);
  expect(heard.b).toHaveLength(250);
});

test('a failing subscription holds nobody up, undoes what it wrote, and is tried again when due', async () => {
  const bus = busOf() as ReturnType<typeof createBus>;
  let broken = true;
  const well: number[] = [];
  bus.on(happened, 'test.breaks', async (event, tx) => {
    await tx.run(
      sql`insert into kernel.setting values (${where.organisation}, ${`n${event.payload.n}`}, '1', ${platform.clock.now()}, 'test')`,
    );
    if (broken) throw new Error('not now');
  });
  bus.on(happened, 'test.well', async (event) => void well.push(event.payload.n));
  await say(bus, 7);
  await bus.drain();
  const written = async () =>
    (await platform.owner.query("select count(*)::int as n from kernel.setting where name = 'n7'")).rows[0].n;
  expect(well).toEqual([7]);
  expect(await written()).toBe(0);
  broken = false;
  await bus.retry();
  expect(await written()).toBe(0); // not due yet
  platform.clock.pass(2);
  await bus.retry();
  expect(await written()).toBe(1);
  expect((await platform.owner.query('select * from kernel.delivery')).rowCount).toBe(0);
});

test('a delivery that keeps failing is given up with its last error, not tried for ever', async () => {
  const bus = busOf();
  bus.on(happened, 'test.never', async () => {
    throw new Error('for good');
  });
  await say(bus, 8);
  await bus.drain();
  for (let i = 0; i < 8; i++) {
    platform.clock.pass(4000);
    await bus.retry();
  }
  const { rows } = await platform.owner.query(
    "select attempts, next_at, error from kernel.delivery where subscription = 'test.never'",
  );
  expect(rows).toEqual([{ attempts: 7, next_at: null, error: 'for good' }]);
});

test('the doorbell wakes the relay of another process, and pages hear of the event after it', async () => {
  const relay = busOf(platform.urls.system, true);
  const api = busOf(platform.urls.system, false);
  const heard: EventEnvelope[] = [];
  const delivered = Promise.withResolvers<void>();
  relay.on(happened, 'test.remote', async () => {});
  api.onAnnounced((event) => {
    heard.push(event);
    if (heard.length === 2) delivered.resolve();
  });
  await Promise.all([relay.start(), api.start()]);
  await say(api, 1);
  await platform.db.systemTransaction((tx) =>
    api.outbox.add(tx, happened, { organisation: newId(), place: 'x/' }, { n: 2 }),
  );
  await delivered.promise;
  expect(heard.map((event) => event.payload)).toEqual([{ n: 1 }, { n: 2 }]);
  await Promise.all([relay.stop(), api.stop()]);
  await relay.drain(); // pages hear before subscriptions do
});

test('what is urgent is told by its commit and delivered all the same; an undone one is neither', async () => {
  const relay = busOf(platform.urls.system, true);
  const api = busOf(platform.urls.system, false);
  const heard: EventEnvelope[] = [];
  const told = Promise.withResolvers<void>();
  const delivered = Promise.withResolvers<number>();
  relay.on(happened, 'test.urgent', async ({ payload }) => delivered.resolve(payload.n));
  api.onAnnounced((event) => {
    heard.push(event);
    told.resolve();
  });
  // The relay stands still until pages have heard, so that it cannot be the one who told them.
  await api.start();
  const undone = platform.db.systemTransaction(async (tx) => {
    await api.outbox.add(tx, happened, where, { n: 1 }, { urgent: true });
    throw new Error('undo');
  });
  await expect(undone).rejects.toThrow('undo');
  await platform.db.systemTransaction((tx) => api.outbox.add(tx, happened, where, { n: 2 }, { urgent: true }));
  await told.promise;
  expect(heard).toMatchObject([{ payload: { n: 2 }, urgent: true }]);
  await relay.start();
  await platform.db.systemTransaction((tx) => api.outbox.add(tx, happened, where, { n: 3 }, { urgent: true }));
  expect(await delivered.promise).toBe(2);
  await Promise.all([relay.stop(), api.stop()]);
  await relay.drain();
});

test('what is prompt has every event before anybody else has the first, once', async () => {
  const bus = busOf();
  const order: string[] = [];
  bus.on(happened, 'test.later', async ({ payload }) => void order.push(`later ${payload.n}`));
  bus.on(happened, 'test.prompt', async ({ payload }) => void order.push(`prompt ${payload.n}`), { prompt: true });
  for (const n of [1, 2]) await say(bus, n);
  await bus.drain();
  expect(order).toEqual(['prompt 1', 'prompt 2', 'later 1', 'later 2']);
  expect(await left()).toBe(0);
});

test('a slow subscription does not keep what it did with the first events until it is done with the last', async () => {
  const bus = busOf();
  const written: number[] = [];
  bus.on(happened, 'test.slow', async (_, tx) => {
    await tx.run(sql`select pg_sleep(0.05)`);
    written.push(await left());
  });
  for (const n of [1, 2, 3]) await say(bus, n);
  await bus.drain();
  // Seen from another connection: each time one event fewer is left, because the one before was committed.
  expect(written).toEqual([3, 2, 1]);
});

test('deliveries of one round that meet a request with the same locks the other way round give way to it', async () => {
  const bus = busOf();
  const lock = (tx: Tx, key: number) => tx.run(sql`select pg_advisory_xact_lock(77, ${key})`);
  const heard: number[] = [];
  const held = { byRelay: Promise.withResolvers<void>(), byRequest: Promise.withResolvers<void>() };
  bus.on(happened, 'test.locks', async ({ payload }, tx) => {
    await lock(tx, payload.n);
    if (payload.n === 1) held.byRelay.resolve();
    if (payload.n === 1) await held.byRequest.promise;
    heard.push(payload.n);
  });
  for (const n of [1, 2]) await say(bus, n);
  const request = platform.db.systemTransaction(async (tx) => {
    await held.byRelay.promise;
    await lock(tx, 2);
    held.byRequest.resolve();
    await lock(tx, 1);
  });
  await Promise.all([request, bus.drain()]);
  expect(heard).toEqual([1, 2]);
  expect(await left()).toBe(0);
  const failed = "select count(*)::int as n from kernel.delivery where subscription = 'test.locks'";
  expect((await platform.owner.query(failed)).rows[0].n).toBe(0);
});

test('what does not concern a subscription is taken off without it', async () => {
  const bus = busOf();
  const heard: number[] = [];
  bus.on(happened, 'test.even', async ({ payload }) => void heard.push(payload.n), {
    concerns: ({ payload }) => payload.n % 2 === 0,
  });
  for (const n of [1, 2, 3, 4]) await say(bus, n);
  await bus.drain();
  expect(heard).toEqual([2, 4]);
  expect(await left()).toBe(0);
  const taken = "select count(*)::int as n from kernel.inbox where subscription = 'test.even'";
  expect((await platform.owner.query(taken)).rows[0].n).toBe(2);
});

test('a bell is heard in the other processes under its name, and nowhere else', async () => {
  const [one, other] = [busOf(platform.urls.system, false), busOf(platform.urls.system, true)];
  const heard: string[] = [];
  const rung = Promise.withResolvers<void>();
  one.onBell('lamp', (text) => {
    heard.push(text);
    if (heard.length === 2) rung.resolve();
  });
  other.onBell('door', (text) => heard.push(`door ${text}`));
  await Promise.all([one.start(), other.start()]);
  await other.ringBell('lamp', '1,2 3');
  await platform.db.systemTransaction(async (tx) => other.ringWith(tx, 'lamp', ''));
  await rung.promise;
  expect(heard).toEqual(['1,2 3', '']);
  await Promise.all([one.stop(), other.stop()]);
});
