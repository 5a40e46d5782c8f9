import type { Actor } from '@keystead/contracts/access';
import type { Bearer } from '@keystead/contracts/bearer';
import type { places } from '@keystead/data/places';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { things } from '@keystead/data/things';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LinksService, links } from './index.ts';

let platform: TestPlatform;
let service: LinksService;
let telemetry: TelemetryService;
let registry: ReturnType<typeof things.setup>;
let operator: Actor;
let placeId: string;

beforeAll(async () => {
  platform = await startPlatform(links);
  service = platform.services.links as LinksService;
  telemetry = platform.services.telemetry as TelemetryService;
  registry = platform.services.things as typeof registry;
  operator = platform.actor('thing:read', 'thing:write', 'place:write', 'telemetry:read', 'model:write');
  const tree = platform.services.places as ReturnType<typeof places.setup>;
  placeId = (await tree.create(operator, { parent: null, kind: 'project', code: 'P1', name: '示范小区' })).id;
});
afterAll(async () => {
  await telemetry.close();
  await platform.stop();
});

const micros = () => platform.clock.now().getTime() * 1000;
const lock = (code: string, bearer: Bearer | null) =>
  registry.create(operator, { code, name: code, family: 'lock', placeId, bearer, protocol: 'mqtt' });
const ask = async <Reply>(path: string, actor = operator): Promise<Reply> => {
  const answer = await platform.http.app.inject({
    url: `/api/v1/links${path}`,
    headers: { authorization: `Test ${actor.id}` },
  });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json() as Reply;
};

/** One word of a thing, `delay` ms on its way. */
async function say(thing: number, values: Record<number, number>, delay = 0, texts?: Record<number, string>) {
  const keys = Object.keys(values).map(Number);
  const message = {
    thing,
    time: micros() - delay * 1000,
    keys,
    values: Object.values(values),
    qualities: keys.map(() => 0),
  };
  registry.contact.heard([{ thing, time: micros() }]);
  await telemetry.accept({ messages: [{ ...message, ...(texts && { texts }) }], received: micros() });
}

const rssi = 101;
interface Group {
  bearer: string | null;
  siteName: string | null;
  route: string | null;
  total: number;
  online: number;
  stale: number;
  weak: number;
  rate: number | null;
  loss: number | null;
  latency: number | null;
  rssi: number | null;
  damaged: number;
  breaks: number;
}

test(
  clause(
    'H-7.1-a',
    'H-7.1-c-2',
    'one site goes over four bearers at once, each counted with its rate, delay, loss and strength, weak by what it needs',
  ),
  async () => {
    const made = {
      nb: [await lock('NB-1', 'nb-iot'), await lock('NB-2', 'nb-iot')],
      cell: [await lock('C-1', 'cellular')],
      near: [await lock('W-1', 'nearlink')],
      wire: [await lock('E-1', 'ethernet')],
    };
    for (const { number } of made.nb) await say(number, { [rssi]: -100 }, 400);
    for (const { number } of made.near) await say(number, { [rssi]: -90 }, 20);
    for (const { number } of [...made.cell, ...made.wire]) await say(number, { 1: 1 }, 50);
    await registry.contact.flush();
    expect(await service.survey.look()).toBeGreaterThanOrEqual(5);
    const groups = await ask<Group[]>('/summary?by=bearer');
    const of = (bearer: string) => groups.find((group) => group.bearer === bearer);
    expect(of('nb-iot')).toMatchObject({ total: 2, online: 2, rate: 1, latency: 400, rssi: -100, weak: 0 });
    expect(of('nearlink')).toMatchObject({ total: 1, latency: 20, rssi: -90, weak: 1 });
    expect(of('ethernet')).toMatchObject({ total: 1, rssi: null });
    const sites = await ask<Group[]>('/summary?by=site-bearer');
    expect(
      new Set(sites.filter((row) => row.siteName === '示范小区').map(({ bearer }) => bearer)).size,
    ).toBeGreaterThanOrEqual(3);
    expect(await ask('/signal')).toEqual([
      { from: -100, count: 2, weak: 0 },
      { from: -90, count: 1, weak: 1 },
    ]);
    const refused = registry.create(operator, {
      code: 'X',
      name: 'X',
      family: 'lock',
      bearer: 'carrier-pigeon' as Bearer,
    });
    await expect(refused).rejects.toThrow();
    // Who may see nothing of the site counts nothing.
    expect(await ask('/summary?by=bearer', platform.actorAt(['elsewhere/'], 'thing:read'))).toEqual([]);
  },
);

test(
  clause(
    'H-9.5.2-b-1',
    'state, delay and loss of each thing; stale after three beats that did not come, and fresh again',
  ),
  async () => {
    const { id, number } = await lock('BEAT', 'lora');
    const mine = async () => {
      await registry.contact.flush();
      await service.survey.look();
      const rows =
        await ask<{ id: string; stale: boolean; loss: number; latency: number; online: string }[]>(
          '/lines?bearer=lora',
        );
      return rows.find((row) => row.id === id);
    };
    // A lock speaks each thirty seconds.
    for (let beat = 0; beat < 10; beat++) {
      await say(number, { [rssi]: -80 }, 120);
      await registry.contact.flush();
      platform.clock.pass(30);
    }
    expect(await mine()).toMatchObject({ stale: false, loss: 0, latency: 120, online: 'online' });
    platform.clock.pass(59);
    expect((await mine())?.stale).toBe(false);
    platform.clock.pass(1);
    expect((await mine())?.stale).toBe(true);
    expect((await ask<{ id: string }[]>('/lines?only=stale')).map((row) => row.id)).toContain(id);
    await say(number, { [rssi]: -80 }, 120);
    const back = await mine();
    expect(back?.stale).toBe(false);
    // Two of three beats were missing.
    expect(back?.loss).toBeCloseTo(0.171, 2);
  },
);

test(
  clause('I-5.3.2-1', 'damage, breaks and delay that an agent saw on its line stand with the device behind it'),
  async () => {
    const { number: agent } = await registry.create(operator, {
      ...{ code: 'AGENT', name: 'AGENT', family: 'edge-agent', placeId, bearer: 'cellular' as const },
    });
    const { id } = await registry.create(operator, {
      ...{
        code: 'PLC-1',
        name: '压缩机',
        family: 'temperature-humidity',
        placeId,
        bearer: 'rs485' as const,
        gateway: 'AGENT',
      },
    });
    const figures = { bus: { '': ['up', 9, 3, 1, null], 'PLC-1': ['up', 7, 3, 2, 45] } };
    await say(agent, { 6: 0 }, 0, { 6: JSON.stringify(figures) });
    await service.survey.look();
    const rows = await ask<{ id: string }[]>('/lines?only=damaged');
    expect(rows).toMatchObject([{ id, bearer: 'rs485', route: 'AGENT', latency: 45, damaged: 3, breaks: 2 }]);
    const routes = await ask<Group[]>('/summary?by=route');
    expect(routes.find(({ route }) => route === 'AGENT')).toMatchObject({ total: 1, damaged: 3, breaks: 2 });
  },
);

test('connections that break are counted, farewells are not, and the figures of each site become a history', async () => {
  const { id, number } = await lock('BREAKS', 'wifi');
  for (const [session, broken] of [
    ['a', true],
    ['b', false],
    ['c', true],
  ] as const) {
    registry.contact.connected(number, session);
    registry.contact.disconnected(number, session, broken);
  }
  await registry.contact.flush();
  const [row] = await ask<{ id: string; breaks: number }[]>('/lines?bearer=wifi');
  expect(row).toMatchObject({ id, breaks: 2 });
  await service.survey.sample();
  platform.clock.pass(300);
  await service.survey.sample();
  const points = await ask<{ at: string; rate: number; breaks: number }[]>('/history?bearer=wifi&hours=1');
  expect(points).toMatchObject([
    { rate: 1, breaks: 2 },
    { rate: 1, breaks: 2 },
  ]);
});
