import type { Actor } from '@keystead/contracts/access';
import { places } from '@keystead/data/places';
import { startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { things } from './module.ts';
import type { ThingsService } from './setup.ts';

let platform: TestPlatform;
let service: ThingsService;
let keeper: Actor;

beforeAll(async () => {
  platform = await startPlatform(places, things);
  service = platform.services.things as ThingsService;
  keeper = platform.actor('thing:read', 'thing:write', 'thing:credential');
});
afterAll(() => platform.stop());

const rows = (head: string, count = 3) =>
  Array.from({ length: count }, (_, n) => ({ code: `${head}-${n}`, name: `烟感 ${n}`, family: 'smoke-detector' }));
const found = async (text: string) => (await service.list(keeper, { text })).items;
const admitted = async (token: string) =>
  !('problem' in (await service.admission.admit({ kind: 'token', token }, 'peer')));
const undo = async (actor = keeper) => {
  const headers = { authorization: `Test ${actor.id}` };
  const answer = await platform.http.app.inject({ method: 'POST', url: '/api/v1/things/import/undo', headers });
  return { status: answer.statusCode, ...answer.json() };
};

test('the last import is taken back whole, with its credentials, and its codes are free again', async () => {
  expect(await undo()).toMatchObject({ status: 409, type: 'thing-batch-not-undoable', reason: 'none' });
  const done = await service.importRows(keeper, rows('UNDO'), { tokens: true });
  const token = done.things[0]?.token ?? '';
  expect(await admitted(token)).toBe(true);
  expect(await undo()).toMatchObject({ status: 200, batch: done.batch, removed: 3 });
  expect(await found('UNDO')).toEqual([]);
  expect(await admitted(token)).toBe(false);
  expect((await service.importRows(keeper, rows('UNDO'))).errors).toEqual([]);
  expect(await undo()).toMatchObject({ removed: 3 });
  const { rows: lines } = await platform.owner.query('select action from audit.line where action like $1', [
    'thing.undo%',
  ]);
  expect(lines).toHaveLength(2);
});

test('what has a life of its own stays, and the import with it', async () => {
  await service.importRows(keeper, rows('USED'));
  const [first] = await found('USED-0');
  await service.update(keeper, first?.id ?? '', { name: '改过的烟感' });
  expect(await undo()).toMatchObject({ status: 409, reason: 'used', count: 1 });
  expect(await found('USED')).toHaveLength(3);
});

test('who does not see all of an import does not take it back', async () => {
  const near = platform.actorAt(['zz/'], 'thing:read', 'thing:write');
  await service.importRows(keeper, rows('FAR'));
  expect(await undo(near)).toMatchObject({ status: 409, reason: 'scope' });
  expect(await undo()).toMatchObject({ removed: 3 });
});
