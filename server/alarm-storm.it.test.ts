import type { AlarmsService } from '@keystead/apps/work/alarms';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import type { Property } from '@keystead/contracts/thing-model';
import type { PlacesService } from '@keystead/data/places';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingsService } from '@keystead/data/things';
import { createBus } from '@keystead/kernel/bus';
import { createLive } from '@keystead/kernel/http';
import { createJobs } from '@keystead/kernel/jobs';
import { type Kernel, orderModules } from '@keystead/kernel/module';
import type { IdentityService } from '@keystead/kernel/security/identity';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { modulesOf, plugPorts, type Services } from './wiring.ts';

const plug = ({ live, http }: TestPlatform, services: Record<string, unknown>) =>
  plugPorts(services as unknown as Services, { live, mounted: () => http.mounted });

/** A worker as a new process has it: nothing in memory, its own bus and jobs, everything else from the database. */
async function startWorker(platform: TestPlatform) {
  const { db, clock, log } = platform.kernel;
  const bus = createBus({ db, clock, log, relays: false });
  const jobs = createJobs({ db, clock, log });
  const kernel: Kernel = {
    ...platform.kernel,
    bus,
    outbox: bus.outbox,
    jobs,
    live: createLive(),
    http: { mount: () => {} },
    metrics: new Registry(),
    onStart: () => {},
  };
  const services: Record<string, unknown> = {};
  for (const module of orderModules(modulesOf('worker')))
    services[module.name] = module.setup(kernel, services as never);
  plug(platform, services);
  const alarms = services.alarms as AlarmsService;
  const telemetry = services.telemetry as TelemetryService;
  await alarms.engine.start();
  const following = telemetry.follow({ name: 'alarms', take: (batch) => alarms.engine.take(batch) });
  await following.start();
  return {
    alarms,
    things: services.things as ThingsService,
    drain: bus.drain,
    run: async (name: string) => {
      const job = jobs.known.find((each) => each.name === name);
      if (!job) throw new Error(`no job is named ${name}`);
      await jobs.runNow(job, {});
      await bus.drain();
    },
    /** As a process that is killed: what was not stored is gone. */
    stop: () => following.stop(),
  };
}

let platform: TestPlatform;
let gateway: TelemetryService;
let worker: Awaited<ReturnType<typeof startWorker>>;
let organisation: OrganisationId;
let keeper: Actor;
let duty: string;

interface Thing {
  id: string;
  number: number;
}
const smokes: Thing[] = [];
const locks: Thing[] = [];
const homes: Thing[] = [];
let supply: Thing;

beforeAll(async () => {
  platform = await startPlatform(...modulesOf('worker'));
  plug(platform, platform.services);
  gateway = platform.services.telemetry as TelemetryService;
  const identity = platform.services.identity as IdentityService;
  organisation = (await identity.bootstrap({ demo: true })).organisation as OrganisationId;
  keeper = {
    ...systemActor('test', organisation),
    permissions: new Set(identity.rights.permissionList().map((each) => each.permission)),
  };
  const draft = { username: 'duty', name: '值班员', phone: '13800001234', password: '三个朋友在湖边钓鱼真高兴' };
  duty = (await identity.accounts.create(keeper, draft)).user.id;
  const roles = await platform.owner.query(
    `select id from identity.role where organisation = $1 and code = 'operator'`,
    [organisation],
  );
  await identity.rights.assignments.add(keeper, duty, { role: roles.rows[0].id, reach: 'organisation' });
  worker = await startWorker(platform);
  await furnish();
}, 120_000);
afterAll(async () => {
  await worker.stop();
  await gateway.close();
  await platform.stop();
});

/** A building of 500 devices behind ten gateways on one supply. */
async function furnish(): Promise<void> {
  const tree = platform.services.places as PlacesService;
  const project = await tree.create(keeper, { parent: null, kind: 'project', code: 'P', name: '示范小区' });
  const building = await tree.create(keeper, { parent: project.id, kind: 'building', code: 'B1', name: '1 号楼' });
  const { things } = worker;
  const add = (code: string, name: string, family: string) =>
    things.create(keeper, { code, name, family, placeId: building.id });
  supply = await add('SUP', '1 号楼总表', 'electricity-meter');
  for (let n = 0; n < 10; n++) {
    const home = await add(`GW-${n}`, `网关 ${n}`, 'home-gateway');
    await things.relations.relate(keeper, supply.id, 'feeds', home.id);
    homes.push(home);
  }
  for (let n = 0; n < 490; n++) {
    const smoke = n < 300;
    const device = await add(`DEV-${n}`, `设备 ${n}`, smoke ? 'smoke-detector' : 'lock');
    await things.relations.relate(keeper, homes[n % 10]?.id ?? '', 'contains', device.id);
    (smoke ? smokes : locks).push(device);
  }
  await worker.alarms.rules.create(keeper, {
    name: { zh: '停电', en: 'Power lost' },
    enabled: true,
    appliesTo: { family: 'electricity-meter' },
    trigger: { kind: 'event', severity: 2, event: 'power-lost' },
  });
  await worker.alarms.engine.refresh();
}

const micros = () => platform.clock.now().getTime() * 1000;

/** What devices say comes by the gateway's stream, in batches of fifty. */
async function say(devices: readonly Thing[], property: string, value: number): Promise<void> {
  const refs = await worker.things.refs(devices.map(({ number }) => number));
  for (let at = 0; at < devices.length; at += 50) {
    const messages = devices.slice(at, at + 50).map(({ number }) => {
      const key = refs.get(number)?.model.properties.find((each: Property) => each.id === property)?.key ?? 0;
      return { thing: number, time: micros(), keys: [key], values: [value], qualities: [0] };
    });
    await gateway.accept({ messages });
  }
}

const count = async (text: string): Promise<number> =>
  (await platform.owner.query(`select count(*)::int as n ${text}`)).rows[0].n;
const alarmsKept = () => count('from alarms.alarm');
const come = (all: number) => vi.waitFor(async () => expect(await alarmsKept()).toBe(all), { timeout: 120_000 });

const told = (what: string) => count(`from notify.message where receiver = '${duty}' and trigger = '${what}'`);
const everything = () => [...smokes, ...locks, ...homes];

async function later(seconds: number): Promise<void> {
  platform.clock.pass(seconds);
  await worker.alarms.engine.tick();
  await worker.drain();
}

test(clause(
  'G-scene-alarm',
  'a building without power: 1,001 alarms, at most five incidents, cases and notices to a person; none is lost, over a restart',
), async () => {
  for (const each of everything()) worker.things.contact.heard([{ thing: each.number, time: micros() }]);
  await worker.things.contact.flush();

  await say(smokes, 'battery', 15);
  await come(300);
  await say(locks.concat(smokes.slice(0, 10)), 'rssi', -118);
  await come(500);
  await worker.drain();

  // Everything falls silent; the worker dies when it has seen half of it.
  platform.clock.pass(60);
  expect(await worker.things.online.derive()).toBe(500);
  await worker.drain();
  await worker.stop();
  worker = await startWorker(platform);
  await later(62); // gateways count as silent after a minute, locks after five
  await gateway.accept({ messages: [], events: [{ thing: supply.number, time: micros(), event: 'power-lost' }] });
  await vi.waitFor(async () => expect(await count(`from alarms.alarm where subject_id = '${supply.id}'`)).toBe(1), {
    timeout: 60_000,
  });
  await later(250);
  await worker.drain();
  await come(1001);

  platform.clock.pass(3600);
  await worker.run('cases.open-due');
  await worker.run('alarms.settle-incidents');
  await worker.run('notify.deliver');

  const { items } = await worker.alarms.list(keeper, { state: 'active', lead: true, limit: 200 });
  const incidents = new Set(items.map((each) => each.group?.id ?? each.id));
  const cases = await count('from cases.case');
  const notices = await told('alarm.raised');
  console.log(`1,001 alarms: ${incidents.size} incidents, ${cases} cases, ${notices} notices to a person`);
  expect(incidents.size).toBeLessThanOrEqual(5);
  expect(cases).toBeLessThanOrEqual(5);
  expect(notices).toBeLessThanOrEqual(5);
  expect(await count(`from alarms.occurrence where kind = 'raised'`)).toBe(1001);
  const orders = await count(`from cases.subject s join cases.case c on c.id = s.case_id where c.source = 'offline'`);
  expect(orders).toBe(500); // each silent thing is named in an order

  // The current is back: all speak again, and whoever was told is told, once.
  worker.things.contact.heard(everything().map(({ number }) => ({ thing: number, time: micros() })));
  await worker.things.contact.flush();
  await worker.drain();
  platform.clock.pass(1);
  await say(smokes, 'battery', 90);
  await say(locks.concat(smokes.slice(0, 10)), 'rssi', -70);
  await vi.waitFor(async () => {
    await later(61);
    expect(await count(`from alarms.alarm where condition = 'active' and subject_id <> '${supply.id}'`)).toBe(0);
  }, 120_000);
  const [power] = (await worker.alarms.list(keeper, { subject: supply.id })).items;
  for (const step of ['acknowledge', 'resolve'] as const) await worker.alarms.step(keeper, power?.id ?? '', step);
  await worker.drain();
  platform.clock.pass(61);
  await worker.run('alarms.settle-incidents');
  await worker.run('notify.deliver');
  expect(await count('from alarms.incident where ended_at is null')).toBe(0);
  expect(await told('alarm.cleared')).toBe(await told('alarm.raised'));
  expect(await count(`from cases.case where source = 'offline' and ended_at is null`)).toBe(0);
}, 300_000);
