import type { Actor } from '@keystead/contracts/access';
import { startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { places } from './module.ts';
import type { Place } from './place.ts';
import type { PlacesService } from './setup.ts';

let platform: TestPlatform;
let service: PlacesService;
let keeper: Actor;

beforeAll(async () => {
  platform = await startPlatform(places);
  service = platform.services.places as PlacesService;
  keeper = platform.actor('place:read', 'place:write');
});
afterAll(() => platform.stop());

const add = (kind: Place['kind'], code: string, parent: Place | null, more = {}) =>
  service.create(keeper, { kind, code, name: code, parent: parent?.id ?? null, ...more });

const call = (actor: Actor, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object, headers = {}) =>
  platform.http.app.inject({
    method,
    url: `/api/v1/places${url}`,
    headers: { authorization: `Test ${actor.id}`, ...headers },
    ...(payload ? { payload } : {}),
  });

describe('the tree', () => {
  test('[I-5.2.1-a-4] site, workshop, line and station filter to their exact counts', async () => {
    const site = await add('site', 'S1', null);
    const lines: Place[] = [];
    for (const workshopCode of ['W1', 'W2']) {
      const workshop = await add('workshop', workshopCode, site);
      for (const code of ['L1', 'L2', 'L3']) lines.push(await add('line', code, workshop));
    }
    for (const line of lines) for (const code of ['A', 'B']) await add('station', code, line);
    const count = async (kind: Place['kind']) =>
      (await service.search(keeper, { kind, under: site.path, limit: 200 })).items.length;
    expect([await count('site'), await count('workshop'), await count('line'), await count('station')]).toEqual([
      1, 2, 6, 12,
    ]);
    const first = lines[0] as Place;
    expect((await service.search(keeper, { kind: 'station', under: first.path })).items).toHaveLength(2);
  });

  test('places are counted by kind, within what one sees', async () => {
    const region = await add('region', 'R-count', null);
    const project = await add('project', 'P-count', region);
    const building = await add('building', 'B1', project);
    const unit = await add('unit', 'U1', building);
    const houses = [await add('house', '101', unit), await add('house', '102', unit)];
    await add('house', '201', unit);
    await service.update(keeper, (houses[0] as Place).id, { retired: true });
    const of = async (actor: Actor, query: string) => (await call(actor, 'GET', `/counts?${query}`)).json().items;
    expect(await of(keeper, `under=${region.path}`)).toEqual([
      { kind: 'building', count: 1 },
      { kind: 'house', count: 3 },
      { kind: 'project', count: 1 },
      { kind: 'region', count: 1 },
      { kind: 'unit', count: 1 },
    ]);
    expect(await of(keeper, `under=${unit.path}&retired=false`)).toContainEqual({ kind: 'house', count: 2 });
    const porter = platform.actorAt([building.path], 'place:read');
    expect(await of(porter, '')).toEqual([
      { kind: 'building', count: 1 },
      { kind: 'house', count: 3 },
      { kind: 'unit', count: 1 },
    ]);
  });

  test('a code is taken once among siblings, also by a retired one', async () => {
    const region = await add('region', 'R1', null);
    const project = await add('project', 'P1', region);
    await expect(add('project', 'P1', region)).rejects.toThrow('place-code-taken');
    await service.update(keeper, project.id, { retired: true });
    await expect(add('project', 'P1', region)).rejects.toThrow('place-code-taken');
    await expect(add('region', 'R1', null)).rejects.toThrow('place-code-taken');
  });

  test('an edit of a version that is no longer there is refused over HTTP', async () => {
    const region = await add('region', 'R-edit', null);
    const first = await call(keeper, 'PATCH', `/${region.id}`, { name: 'North' }, { 'if-match': '1' });
    expect(first.json()).toMatchObject({ name: 'North', version: 2 });
    const second = await call(keeper, 'PATCH', `/${region.id}`, { name: 'South' }, { 'if-match': '1' });
    expect([second.statusCode, second.json().type]).toEqual([412, 'edit-conflict']);
  });

  test('attributes are held against the schema of the kind, with a pointer', async () => {
    const answer = await call(keeper, 'POST', '', {
      parent: null,
      kind: 'region',
      code: 'R-attr',
      name: 'x',
      attributes: { floors: 3 },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toEqual([{ pointer: '/attributes/floors', code: 'unknown-field' }]);
  });

  test('every change leaves a journal line and an event', async () => {
    const region = await add('region', 'R-journal', null);
    const { rows } = await platform.owner.query('select type, payload from kernel.outbox where payload->>$1 = $2', [
      'id',
      region.id,
    ]);
    expect(rows).toEqual([{ type: 'place.changed.v1', payload: { id: region.id, change: 'create' } }]);
    const lines = await platform.owner.query('select action from audit.line where subject = $1', [
      `place:${region.id}`,
    ]);
    expect(lines.rows).toEqual([{ action: 'place.create' }]);
  });
});

describe('moving and removing', () => {
  test('a moved subtree keeps its shape, and what stands in it follows in the same transaction', async () => {
    const moves: string[][] = [];
    service.follow(async (_tx, organisation, from, to) => {
      moves.push([organisation, from, to]);
    });
    const [from, to] = [await add('region', 'M1', null), await add('region', 'M2', null)];
    const project = await add('project', 'P', from);
    const building = await add('building', 'B', project);
    const house = await add('house', '101', building);
    await service.move(keeper, project.id, to.id);
    const after = await service.get(keeper, house.id);
    expect(after.path).toBe(to.path + house.path.slice(from.path.length));
    expect(moves).toEqual([[platform.organisation, project.path, to.path + project.path.slice(from.path.length)]]);
    expect((await service.children(keeper, from.id)).length).toBe(0);
  });

  test('a follower that fails leaves the tree as it was', async () => {
    const [from, to] = [await add('region', 'F1', null), await add('region', 'F2', null)];
    const project = await add('project', 'P', from);
    let broken = true;
    service.follow(async () => {
      if (broken) throw new Error('cannot follow');
    });
    await expect(service.move(keeper, project.id, to.id)).rejects.toThrow('cannot follow');
    broken = false;
    expect(await service.get(keeper, project.id)).toEqual(project);
  });

  test('a place with something in it is not removed', async () => {
    const region = await add('region', 'O1', null);
    const inner = await add('region', 'O2', region);
    await expect(service.remove(keeper, region.id)).rejects.toThrow('place-has-children');
    let standing = 2;
    service.occupy('test', async (_tx, _organisation, path) => (path === inner.path ? standing : 0));
    await expect(service.remove(keeper, inner.id)).rejects.toThrow('place-occupied');
    standing = 0;
    await service.remove(keeper, inner.id);
    await expect(service.get(keeper, inner.id)).rejects.toThrow('place-missing');
  });

  test('a path given to another module stays true until its transaction ends', async () => {
    const [from, to] = [await add('region', 'L1', null), await add('region', 'L2', null)];
    const project = await add('project', 'P', from);
    const order: string[] = [];
    let moving: Promise<unknown> = Promise.resolve();
    await platform.db.transaction(keeper.scope, async (tx) => {
      expect(await service.pathOf(tx, platform.organisation, project.id)).toBe(project.path);
      moving = service.move(keeper, project.id, to.id).then(() => order.push('moved'));
      await new Promise((resolve) => setTimeout(resolve, 100));
      order.push('ended');
    });
    await moving;
    expect(order).toEqual(['ended', 'moved']);
  });
});

describe('data range', () => {
  test('[H-9.4-b-2] who answers for one district sees nothing of another in list, tree, search and export', async () => {
    const [own, other] = [await add('region', 'D1', null), await add('region', 'D2', null)];
    await add('project', 'D1-P', own);
    const foreign = await add('project', 'D2-P', other);
    const clerk = platform.actorAt([own.path], 'place:read', 'place:write');
    const listed = (await call(clerk, 'GET', '?limit=200')).json().items as Place[];
    expect(listed.map((place) => place.code).sort()).toEqual(['D1', 'D1-P']);
    expect((await call(clerk, 'GET', '?text=D2')).json().items).toEqual([]);
    const tree = (await call(clerk, 'GET', '/tree?depth=5')).json() as { code: string; children: { code: string }[] }[];
    expect(tree.map((node) => [node.code, node.children.map((child) => child.code)])).toEqual([['D1', ['D1-P']]]);
    const sheet = (await call(clerk, 'GET', '/export')).body;
    expect(sheet).toContain('D1-P');
    expect(sheet).not.toContain('D2');
    expect((await call(clerk, 'GET', `/${foreign.id}`)).statusCode).toBe(404);
    expect((await call(clerk, 'DELETE', `/${foreign.id}`)).statusCode).toBe(404);
    expect((await call(clerk, 'POST', '', { parent: null, kind: 'region', code: 'X', name: 'X' })).statusCode).toBe(
      403,
    );
    expect((await call(clerk, 'POST', `/${own.id}/move`, { parent: other.id })).statusCode).toBe(404);
  });
});
