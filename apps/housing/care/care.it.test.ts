import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HouseholdsService } from '@keystead/apps/housing/households';
import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { Actor } from '@keystead/contracts/access';
import type { PartiesService } from '@keystead/data/parties';
import type { Place, PlacesService } from '@keystead/data/places';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingsService } from '@keystead/data/things';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CareService, care } from './index.ts';
import { signature } from './medical-service.ts';

let platform: TestPlatform;
let service: CareService;
let worker: Actor;
let building: Place;
let count = 0;
let batch = 0;
const secret = 'sixteen letters at least';

const received: { headers: IncomingHttpHeaders; body: string }[] = [];
let refusing = 0;
/** The medical service platform, as far as we know of it: takes what is signed, each id once. */
const hospital = createServer((request, reply) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts).toString();
    const { headers } = request;
    const good = headers['x-keystead-signature'] === signature(secret, String(headers['x-keystead-timestamp']), body);
    if (refusing > 0) {
      refusing -= 1;
      reply.writeHead(503).end();
    } else if (!good) reply.writeHead(401).end();
    else {
      received.push({ headers, body });
      reply.writeHead(202).end();
    }
  });
});
const its = <Service>(name: string): Service => platform.services[name] as Service;

beforeAll(async () => {
  await new Promise<void>((listening) => hospital.listen(0, '127.0.0.1', listening));
  platform = await startPlatform(care);
  service = its<CareService>('care');
  worker = platform.actor(
    ...'place:read place:write party:read party:write household:read household:write care:read care:write'.split(' '),
    ...'thing:read thing:write alarm:read'.split(' '),
  );
  const tree = its<PlacesService>('places');
  const region = await tree.create(worker, { parent: null, kind: 'region', code: 'R', name: '东区' });
  const project = await tree.create(worker, { parent: region.id, kind: 'project', code: 'P', name: '安居苑' });
  building = await tree.create(worker, { parent: project.id, kind: 'building', code: 'B', name: '1 号楼' });
  await service.forwarding.setService(
    worker,
    `http://127.0.0.1:${(hospital.address() as AddressInfo).port}/vital`,
    secret,
  );
});
afterAll(async () => {
  await its<TelemetryService>('telemetry').close();
  await platform.stop();
  hospital.close();
});

/** Somebody very old, marked, who can sign in. */
async function elder() {
  const registry = its<PartiesService>('parties');
  const name = `老人${++count}`;
  const home = await registry.add(worker, { kind: 'household', name, placeId: building.id });
  const account = platform.actor('own-data:use');
  const member = { name, account: account.id };
  const { person } = await registry.addMember(worker, home.id, {
    person: member,
    relation: 'applicant',
    from: '2024-01-01',
  });
  const files = its<HouseholdsService>('households');
  await files.open(worker, home.id, 'register');
  await files.marks.mark(worker, home.id, { person, kind: 'very-old', source: '户籍', validFrom: '2024-01-01' });
  return { person, account, name };
}
async function aidOf(person: string) {
  const things = its<ThingsService>('things');
  const code = `AID${++count}`;
  const { id } = await things.create(worker, {
    code,
    name: '血压计',
    family: 'medical-aid',
    placeId: building.id,
    state: 'in-use',
  });
  await service.aids.link(worker, id, person);
  return (await things.numberOf(id)) ?? 0;
}
const tell = (thing: number, event: string, data: unknown) =>
  service.forwarding.take({
    ...{ gateway: 1, batch: ++batch, received: platform.clock.now().getTime() * 1000, messages: [] },
    events: [{ thing, time: platform.clock.now().getTime() * 1000, event, data }],
  });
const ask = (path: string, actor: Actor) =>
  platform.http.app.inject({ url: `/api/v1/care${path}`, headers: { authorization: `Test ${actor.id}` } });
const alarmsOf = async (rule: string) =>
  (await its<AlarmsService>('alarms').list(worker, { state: 'all', rule, limit: 50 })).items;

test(clause('H-6.6-c', 'vital signs reach the medical service 10 of 10 with consent, 0 of 10 without'), async () => {
  const [yes, no] = [await elder(), await elder()];
  const [hers, his] = [await aidOf(yes.person), await aidOf(no.person)];
  await its<PartiesService>('parties').giveConsent(worker, yes.person, ['special-care'], '2026-1');
  for (let at = 0; at < 10; at++) {
    await tell(hers, at === 3 ? 'vital-sign-abnormal' : 'measured', { pulse: 60 + at });
    await tell(his, 'measured', { pulse: 90 + at });
  }
  expect(await service.forwarding.forwardDue()).toBe(10);
  expect(await service.forwarding.forwardDue()).toBe(0);
  const messages = received.map(({ body }) => JSON.parse(body));
  expect(messages.map(({ data }) => data.pulse).sort()).toEqual([60, 61, 62, 63, 64, 65, 66, 67, 68, 69]);
  expect(new Set(messages.map(({ person }) => person))).toEqual(new Set([yes.person]));
  expect(new Set(received.map(({ headers }) => headers['idempotency-key'])).size).toBe(10);
  // Nothing of the other one was even kept, and nothing of hers is once it was taken.
  const { rows } = await platform.owner.query('select person, content from care.forwarding');
  expect(rows).toHaveLength(10);
  for (const row of rows) expect(row).toEqual({ person: yes.person, content: null });
});

test(
  clause('H-6.6-c', 'what the service did not take is sent again; a consent taken back meanwhile stops it'),
  async () => {
    received.length = 0;
    const { person } = await elder();
    const aid = await aidOf(person);
    const registry = its<PartiesService>('parties');
    const [consent] = await registry.giveConsent(worker, person, ['special-care'], '2026-1');
    refusing = 1;
    await tell(aid, 'measured', { pulse: 70 });
    expect(await service.forwarding.forwardDue()).toBe(0);
    platform.clock.pass(60);
    expect(await service.forwarding.forwardDue()).toBe(1);
    await tell(aid, 'measured', { pulse: 71 });
    await platform.db.systemTransaction((tx) => registry.consents.withdraw(tx, worker, consent?.id ?? ''));
    expect(await service.forwarding.forwardDue()).toBe(0);
    expect(received).toHaveLength(1);
  },
);

test(
  clause('H-9.1.2-c-2', 'each visit is logged; one that is a day late is one alarm, which names nobody'),
  async () => {
    const { person, name } = await elder();
    const from = '2026-06-02';
    await service.visits.plan(worker, {
      person,
      worker: '王社工',
      recurrence: { every: 'week', interval: 1, at: '00:01', from, freeDays: 'next' },
    });
    platform.clock.pass(86_400);
    expect([await service.visits.makeDue(), await service.visits.makeDue()]).toEqual([1, 0]);
    expect(await service.visits.chaseOverdue()).toBe(0);
    const [first] = await service.visits.visits(worker, 'due');
    await service.visits.visit(worker, first?.id ?? '', { note: '血压稳定' });
    platform.clock.pass(7 * 86_400);
    await service.visits.makeDue();
    expect(await service.visits.chaseOverdue()).toBe(0);
    platform.clock.pass(86_400);
    expect([await service.visits.chaseOverdue(), await service.visits.chaseOverdue()]).toEqual([1, 0]);
    const [alarm, ...more] = await alarmsOf('platform:care-visit-overdue');
    expect(more).toEqual([]);
    expect(JSON.stringify(alarm)).not.toContain(name);
    expect(alarm?.place.split('/')).toHaveLength(3);
    const [late] = await service.visits.visits(worker, 'overdue');
    await service.visits.visit(worker, late?.id ?? '', {});
    expect((await alarmsOf('platform:care-visit-overdue'))[0]?.condition).toBe('cleared');
    await service.visits.serve(worker, { person, kind: 'errand', note: '代购药品' });
    expect((await service.visits.ledger(worker, person)).map(({ kind, note }) => [kind, note])).toEqual([
      ['errand', '代购药品'],
      ['visit', null],
      ['visit', '血压稳定'],
    ]);
    const stored = await platform.owner.query('select note from care.service where note is not null');
    expect(stored.rows.some(({ note }) => note.includes(Buffer.from('血压')))).toBe(false);
    await expect(platform.owner.query('delete from care.service')).rejects.toThrow('only added to');
  },
);

test(clause('H-9.1.2-c-2', 'nobody but those who care sees people, visits or services'), async () => {
  const clerk = platform.actor('party:read', 'household:read', 'case:read', 'plan:read', 'alarm:read');
  for (const path of ['/people', '/visits', '/visit-plans', '/aids', `/people/${(await elder()).person}/services`]) {
    expect((await ask(path, clerk)).statusCode).toBe(403);
    expect((await ask(path, worker)).statusCode).toBe(200);
  }
  const elsewhere = platform.actorAt(['zzzz/'], 'care:read');
  for (const path of ['/people', '/visits', '/aids']) expect((await ask(path, elsewhere)).json()).toEqual([]);
});

test('a call for help, by aid or by app, is the gravest alarm at once and a line in the ledger', async () => {
  const { person, account } = await elder();
  await tell(await aidOf(person), 'help-call', {});
  await service.help.own(account);
  const calls = await alarmsOf('platform:care-help');
  expect(calls.map(({ severity, transferLevel }) => [severity, transferLevel])).toEqual([
    [1, 3],
    [1, 3],
  ]);
  expect((await service.visits.ledger(worker, person)).map(({ kind }) => kind)).toEqual(['help', 'help']);
});
