import type { Actor } from '@keystead/contracts/access';
import { places } from '@keystead/data/places';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { things } from './module.ts';
import type { ThingsService } from './setup.ts';

let platform: TestPlatform;
let service: ThingsService;
let keeper: Actor;

beforeAll(async () => {
  platform = await startPlatform(places, things);
  service = platform.services.things as ThingsService;
  keeper = platform.actor('thing:read', 'thing:write');
});
afterAll(() => platform.stop());

const call = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object) =>
  platform.http.app.inject({
    method,
    url: `/api/v1/things${url}`,
    headers: { authorization: `Test ${keeper.id}` },
    ...(payload ? { payload } : {}),
  });

describe('the file of a device', () => {
  test(
    clause('H-9.5.1-a', 'shows its data, its maintenance and its three spare parts, whose stock falls with use'),
    async () => {
      const { id } = await service.create(keeper, {
        code: 'PUMP',
        name: '生产设备 泵',
        family: 'machine',
        maker: 'M',
        serial: '9',
      });
      const stock = [];
      for (const code of ['SEAL', 'BEARING', 'BELT'])
        stock.push((await call('POST', '/parts', { code, name: code, unit: 'pc', stock: 5, lowMark: 2 })).json());
      const fit = stock.map((part) => ({ part: part.id, quantity: 1 }));
      expect((await call('PUT', `/${id}/parts`, fit)).statusCode).toBe(204);
      const use = {
        at: '2026-06-01T02:00:00Z',
        kind: 'replacement',
        content: 'New seals',
        parts: [{ part: stock[0].id, quantity: 3 }],
      };
      expect((await call('POST', `/${id}/maintenance`, use)).statusCode).toBe(201);

      expect((await call('GET', `/${id}`)).json()).toMatchObject({ maker: 'M', serial: '9' });
      expect(
        (await call('GET', `/${id}/parts`))
          .json()
          .map((part: { code: string; stock: number }) => [part.code, part.stock]),
      ).toEqual([
        ['BEARING', 5],
        ['BELT', 5],
        ['SEAL', 2],
      ]);
      const history = (await call('GET', `/${id}/maintenance`)).json();
      expect(history).toMatchObject([{ content: 'New seals', by: 'Tester', parts: [{ code: 'SEAL', quantity: 3 }] }]);

      const more = await call('POST', `/${id}/maintenance`, use);
      expect([more.statusCode, more.json().type]).toEqual([409, 'part-out-of-stock']);
      expect((await call('GET', `/${id}/maintenance`)).json()).toHaveLength(1);
    },
  );
});

describe('the life cycle', () => {
  test('each gate asks for its evidence, and a failed test keeps a device out of service', async () => {
    const { id } = await service.create(keeper, { code: 'LIFE', name: '门锁', family: 'lock' });
    const step = async (to: string, evidence = {}) => {
      const answer = await call('POST', `/${id}/steps`, { to, evidence });
      return answer.statusCode === 200 ? answer.json().state : answer.json().type;
    };
    const test1 = { item: 'unlock time', value: '0.8 s', passed: true };
    expect(await step('in-use')).toBe('lifecycle-step-refused');
    expect(await step('purchased')).toBe('lifecycle-gate-shut');
    expect(await step('purchased', { evaluation: 'best of three offers' })).toBe('purchased');
    expect(await step('stored')).toBe('stored');
    expect(await step('installed')).toBe('lifecycle-gate-shut');
    expect(await step('installed', { guide: 'IG-12' })).toBe('installed');
    expect(await step('commissioned', { measured: [test1, { ...test1, item: 'alarm', passed: false }] })).toBe(
      'lifecycle-gate-shut',
    );
    expect(await step('in-use')).toBe('lifecycle-step-refused');
    expect(await step('commissioned', { measured: [test1] })).toBe('commissioned');
    const paper = (standard: string) => ({
      standard,
      certificate: 'C',
      verifiedOn: '2026-01-01',
      validUntil: null,
      record: null,
    });
    await call('PUT', `/${id}/evidence`, ['GB 21556.2', 'GA 374', 'GA/T 701'].map(paper));
    expect(await step('in-use')).toBe('in-use');
    expect(await step('maintenance')).toBe('maintenance');
    expect(await step('retired')).toBe('lifecycle-gate-shut');
    expect(await step('in-use')).toBe('in-use');
    const steps = (await call('GET', `/${id}/steps`)).json();
    expect(steps.map((each: { to: string }) => each.to)).toEqual([
      'planned',
      'purchased',
      'stored',
      'installed',
      'commissioned',
      'in-use',
      'maintenance',
      'in-use',
    ]);
    expect(steps[4].evidence.measured).toEqual([test1]);
  });
});

describe('relations', () => {
  test('rings are refused where they make no sense, and a thing stands in one container', async () => {
    const ids: Record<string, string> = {};
    for (const code of ['A', 'B', 'C', 'D'])
      ids[code] = (await service.create(keeper, { code, name: '主机', family: 'host' })).id;
    const relate = async (from: string, kind: string, to: string) => {
      const answer = await call('POST', `/${ids[from]}/relations`, { kind, target: ids[to] });
      return answer.statusCode === 204 ? 'related' : answer.json().type;
    };
    expect(await relate('A', 'depends-on', 'B')).toBe('related');
    expect(await relate('B', 'depends-on', 'C')).toBe('related');
    expect(await relate('C', 'depends-on', 'A')).toBe('relation-cycle');
    expect(await relate('A', 'depends-on', 'A')).toBe('relation-cycle');
    expect(await relate('A', 'depends-on', 'B')).toBe('relation-exists');
    expect(await relate('A', 'connects', 'B')).toBe('related');
    expect(await relate('B', 'connects', 'A')).toBe('related');
    expect(await relate('A', 'contains', 'D')).toBe('related');
    expect(await relate('B', 'contains', 'D')).toBe('relation-contained');
    const neighbours = (await call('GET', `/${ids.A}/relations`)).json();
    expect(
      neighbours.map(
        (each: { direction: string; kind: string; code: string }) => `${each.direction} ${each.kind} ${each.code}`,
      ),
    ).toEqual(['in connects B', 'out connects B', 'out contains D', 'out depends-on B']);
    expect((await call('DELETE', `/${ids.A}/relations/contains/${ids.D}`)).statusCode).toBe(204);
    expect(await relate('B', 'contains', 'D')).toBe('related');
  });

  test('two edges added at one moment do not close a ring together', async () => {
    for (let round = 0; round < 5; round++) {
      const a = await service.create(keeper, { code: `RA-${round}`, name: '主机', family: 'host' });
      const b = await service.create(keeper, { code: `RB-${round}`, name: '主机', family: 'host' });
      const outcomes = await Promise.allSettled([
        service.relations.relate(keeper, a.id, 'feeds', b.id),
        service.relations.relate(keeper, b.id, 'feeds', a.id),
      ]);
      expect(outcomes.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    }
  });
});
