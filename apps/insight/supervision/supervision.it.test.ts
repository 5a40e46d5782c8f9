import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { measures } from '@keystead/apps/insight/measures';
import { reporting } from '@keystead/apps/insight/reporting';
import { type City, put, seedCity } from '@keystead/apps/insight/testing';
import type { Actor } from '@keystead/contracts/access';
import { alarmChanged } from '@keystead/contracts/events/alarms';
import { caseChanged } from '@keystead/contracts/events/cases';
import { chargesChanged } from '@keystead/contracts/events/ledger';
import { houseChanged } from '@keystead/contracts/events/stock';
import { thingOnlineChanged } from '@keystead/contracts/events/things';
import { newId } from '@keystead/contracts/ids';
import { createLog } from '@keystead/kernel/base';
import { type Bus, createBus } from '@keystead/kernel/bus';
import { createLive, type LiveServer, type MountedRoute } from '@keystead/kernel/http';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { supervision } from './module.ts';

let platform: TestPlatform;
let city: City;
type Running = ReturnType<typeof createBus>;
let bus: Bus;
let worker: Running;
let api: Running;
let live: LiveServer;
let server: WebSocketServer;
let supervisor: Actor;
const pages: WebSocket[] = [];
/** What the modules on the running bus serve. */
const routes: MountedRoute[] = [];

/** The modules on a bus that runs by itself and pages that hear, as in an installation. */
beforeAll(async () => {
  platform = await startPlatform(measures, supervision);
  platform.clock.set('2026-05-31T10:00:00Z');
  city = await seedCity(platform);
  const settings = {
    db: platform.db,
    clock: platform.clock,
    log: createLog('test', 'error'),
    listenUrl: platform.urls.system,
  };
  // The worker's delivers, the one of the pages hears.
  worker = createBus({ ...settings, relays: true });
  api = createBus({ ...settings, relays: false });
  bus = { ...worker, onAnnounced: api.onAnnounced };
  live = createLive();
  const kernel = {
    ...{ ...platform.kernel, log: createLog('test', 'error'), bus, outbox: bus.outbox, live },
    http: { mount: (_: string, mine: readonly MountedRoute[]) => void routes.push(...mine) },
    ...{ jobs: { ...platform.kernel.jobs, add: () => {} }, onStart: () => {} },
  };
  type Setup = (kernel: unknown, services: unknown) => unknown;
  const own = { reporting: (reporting.setup as Setup)(kernel, platform.services) };
  (supervision.setup as Setup)(kernel, { ...platform.services, ...own });
  bus.onAnnounced(({ type, organisation, place, payload }) => {
    const topic = live.forwards.get(type);
    if (topic) live.publish(topic, { organisation, place }, payload);
  });
  await Promise.all([worker.start(), api.start()]);
  supervisor = platform.actor('measure:read', 'place:read', 'supervision:read', 'supervision:write', 'alarm:read');
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
});
afterAll(async () => {
  for (const page of pages) page.terminate();
  server.close();
  live.close();
  await Promise.all([worker.stop(), api.stop()]);
  await platform.stop();
});

interface Word {
  topic: string;
  data: Record<string, unknown>;
}

/** An open page of an actor that listens to a topic. */
async function open(actor: Actor, topic: string) {
  server.once('connection', (socket) => live.attach(socket, actor));
  const page = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  pages.push(page);
  const heard: Word[] = [];
  page.on('message', (bytes) => heard.push(...(JSON.parse(String(bytes)) as Word[])));
  await once(page, 'open');
  page.send(JSON.stringify({ subscribe: [topic] }));
  const until = async (fits: (word: Word) => boolean): Promise<Record<string, unknown>> => {
    for (;;) {
      const found = heard.find(fits);
      if (found) return found.data;
      await once(page, 'message');
    }
  };
  await until((word) => word.topic === 'subscribed');
  return { heard, until };
}

const ask = async (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object, as = supervisor) => {
  const headers = { authorization: `Test ${as.id}` };
  const url = `/api/v1/supervision${path}`;
  const answer = await platform.http.app.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: answer.statusCode, body: answer.body === '' ? null : JSON.parse(answer.body) };
};
/** The board as the page asks for it, where the bus runs. */
async function board(): Promise<{ figures: { measure: string; num: number; den: number }[] }> {
  const found = routes.find(({ id }) => id === 'supervision.board');
  if (!found) throw new Error('no board');
  return (await found.run({ actor: supervisor, query: {} } as never)) as Awaited<ReturnType<typeof board>>;
}
const asked = async (text: string) => (await platform.owner.query(text)).rows[0] as Record<string, number>;
const figuresOf = (word: Record<string, unknown>) =>
  Object.fromEntries(
    (word.figures as { measure: string; num: number; den: number }[]).map((each) => [each.measure, each]),
  );

const oracle = `select
  (select count(*)::int from stock.house h where (select to_state from stock.status s where s.house = h.id order by number desc limit 1) = 'occupied') as occupied,
  (select count(*)::int from stock.house h where (select to_state from stock.status s where s.house = h.id order by number desc limit 1) not in ('undelivered', 'disabled')) as delivered,
  (select sum(s.amount)::int from ledger.settlement s join ledger.charge c on c.id = s.charge where c.period = '2026-05') as paid`;

test(
  clause(
    'H-10.1-a',
    'vacancy, occupancy and collection come to the open screen by themselves, as an independent query has them',
  ),
  async () => {
    const [east, west] = city.districts;
    const screen = await open(supervisor, 'supervision.board');
    const district = await open(platform.actorAt([east?.path ?? ''], 'measure:read'), 'supervision.board');
    const elsewhere = await open(platform.actorAt([west?.path ?? ''], 'measure:read'), 'supervision.board');
    const { organisation } = platform;
    const [house] = city.houses.filter((each) => each.path.startsWith(east?.path ?? '?'));
    if (!house) throw new Error('no house');
    const own = { house: house.id, organisation, place: house.path };
    const by = {
      step: 's',
      repairing: false,
      actor: 'x',
      actor_name: 'x',
      at: '2026-05-31T09:00:00Z',
      recorded_at: '2026-05-31T09:00:00Z',
    };
    await put(platform, 'stock.status', [{ ...own, ...by, number: 80, from_state: 'vacant', to_state: 'occupied' }]);
    const payload = { id: house.id, step: 'move-in', from: 'vacant', to: 'occupied', repairing: false };
    const began = performance.now();
    await platform.db.systemTransaction((tx) =>
      bus.outbox.add(tx, houseChanged, { organisation, place: house.path }, payload),
    );
    const told = figuresOf(await screen.until(({ topic, data }) => topic === 'supervision.board' && data.place === ''));
    const waited = performance.now() - began;
    const first = await asked(oracle);
    expect(told.occupancy).toMatchObject({ num: first.occupied, den: first.delivered });
    expect(told.vacancy).toMatchObject({ den: first.delivered });
    // Money did not move: it is read and told by itself.
    expect(told.collection).toBeUndefined();
    await district.until(({ data }) => data.place === east?.path);
    const outside = ({ topic, data }: Word) =>
      topic === 'supervision.board' && !String(data.place).startsWith(east?.path ?? '?');
    expect(district.heard.filter(outside)).toEqual([]);
    expect(elsewhere.heard.filter(({ topic }) => topic === 'supervision.board')).toEqual([]);
    // The goal is 500 ms; a machine that is busy with other things gets some seconds before this counts as broken.
    expect(waited).toBeLessThan(5000);

    const {
      id: posting,
      charge,
      place: charged,
    } = (
      await platform.owner.query(
        `select p.id, c.id as charge, c.place from ledger.charge c join ledger.posting p on p.id = c.posting
       where c.period = '2026-05' and not exists (select from ledger.settlement s where s.charge = c.id) limit 1`,
      )
    ).rows[0];
    await put(platform, 'ledger.settlement', [
      { posting, charge, organisation, amount: 1234, at: '2026-05-31T09:00:00Z' },
    ]);
    screen.heard.length = 0;
    await platform.db.systemTransaction((tx) =>
      bus.outbox.add(tx, chargesChanged, { organisation, place: charged }, { change: 'settled', count: 1 }),
    );
    const then = figuresOf(await screen.until(({ topic, data }) => topic === 'supervision.board' && data.place === ''));
    expect(then.collection?.num).toBe((first.paid ?? 0) + 1234);
    expect((await asked(oracle)).paid).toBe(then.collection?.num);
  },
);

test(
  clause(
    'H-10.1-b',
    'spread of violations, state of devices and warnings change after new events, and the screen is told',
  ),
  async () => {
    const screen = await open(supervisor, 'supervision.board');
    const { organisation } = platform;
    const before = (await ask('GET', `/board?place=${city.id}`)).body;
    const [east] = city.districts;
    const place = city.houses[0]?.path ?? '';
    const of = (list: { place: string | null; count: number }[]) => list.find((each) => each.place === east?.id)?.count;
    const [sample] = (await platform.owner.query(`select * from cases.case where kind = 'security' limit 1`)).rows;
    await put(platform, 'cases.case', [
      { ...sample, id: newId(), code: 'NEW', place, opened_at: '2026-05-31T09:00:00Z' },
    ]);
    const [warning] = (await platform.owner.query(`select * from alarms.alarm where severity = 2 limit 1`)).rows;
    await put(platform, 'alarms.alarm', [{ ...warning, id: newId(), rule: 'r-new', place }]);
    await platform.owner.query(
      `insert into things.thing (id, organisation, place, place_id, code, name, family, model_version, state, whitelist, created_at, changed_at)
     select $1, $2, $3, $4, 'D1', 'D1', 'lock', 1, 'in-use', 'admitted', $5, $5`,
      [newId(), organisation, place, city.houses[0]?.id, '2026-05-31T09:00:00Z'],
    );
    const where = { organisation, place };
    await platform.db.systemTransaction(async (tx) => {
      await bus.outbox.add(tx, caseChanged, where, {
        id: newId(),
        code: 'NEW',
        kind: 'security',
        from: '',
        to: 'new',
        title: 't',
      });
      await bus.outbox.add(tx, thingOnlineChanged, where, { id: newId(), number: 1, online: 'online' } as never);
    });
    await screen.until(({ topic }) => topic === 'supervision.board');
    const after = (await ask('GET', `/board?place=${city.id}`)).body;
    expect(of(after.violations)).toBe((of(before.violations) ?? 0) + 1);
    const graded = (board: { warnings: { severity: number; count: number }[] }) =>
      board.warnings.find(({ severity }) => severity === 2)?.count;
    expect(graded(after)).toBe((graded(before) ?? 0) + 1);
    const devices = (board: { devices: { count: number }[] }) =>
      board.devices.reduce((sum, { count }) => sum + count, 0);
    expect(devices(after)).toBe(devices(before) + 1);
  },
);

test(
  clause(
    'H-10.1-a',
    'rows that came in bulk and told nobody show at once to who asks, and soon to who looks without asking',
  ),
  async () => {
    const [, west] = city.districts;
    const screen = await open(supervisor, 'supervision.board');
    await board();
    const { organisation } = platform;
    const houses = city.houses.filter(({ path }) => path.startsWith(west?.path ?? '?')).slice(0, 5);
    const by = { step: 's', repairing: false, actor: 'x', actor_name: 'x' };
    const at = { at: '2026-05-31T09:30:00Z', recorded_at: '2026-05-31T09:30:00Z' };
    const rows = houses.map(({ id, path: place }, n) => ({ house: id, organisation, place, number: 90 + n }));
    await put(
      platform,
      'stock.status',
      rows.map((row) => ({ ...row, ...by, ...at, from_state: 'occupied', to_state: 'disabled' })),
    );
    const { delivered, occupied } = await asked(oracle);
    screen.heard.length = 0;
    const again = setInterval(() => void board(), 300);
    try {
      const told = await screen.until(
        ({ topic, data }) =>
          topic === 'supervision.board' && data.place === '' && figuresOf(data).occupancy !== undefined,
      );
      expect(figuresOf(told).occupancy).toMatchObject({ num: occupied, den: delivered });
    } finally {
      clearInterval(again);
    }
    const { figures } = await board();
    expect(figures.find(({ measure }) => measure === 'occupancy')).toMatchObject({ num: occupied, den: delivered });
  },
);

/** A warning as the alarms tell of it. */
async function raise(place: string, severity: 1 | 2, more: object = {}): Promise<{ id: string }> {
  const id = newId();
  const subject = { kind: 'place', id: newId(), code: 'c', name: '101' };
  const state = {
    change: 'raised',
    condition: 'active',
    handling: 'new',
    rule: 'r',
    transferLevel: 3,
    suppressed: false,
  };
  const payload = { id, severity, title: { zh: '火警', en: 'Fire' }, subject, ...state, ...more };
  const where = { organisation: platform.organisation, place };
  await platform.db.systemTransaction((tx) => bus.outbox.add(tx, alarmChanged, where, payload));
  return { id };
}

test(
  clause(
    'H-10.1-c',
    'a key warning comes to the named terminals that answer for its place, once, and their receipt is kept',
  ),
  async () => {
    const [east, west] = city.districts;
    const duty = platform.actorAt([east?.path ?? ''], 'supervision:read');
    const made = async (name: string, place: string | undefined, account?: string) =>
      (await ask('POST', '/terminals', { name, severity: 1, ...(place && { place }), ...(account && { account }) }))
        .body.id as string;
    const [own, other, all] = [
      await made('东区监管屏', east?.id, duty.id),
      await made('西区监管屏', west?.id),
      await made('市监管屏', undefined),
    ];
    expect((await ask('POST', '/terminals', { name: '市监管屏', severity: 1 })).body.type).toBe(
      'supervision-terminal-taken',
    );
    const screen = await open(duty, 'supervision.warning');
    const place = city.houses[1]?.path ?? '';
    await raise(place, 2);
    const began = performance.now();
    const { id: alarm } = await raise(place, 1);
    const word = await screen.until(({ topic, data }) => topic === 'supervision.warning' && data.terminal === own);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(word).toMatchObject({ alarm, severity: 1, title: { zh: '火警', en: 'Fire' }, subject: '101' });
    const sent = async (terminal: string) =>
      (await ask('GET', `/terminals/${terminal}/warnings`)).body as { alarm: string; receivedAt: string | null }[];
    expect(await sent(own)).toMatchObject([{ alarm, receivedAt: null }]);
    expect([await sent(other), (await sent(all)).length]).toEqual([[], 1]);
    await raise(place, 1, { id: alarm, change: 'acknowledged', handling: 'acknowledged' });
    await raise(place, 1, { suppressed: true });
    const { id: second } = await raise(place, 1);
    await screen.until(({ data }) => data.alarm === second);
    expect((await sent(own)).map((each) => each.alarm)).toEqual([second, alarm]);
    expect((await ask('POST', `/terminals/${own}/receipts`, { alarm })).status).toBe(403);
    expect((await ask('POST', `/terminals/${own}/receipts`, { alarm }, duty)).status).toBe(204);
    platform.clock.pass(60);
    expect((await ask('POST', `/terminals/${own}/receipts`, { alarm }, duty)).status).toBe(204);
    expect((await sent(own)).find((each) => each.alarm === alarm)).toMatchObject({
      receivedAt: '2026-05-31T10:00:00.000Z',
      receivedBy: 'Tester',
    });
    expect((await ask('POST', `/terminals/${other}/receipts`, { alarm })).body.type).toBe(
      'supervision-warning-missing',
    );
    expect((await ask('GET', `/terminals/${all}/warnings`, undefined, duty)).status).toBe(404);
    const tried = await ask('POST', `/terminals/${own}/tests`);
    expect(tried.status).toBe(201);
    const heard = await screen.until(({ data }) => data.alarm === tried.body.alarm);
    expect(heard).toMatchObject({ terminal: own, test: true, severity: 1 });
    expect((await ask('POST', `/terminals/${own}/receipts`, { alarm: tried.body.alarm }, duty)).status).toBe(204);
    expect((await ask('DELETE', `/terminals/${other}`)).status).toBe(204);
    expect((await ask('POST', `/terminals/${other}/tests`)).status).toBe(404);
  },
);

test(clause('H-10.1-a', 'H-10.1-c', 'a figure that takes long holds up neither the others nor a warning'), async () => {
  const screen = await open(supervisor, 'supervision.board');
  const duty = await open(supervisor, 'supervision.warning');
  const { organisation } = platform;
  const house = city.houses.at(-1);
  if (!house) throw new Error('no house');
  const where = { organisation, place: house.path };
  const told = (measure: string) => (word: Word) =>
    word.topic === 'supervision.board' && word.data.place === '' && measure in figuresOf(word.data);
  await board();
  // Whoever reads what was paid has to wait.
  await platform.owner.query('begin');
  await platform.owner.query('lock table ledger.settlement in access exclusive mode');
  try {
    await platform.db.systemTransaction((tx) =>
      bus.outbox.add(tx, chargesChanged, where, { change: 'settled', count: 1 }),
    );
    await platform.db.systemTransaction((tx) =>
      bus.outbox.add(tx, houseChanged, where, { id: house.id, step: 's', from: 'a', to: 'b', repairing: false }),
    );
    await screen.until(told('occupancy'));
    const { id } = await raise(house.path, 1);
    await duty.until(({ data }) => data.alarm === id);
    expect(screen.heard.some(told('collection'))).toBe(false);
  } finally {
    await platform.owner.query('rollback');
  }
  await screen.until(told('collection'));
});
