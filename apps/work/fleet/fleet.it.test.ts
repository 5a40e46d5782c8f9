import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { CommandsService } from '@keystead/apps/work/commands';
import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { PlacesService } from '@keystead/data/places';
import type { ThingsService } from '@keystead/data/things';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FleetService, fleet } from './module.ts';

let platform: TestPlatform;
let service: FleetService;
let things: ThingsService;
let alarms: AlarmsService;
let commands: CommandsService;
let keeper: Actor;
let project: { id: string; path: string };

beforeAll(async () => {
  platform = await startPlatform(fleet);
  service = platform.services.fleet as FleetService;
  things = platform.services.things as ThingsService;
  alarms = platform.services.alarms as AlarmsService;
  commands = platform.services.commands as CommandsService;
  keeper = platform.actor('fleet:read', 'fleet:manage', 'thing:write', 'alarm:read');
  const places = platform.services.places as PlacesService;
  project = await places.create(keeper, { parent: null, kind: 'project', code: 'P1', name: '小区' } as never);
});
afterAll(() => platform.stop());

let count = 0;
async function newAgent() {
  const code = `EDGE-T${++count}`;
  const { id, number } = await things.create(keeper, { code, name: '节点', family: 'edge-agent', state: 'in-use' });
  return { id, number, code };
}
const micros = () => platform.clock.now().getTime() * 1000;
const trial = (...names: string[]) => ({
  channels: [
    {
      name: 'try',
      protocol: 'trial',
      settings: { interval: 5 },
      devices: names.map((name) => ({ name, at: { values: { temperature: 20 } } })),
    },
  ],
});
const wish = (document: unknown, more: object = {}) => ({ document, note: '', registerDevices: false, ...more });
const ask = (actor: Actor, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) =>
  platform.http.app.inject({
    method,
    url: `/api/v1/fleet${path}`,
    headers: { authorization: `Test ${actor.id}` },
    ...(body && { payload: body }),
  });

describe('joining', () => {
  const join = (token: string) =>
    platform.http.app.inject({ method: 'POST', url: '/api/v1/fleet/join', payload: { token, host: 'box' } });
  const invite = async (minutes = 60) =>
    (await ask(keeper, 'POST', '/join-tokens', { name: '北区节点', placeId: project.id, minutes })).json();

  test(clause('H-7.2-c', 'a token is given once for an access token of a new agent at its place'), async () => {
    const { token, id } = await invite();
    const joined = await join(token);
    expect(joined.statusCode).toBe(201);
    const { token: access, id: thing } = joined.json();
    expect(await things.get(keeper, thing)).toMatchObject({
      family: 'edge-agent',
      place: project.path,
      name: '北区节点',
    });
    const admitted = await things.admission.admit({ kind: 'token', token: access }, '127.0.0.1');
    expect(admitted).toMatchObject({ id: thing, isGateway: true });
    const again = await join(token);
    expect([again.statusCode, again.json().type]).toEqual([401, expect.stringContaining('join-token-unknown')]);
    const tokens = (await ask(keeper, 'GET', '/join-tokens')).json();
    expect(tokens.find((each: { id: string }) => each.id === id)).toMatchObject({ state: 'used', thingId: thing });
    expect(JSON.stringify(tokens)).not.toContain(token);
  });

  test('of many who come with one token at once, one gets in', async () => {
    const { token } = await invite();
    const replies = await Promise.all(Array.from({ length: 6 }, () => join(token)));
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([201, 401, 401, 401, 401, 401]);
  });

  test('one that is too old, was taken back, or was never made lets nobody in', async () => {
    const [old, revoked] = [await invite(5), await invite()];
    expect((await ask(keeper, 'DELETE', `/join-tokens/${revoked.id}`)).statusCode).toBe(204);
    platform.clock.pass(301);
    for (const token of [old.token, revoked.token, 'join_abcdefghijklmnopqrstuvwxyz'])
      expect((await join(token)).statusCode).toBe(401);
  });

  test('a token whose code is taken stands again after the refusal', async () => {
    const { code } = await newAgent();
    const { token, id } = (await ask(keeper, 'POST', '/join-tokens', { name: '重号', code })).json();
    expect((await join(token)).statusCode).toBe(409);
    const tokens = (await ask(keeper, 'GET', '/join-tokens')).json();
    expect(tokens.find((each: { id: string }) => each.id === id)).toMatchObject({ state: 'open' });
  });

  test('who invites is told where the node finds this platform, and by which certificate it knows it', async () => {
    expect((await ask(keeper, 'GET', '/doors')).json()).toEqual({
      mqtts: platform.kernel.settings.MQTTS_PORT,
      https: platform.kernel.settings.HTTPS_PORT,
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
    });
    expect((await ask(platform.actor('fleet:read'), 'GET', '/doors')).statusCode).toBe(403);
  });

  test('who answers for one place invites to no other', async () => {
    const local = platform.actorAt(['elsewhere/'], 'fleet:manage');
    expect((await ask(local, 'POST', '/join-tokens', { name: '别处', placeId: project.id })).statusCode).toBe(404);
    expect((await ask(local, 'GET', '/join-tokens')).json()).toEqual([]);
  });
});

describe('configurations', () => {
  test('each is a version, told as the shared attribute and fetched by its agent only', async () => {
    const [mine, other] = [await newAgent(), await newAgent()];
    expect(await service.configure(keeper, mine.id, wish(trial('A-1')))).toEqual({ version: 1 });
    expect(await service.configure(keeper, mine.id, wish(trial('A-1', 'A-2')))).toEqual({ version: 2 });
    expect((await things.attributes.get(mine.number, {})).shared).toEqual({ agentConfiguration: 2 });
    const fetched = await commands.outbox.asked(mine.number, 'getAgentConfiguration', { version: 1 });
    expect(fetched).toEqual({ version: 1, ...trial('A-1') });
    for (const [thing, version] of [
      [other.number, 1],
      [mine.number, 9],
      [mine.number, 'x'],
    ])
      await expect(commands.outbox.asked(thing as number, 'getAgentConfiguration', { version })).rejects.toMatchObject({
        type: 'agent-configuration-missing',
      });
  });

  test('going back makes the older one the newest; an edit of an outdated one is refused', async () => {
    const { id, number } = await newAgent();
    await service.configure(keeper, id, wish(trial('A-1')));
    await service.configure(keeper, id, wish(trial('A-2')));
    const back = await ask(keeper, 'POST', `/${id}/configuration/rollback`, { version: 1, note: '退回' });
    expect(back.json()).toEqual({ version: 3 });
    expect(await service.configurations.fetch(number, { version: 3 })).toEqual({ version: 3, ...trial('A-1') });
    const versions = (await ask(keeper, 'GET', `/${id}/configuration/versions`)).json();
    expect(versions.map((each: { version: number; copyOf: number | null }) => [each.version, each.copyOf])).toEqual([
      [3, 1],
      [2, null],
      [1, null],
    ]);
    await expect(service.configure(keeper, id, wish(trial('A-3'), { expected: 2 }))).rejects.toMatchObject({
      type: 'edit-conflict',
    });
  });

  test('it is known which agents want a codec script, by their newest configuration', async () => {
    const { id, code } = await newAgent();
    const codecs = [{ name: 'kiln', version: 1, source: 'function decodeUplink() { return { data: {} } }' }];
    const users = (name: string) => service.configurations.usersOfCodec(keeper.scope.organisation, name);
    await service.configure(keeper, id, wish({ ...trial('A-1'), codecs }));
    expect([await users('kiln'), await users('kil')]).toEqual([[code], []]);
    await service.configure(keeper, id, wish(trial('A-1')));
    expect(await users('kiln')).toEqual([]);
  });

  test('a bad document is refused whole, each fault at its field', async () => {
    const { id } = await newAgent();
    const put = (document: unknown) => ask(keeper, 'PUT', `/${id}/configuration`, { document });
    const shape = await put({ channels: [{ name: 'a b', protocol: 'trial', settings: {}, devices: [] }], more: 1 });
    expect(shape.statusCode).toBe(422);
    expect(
      shape
        .json()
        .errors.map(({ pointer }: { pointer: string }) => pointer)
        .sort(),
    ).toEqual(['/channels/0/name', '/more']);
    const names = await put({ channels: [...trial('A-1', 'A-1').channels, ...trial('A-2').channels] });
    expect(names.json().errors).toEqual([
      { pointer: '/channels/0/devices/1/name', code: 'duplicate-name', detail: 'A-1' },
      { pointer: '/channels/1/name', code: 'duplicate-name', detail: 'try' },
    ]);
    for (const none of [null, 7, 'x']) expect((await put(none)).statusCode).toBe(422);
    expect((await ask(keeper, 'GET', `/${id}/configuration`)).statusCode).toBe(404);
  });

  test('its devices are registered behind the agent when asked for, those there are by their code', async () => {
    const { id, number } = await newAgent();
    await things.create(keeper, { code: 'LOCK-77', name: '门锁', family: 'lock' });
    const document = trial('LOCK-77', 'NEW-77', '?');
    const model = (await things.models.newest(keeper, 'smoke-detector')) as { family: string };
    const [channel] = document.channels;
    const devices = channel?.devices.map((each) => (each.name === 'NEW-77' ? { ...each, family: model.family } : each));
    const made = await service.configure(
      keeper,
      id,
      wish({ models: [model], channels: [{ ...channel, devices }] }, { registerDevices: true }),
    );
    expect(made.devices).toEqual({
      ...{ created: 1, linked: 1, known: 0 },
      refused: [{ device: '?', type: 'model-missing' }],
    });
    for (const name of ['LOCK-77', 'NEW-77'])
      expect(await things.admission.child({ thing: number }, name), name).toMatchObject({ code: name });
    const bystander = platform.actor('fleet:manage');
    const refused = await ask(bystander, 'PUT', `/${id}/configuration`, { document, registerDevices: true });
    expect(refused.statusCode).toBe(403);
  });

  test('what the agent says of itself is shown beside what is wanted of it', async () => {
    const { id, number } = await newAgent();
    const show = async () => (await ask(keeper, 'GET', `/${id}`)).json();
    expect(await show()).toMatchObject({ configuration: 'none', wanted: 0 });
    await service.configure(keeper, id, wish(trial('A-1')));
    expect(await show()).toMatchObject({ configuration: 'waiting', wanted: 1 });
    const errors = [{ pointer: '/channels/0/settings', code: 'required' }];
    const status = (configuration: object) => ({
      ...{ version: '0.1.0', kinds: ['trial'], log: 'abcdefgh', heads: [1, 1, 1], started: '2026-06-01T00:00:00Z' },
      load: { cpu: 3, memory: 10, disk: 40, backlog: [0, 0, 7] },
      configuration,
    });
    await things.attributes.put(
      number,
      { agent: status({ version: 0, state: 'refused', refused: 1, errors }) },
      micros(),
    );
    expect(await show()).toMatchObject({ configuration: 'refused', status: { configuration: { errors } } });
    await things.attributes.put(number, { agent: status({ version: 1, state: 'applied', errors: [] }) }, micros());
    const list = (await ask(keeper, 'GET', '?limit=200')).json();
    expect(list.items.find((each: { id: string }) => each.id === id)).toMatchObject({
      configuration: 'applied',
      status: { load: { backlog: [0, 0, 7] } },
    });
    await things.attributes.put(number, { agent: { nonsense: true } }, micros());
    expect((await show()).status).toBeUndefined();
  });
});

describe('numbers of the log', () => {
  const part = (agent: number, from: number, to: number, more: object = {}) => ({
    ...{ agent, log: 'aaaaaaaa', level: 1 as const, from, to, dropped: [], received: micros() },
    ...{ first: micros() - 1000 + from, last: micros() - 1000 + to, ...more },
  });

  test(
    clause('H-7.2-b-2', 'are kept as runs: parts in any order, told twice, together or one by one, end as one'),
    async () => {
      const { number } = await newAgent();
      const parts = [
        part(number, 11, 20),
        part(number, 1, 5),
        part(number, 6, 10),
        part(number, 1, 5),
        part(number, 30, 31),
      ];
      await Promise.all(parts.map((each) => service.logs.committed(each)));
      expect(await service.logs.known(number, 'aaaaaaaa')).toEqual([
        { level: 1, from: 1, to: 20 },
        { level: 1, from: 30, to: 31 },
      ]);
      await service.logs.committed(part(number, 21, 29));
      expect(await service.logs.known(number, 'aaaaaaaa')).toEqual([{ level: 1, from: 1, to: 31 }]);
      expect(await service.logs.known(number, 'bbbbbbbb')).toEqual([]);
    },
  );

  test(clause('H-7.2-b-1', 'state that nothing is missing, only as far as the agent said what there is'), async () => {
    const { id, number } = await newAgent();
    const at = (seconds: number) => new Date(platform.clock.now().getTime() + seconds * 1000).toISOString();
    const [from, now] = [at(-60), at(0)];
    const gaps = async (to = now) =>
      (await ask(keeper, 'GET', `/${id}/gaps?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`)).json();
    await service.logs.committed(part(number, 1, 5));
    expect(await gaps()).toMatchObject({ complete: false, provenUntil: null, gaps: [] });
    const status = (head: number) => ({
      ...{ version: '1', kinds: [], log: 'aaaaaaaa', heads: [1, 1, head], started: now },
      ...{ load: { cpu: 0, memory: 0, disk: 0, backlog: [0, 0, 0] } },
      configuration: { version: 0, state: 'none', errors: [] },
    });
    await things.attributes.put(number, { agent: status(6) }, micros());
    expect(await gaps()).toMatchObject({ complete: true, gaps: [] });
    expect(await gaps(at(60))).toMatchObject({ complete: false, gaps: [] });
    await service.logs.committed(
      part(number, 9, 9, { dropped: [{ from: 6, to: 7, first: micros(), last: micros() }] }),
    );
    await things.attributes.put(number, { agent: status(12) }, micros());
    const stated = await gaps();
    expect(stated.complete).toBe(false);
    expect(stated.gaps.map((gap: { kind: string; from: number; to: number }) => [gap.kind, gap.from, gap.to])).toEqual([
      ['dropped', 6, 7],
      ['missing', 8, 8],
      ['pending', 10, 11],
    ]);
  });

  test('nobody sees an agent of a place he does not answer for', async () => {
    const { id } = await newAgent();
    const local = platform.actorAt(['elsewhere/'], 'fleet:read', 'fleet:manage');
    for (const path of [
      `/${id}`,
      `/${id}/configuration`,
      `/${id}/gaps?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z`,
    ])
      expect((await ask(local, 'GET', path)).statusCode, path).toBe(404);
    expect((await ask(local, 'PUT', `/${id}/configuration`, { document: {} })).statusCode).toBe(404);
    const { id: lock } = await things.create(keeper, { code: `L-${count}`, name: '锁', family: 'lock' });
    expect((await ask(keeper, 'GET', `/${lock}`)).json().type).toContain('agent-missing');
  });
});

describe('alarms found at the edge', () => {
  let batches = 0;
  const finding = (agent: number, data: object) => ({ thing: agent, time: micros(), event: 'alarm', data });
  const take = (...events: ReturnType<typeof finding>[]) =>
    service.localAlarms.take({ gateway: 1, batch: ++batches, received: micros(), messages: [], events } as never);
  const listed = async (subject: string) => (await alarms.list(keeper, { state: 'all', subject } as never)).items;

  test('exist at the centre, once, with the rule’s name, and end with the agent’s word', async () => {
    const { id, number } = await newAgent();
    const child = await things.create(keeper, { code: 'T-EDGE', name: '温度', family: 'temperature-humidity' });
    await things.relations.relate(keeper, id, 'contains', child.id);
    const rule = newId();
    const about = { rule, device: 'T-EDGE', severity: 2, values: { temperature: 80 } };
    await take(finding(number, { ...about, kind: 'raised' }));
    await take(finding(number, { ...about, kind: 'escalated', severity: 1 }));
    expect(await listed(child.id)).toMatchObject([{ rule, severity: 1, condition: 'active' }]);
    await take(finding(number, { ...about, kind: 'cleared' }));
    expect(await listed(child.id)).toMatchObject([{ rule, condition: 'cleared' }]);
  });

  test('an agent raises nothing for devices of others, and nonsense raises nothing', async () => {
    const { number } = await newAgent();
    const stranger = await things.create(keeper, { code: 'S-EDGE', name: '别家', family: 'temperature-humidity' });
    const about = { rule: newId(), device: 'S-EDGE', severity: 2, values: {}, kind: 'raised' };
    await take(finding(number, about), finding(number, { device: 'S-EDGE' }), finding(stranger.number, about));
    expect(await listed(stranger.id)).toEqual([]);
  });
});
