import type { Actor } from '@keystead/contracts/access';
import { type Place, type PlacesService, places } from '@keystead/data/places';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HouseState } from './house-state.ts';
import { stock } from './module.ts';
import type { StockService } from './setup.ts';
import { completeDossier, completePlace } from './testing.ts';

let platform: TestPlatform;
let service: StockService;
let tree: PlacesService;
let keeper: Actor;
let building: Place;
const dayMs = 86_400_000;

beforeAll(async () => {
  platform = await startPlatform(places, stock);
  service = platform.services.stock as StockService;
  tree = platform.services.places as PlacesService;
  keeper = platform.actor('house:read', 'house:write', 'place:read', 'place:write');
  const region = await tree.create(keeper, { parent: null, kind: 'region', code: 'R', name: '甲区' });
  const project = await tree.create(keeper, { parent: region.id, kind: 'project', code: 'P', name: '安居苑' });
  building = await tree.create(keeper, { parent: project.id, kind: 'building', code: 'B1', name: '1 号楼' });
});
afterAll(() => platform.stop());

const call = (actor: Actor, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object, headers = {}) =>
  platform.http.app.inject({
    method,
    url: `/api/v1/houses${url}`,
    headers: { authorization: `Test ${actor.id}`, ...headers },
    ...(payload ? { payload } : {}),
  });

let numbers = 100;
async function house(more: object = {}): Promise<{ id: string; version: number }> {
  const code = String(++numbers);
  const answer = await call(keeper, 'POST', '', {
    parent: building.id,
    code,
    name: `1-${code}`,
    attributes: completePlace,
    dossier: completeDossier,
    ...more,
  });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json();
}

const steps = (id: string, ...taken: Parameters<StockService['stepIn']>[3][]) =>
  platform.db.transaction(keeper.scope, async (tx) => {
    const facts = { reason: '测试', lease: id, handover: id, until: new Date(platform.clock.now().getTime() + dayMs) };
    for (const step of taken)
      await service.stepIn(
        tx,
        keeper,
        id,
        step,
        step === 'release' || step === 'withdraw' ? { reason: '测试' } : facts,
      );
  });

describe('one house, one file', () => {
  test(
    clause('H-9.1.1-a-1', 'is made, read, changed with its versions kept, and there is one for each house'),
    async () => {
      const { id, version } = await house();
      const again = await call(keeper, 'POST', `/${id}/dossier`, { dossier: completeDossier });
      expect([again.statusCode, again.json().type]).toEqual([409, 'dossier-exists']);
      const project = await call(keeper, 'POST', `/${building.id}/dossier`, { dossier: {} });
      expect(project.json().type).toBe('not-a-house');
      const change = { lease: { rentStandard: 1300 }, place: { attributes: { layout: '两室' } } };
      const changed = await call(keeper, 'PATCH', `/${id}`, change, { 'if-match': String(version) });
      expect(changed.json()).toMatchObject({ dossier: { lease: { rentStandard: 1300, deposit: 100_000 } } });
      expect(changed.json().attributes).toMatchObject({ layout: '两室', floorArea: 58.4 });
      const late = await call(keeper, 'PATCH', `/${id}`, change, { 'if-match': String(version) });
      expect(late.statusCode).toBe(412);
      const versions = (await call(keeper, 'GET', `/${id}/editions`)).json().items;
      expect(versions.map((each: { number: number; groups: string[] }) => [each.number, each.groups])).toEqual([
        [2, ['lease', 'place']],
        [1, expect.arrayContaining(['location', 'building', 'ownership', 'lease', 'management'])],
      ]);
      expect(versions[1]).toMatchObject({
        dossier: { lease: { rentStandard: 1250 } },
        facts: { attributes: { layout: '一室一厅' } },
      });
      expect((await call(keeper, 'DELETE', `/${id}`)).statusCode).toBe(204);
      expect((await call(keeper, 'GET', `/${id}`)).statusCode).toBe(404);
    },
  );

  test('is not let before it is complete, wherever the missing entry is kept', async () => {
    const { id } = await house({ attributes: { floorArea: 58.4, usableArea: 42 } });
    const refused = await call(keeper, 'POST', `/${id}/steps`, { step: 'release' });
    expect(refused.json()).toMatchObject({
      status: 422,
      errors: [{ pointer: '/dossier', code: 'dossier-incomplete' }],
    });
    await tree.update(keeper, id, { attributes: { ...completePlace } });
    await platform.drain();
    expect((await call(keeper, 'POST', `/${id}/steps`, { step: 'release' })).json().state).toBe('allocatable');
  });

  test('steps of a lease are not pressed by hand', async () => {
    const { id } = await house();
    expect((await call(keeper, 'POST', `/${id}/steps`, { step: 'move-in' })).statusCode).toBe(403);
  });

  test('who answers for one building sees and steps nothing elsewhere', async () => {
    const { id } = await house();
    const other = await tree.create(keeper, { parent: null, kind: 'region', code: `X${numbers}`, name: '乙区' });
    const stranger = platform.actorAt([other.path], 'house:read', 'house:write');
    for (const url of [`/${id}`, `/${id}/history`, `/${id}/timeline`, `/${id}/whole`, `/${id}/devices`])
      expect((await call(stranger, 'GET', url)).statusCode).toBe(404);
    expect((await call(stranger, 'POST', `/${id}/steps`, { step: 'release' })).statusCode).toBe(404);
    expect((await call(stranger, 'GET', '')).json().items).toEqual([]);
    expect((await call(stranger, 'GET', '/counts')).json().items).toEqual([]);
  });
});

describe('states', () => {
  test(
    clause('H-9.1.1-b-2', 'change in the transaction of the caller, with their event; none without it'),
    async () => {
      const { id } = await house();
      await expect(
        platform.db.transaction(keeper.scope, async (tx) => {
          await service.stepIn(tx, keeper, id, 'release');
          throw new Error('the check-in failed');
        }),
      ).rejects.toThrow('the check-in failed');
      expect((await service.get(keeper, id)).row.state).toBe('vacant');
      await steps(id, 'release', 'sign', 'move-in', 'start-repair', 'end-repair', 'start-leaving', 'vacate');
      expect((await service.get(keeper, id)).row.state).toBe('vacant');
      const events = await platform.owner.query(
        `select payload->>'step' as step, payload->>'to' as "to" from kernel.outbox where type = 'house.changed.v1' and payload->>'id' = $1 order by id`,
        [id],
      );
      expect(events.rows.map(({ step, to }) => `${step}>${to}`)).toEqual([
        'open>vacant',
        'release>allocatable',
        'sign>pending-move-in',
        'move-in>occupied',
        'start-repair>occupied',
        'end-repair>occupied',
        'start-leaving>moving-out',
        'vacate>vacant',
      ]);
    },
  );

  test('of two operators who want one house in the same moment one gets it', async () => {
    const { id } = await house();
    await steps(id, 'release');
    const until = new Date(platform.clock.now().getTime() + dayMs);
    const tries = await Promise.allSettled([1, 2].map(() => service.step(keeper, id, 'reserve', { until })));
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = tries.find((each) => each.status === 'rejected');
    expect(String((refused as PromiseRejectedResult).reason)).toContain('house-step-refused');
  });

  test('a reservation that runs out lapses by itself, and the vacancy counts on', async () => {
    const { id } = await house();
    const { vacantSince } = (await service.get(keeper, id)).row;
    await steps(id, 'release', 'reserve');
    platform.clock.pass(86_400 + 1);
    expect(await service.lapseDue()).toBeGreaterThanOrEqual(1);
    expect((await service.get(keeper, id)).row).toMatchObject({
      state: 'allocatable',
      reservedUntil: null,
      vacantSince,
    });
  });

  test(clause('H-9.1.1-d-1', 'of 50 random dates the state of each is told, with who, when and why'), async () => {
    const { id } = await house();
    const known: { at: number; state: HouseState }[] = [{ at: platform.clock.now().getTime(), state: 'vacant' }];
    const round = ['release', 'withdraw', 'release', 'reserve', 'sign', 'move-in', 'start-leaving', 'vacate'] as const;
    for (let at = 0; at < 16; at++) {
      platform.clock.pass(3600 * (7 + ((at * 37) % 200)));
      const step = round[at % round.length] ?? 'release';
      await steps(id, step);
      known.push({ at: platform.clock.now().getTime(), state: (await service.get(keeper, id)).row.state });
    }
    const first = known[0]?.at ?? 0;
    const span = (known.at(-1)?.at ?? 0) - first + dayMs;
    let seed = 20_260_601;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    for (let count = 0; count < 50; count++) {
      const at = first + Math.floor(random() * span);
      const { status } = (await call(keeper, 'GET', `/${id}/as-of?at=${new Date(at).toISOString()}`)).json();
      expect(status.to).toBe(known.findLast((each) => each.at <= at)?.state);
      expect(status).toMatchObject({ actorName: 'Tester', at: expect.any(String), step: expect.any(String) });
      if (status.step !== 'open') expect(status.reason).toBe('测试');
    }
    const before = await service.asOf(keeper, id, new Date(first - 1));
    expect(before).toEqual({ status: null, edition: null });
    expect((await call(keeper, 'GET', `/${id}/history`)).json().items).toHaveLength(17);
  });

  test('the grid and the projects show the same states', async () => {
    const list = await service.list(keeper, { under: building.path }, { limit: 200 });
    const grid = await service.statesUnder(keeper, building.id);
    const count = (rows: readonly { state: string }[]) =>
      Object.fromEntries(
        Object.entries(Object.groupBy(rows, (row) => row.state)).map(([state, all]) => [state, all?.length]),
      );
    expect(count(grid)).toEqual(count(list.items));
    const [project] = await service.projects(keeper);
    expect(Object.fromEntries(project?.states.map(({ state, count: n }) => [state, n]) ?? [])).toEqual(count(grid));
  });
});
