import type { Actor } from '@keystead/contracts/access';
import { places } from '@keystead/data/places';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testFaults } from './commissioning.ts';
import { things } from './module.ts';
import type { ThingsService } from './setup.ts';

let platform: TestPlatform;
let service: ThingsService;
let keeper: Actor;

const points = [
  { item: '报警响度', unit: 'dB', low: 85, high: 110, tool: '声级计' },
  { item: '响应时间', unit: 's', high: 30, tool: '秒表' },
  { item: '外观', tool: '目测' },
];
const good = { 报警响度: '92.5', 响应时间: '12', 外观: '完好' };

beforeAll(async () => {
  platform = await startPlatform(places, things);
  service = platform.services.things as ThingsService;
  keeper = platform.actor('thing:read', 'thing:write', 'model:read', 'model:write');
});
afterAll(() => platform.stop());

const ask = (actor: Actor, method: 'GET' | 'PUT' | 'POST', url: string, payload?: object) =>
  platform.http.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { authorization: `Test ${actor.id}` },
    ...(payload ? { payload } : {}),
  });

const tested = (values: Record<string, string>) => ({
  measured: Object.entries(values).map(([item, value]) => ({ item, value, passed: true })),
});

test(
  clause('I-5.2.3-c', 'one value out of its limits, missing or no number, and the device cannot go in service'),
  async () => {
    const set = await ask(keeper, 'PUT', '/models/commissioning/smoke-detector', { points });
    expect(set.statusCode).toBe(204);
    expect((await ask(keeper, 'GET', '/models/commissioning')).json()).toMatchObject([
      { family: 'smoke-detector', points },
    ]);
    const { id } = await service.create(keeper, {
      code: 'SD-1',
      name: '烟感 1',
      family: 'smoke-detector',
      state: 'installed',
    });
    const step = (to: string, evidence: object) => ask(keeper, 'POST', `/things/${id}/steps`, { to, evidence });
    const refused: [Record<string, string>, string][] = [
      [{ ...good, 报警响度: '84.9' }, 'out-of-limits'],
      [{ ...good, 响应时间: '31' }, 'out-of-limits'],
      [{ ...good, 响应时间: '很快' }, 'number'],
      [{ 报警响度: '92.5', 响应时间: '12' }, 'required'],
    ];
    for (const [values, code] of refused) {
      const answer = await step('commissioned', tested(values));
      expect(answer.statusCode).toBe(409);
      expect(answer.json()).toMatchObject({ type: 'lifecycle-gate-shut', errors: [{ code }] });
      expect((await step('in-use', {})).json().type).toBe('lifecycle-step-refused');
    }
    expect((await service.get(keeper, id)).state).toBe('installed');
    expect((await step('commissioned', tested(good))).statusCode).toBe(200);
    expect((await step('in-use', {})).statusCode).toBe(200);
    const [, last] = (await service.lifecycle.steps(keeper, id)).slice(-3);
    expect(last?.evidence.measured).toHaveLength(3);
  },
);

test('a list with limits the wrong way round, an item twice, or from below the organisation is refused', async () => {
  const put = (actor: Actor, list: object[]) => ask(actor, 'PUT', '/models/commissioning/lock', { points: list });
  expect((await put(keeper, [{ item: 'a', low: 2, high: 1 }])).statusCode).toBe(400);
  expect((await put(keeper, [{ item: 'a' }, { item: 'a' }])).statusCode).toBe(400);
  const district = platform.actorAt(['1/'], 'model:write', 'model:read');
  expect((await put(district, [{ item: 'a' }])).statusCode).toBe(403);
  await put(keeper, [{ item: 'a' }]);
  await put(keeper, []);
  expect((await service.commissioning.list(keeper)).map(({ family }) => family)).not.toContain('lock');
});

test('limits are the last values that are still good', () => {
  const judge = (value: string) => testFaults([{ item: 'x', low: 1, high: 2 }], [{ item: 'x', value, passed: true }]);
  expect(['1', '2', '1.5'].flatMap(judge)).toEqual([]);
  expect(['0.999', '2.001', '', '1e9', '０'].map((value) => judge(value)[0]?.code)).toEqual([
    ...['out-of-limits', 'out-of-limits', 'required', 'number', 'number'],
  ]);
});
