import type { Actor } from '@keystead/contracts/access';
import type { PlacesService } from '@keystead/data/places';
import { startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { policy as module, type PolicyService } from './index.ts';
import { checkValues, compare, PackInvalid, PackOwnDraft, PackPublished } from './pack.ts';
import { national, stricter } from './packs.ts';

let platform: TestPlatform;
let policy: PolicyService;
let drafter: Actor;
let publisher: Actor;

beforeAll(async () => {
  platform = await startPlatform(module);
  policy = platform.services.policy as PolicyService;
  drafter = platform.actor('policy:read', 'policy:write');
  publisher = platform.actor('policy:read', 'policy:publish');
});
afterAll(() => platform?.stop());

const decides = (at: Date, place?: string) =>
  platform.db.transaction(drafter.scope, (tx) => policy.at(tx, platform.organisation, at, place));
const draftOf = async (code: string) => {
  const found = (await policy.list(drafter)).packs.find((pack) => pack.code === code);
  if (!found) throw new Error(code);
  return found;
};

test('both packs that ship say every rule with its source, and the city is stricter', () => {
  checkValues(national);
  checkValues(stricter);
  expect(compare(national, stricter).map(({ rule }) => rule)).toContain('arrears-months');
  const { deposit: _, ...without } = national;
  expect(() => checkValues(without)).toThrow(PackInvalid);
  expect(() => checkValues({ ...national, 'vacancy-days': { value: [30, 60], source: 'x' } })).toThrow(PackInvalid);
  expect(() => checkValues({ ...national, 'idle-months': { value: 6, source: ' ' } })).toThrow(PackInvalid);
  expect(() => checkValues({ ...national, 'vacancy-days': { value: [90, 90], source: 'x' } })).toThrow(PackInvalid);
  expect(() => checkValues({ ...national, 'vacancy-days': { value: [30, 60], source: 'x' } })).toThrow(PackInvalid);
  expect(() => checkValues({ ...national, 'idle-months': { value: [1], source: 'x' } })).toThrow(PackInvalid);
});

test('the pack of a day decides; publishing a new one moves no decision of the past', async () => {
  const today = platform.clock.now();
  expect((await decides(today)).value('arrears-months')).toBe(6);
  const draft = await policy.draft(drafter, (await draftOf('stricter-city')).id, {});
  await policy.edit(drafter, draft.id, draft.version, {
    values: { 'arrears-months': { value: 4, source: '市政府令第8号第3条' } },
  });
  await expect(policy.publish(drafter, draft.id, '2026-07-01')).rejects.toThrow(PackOwnDraft);
  await expect(policy.publish(publisher, draft.id, '2026-05-31')).rejects.toThrow(PackInvalid);
  await policy.publish(publisher, draft.id, '2026-07-01');
  await expect(policy.edit(drafter, draft.id, undefined, { title: '改' })).rejects.toThrow(PackPublished);
  expect((await decides(new Date('2026-06-30T15:59:59Z'))).value('arrears-months')).toBe(6);
  const after = await decides(new Date('2026-06-30T16:00:00Z'));
  expect([after.id, after.value('arrears-months'), after.ladder('vacancy-days')]).toEqual([draft.id, 4, [15, 30, 60]]);
  expect((await decides(today)).code).toBe('national');
  await expect(platform.owner.query(`update policy.pack set title = 'x' where id = $1`, [draft.id])).rejects.toThrow(
    /not changed/,
  );
});

test('for the days of a span each place has the packs that decided on them, and days that are past keep theirs', async () => {
  const places = platform.services.places as PlacesService;
  const by = platform.actor('place:write');
  const town = await places.create(by, { parent: null, kind: 'region', code: 'TOWN', name: '镇' } as never);
  const source = '镇政府令第1号';
  const publish = async (code: string, rate: number, day: string) => {
    const { inForce } = await policy.list(drafter);
    const draft = await policy.draft(drafter, inForce, { code, place: town.id });
    await policy.edit(drafter, draft.id, undefined, {
      values: { 'late-fee-permyriad-per-day': { value: rate, source } },
    });
    await policy.publish(publisher, draft.id, day);
  };
  await publish('town-a', 6, '2026-06-10');
  await publish('town-b', 7, '2026-06-20');
  const rates = (path: string, first = '2026-06-01', last = '2026-06-30') =>
    platform.db.transaction(drafter.scope, async (tx) =>
      (await policy.during(tx, platform.organisation, first, last))(path).map(({ from, policy: pack }) => [
        from,
        pack.value('late-fee-permyriad-per-day'),
      ]),
    );
  const june = [
    ['2026-06-01', 5],
    ['2026-06-10', 6],
    ['2026-06-20', 7],
  ];
  expect(await rates(`${town.path}x/`)).toEqual(june);
  expect(await rates('elsewhere/')).toEqual([['2026-06-01', 5]]);
  expect(await rates(town.path, '2026-06-10', '2026-06-19')).toEqual([['2026-06-10', 6]]);
  await publish('town-c', 9, '2026-06-25');
  expect((await rates(town.path)).slice(0, 3)).toEqual(june);
});

test('who answers for a district only does not change what holds for all', async () => {
  const district = platform.actorAt(['zz/'], 'policy:write', 'policy:publish');
  const { id } = await draftOf('stricter-city');
  await expect(policy.draft(district, id, {})).rejects.toThrow('not-allowed');
  await expect(policy.publish(district, id, '2026-09-01')).rejects.toThrow('not-allowed');
});

test('a city inside the organisation is stricter than the country: the nearest place above decides', async () => {
  const places = platform.services.places as PlacesService;
  const keeper = platform.actor('place:write');
  const under = (parent: string | null, code: string, kind: 'region' | 'project') =>
    places.create(keeper, { parent: parent as never, kind, code, name: code });
  const city = await under(null, 'CITY', 'region');
  const project = await under(city.id, 'P1', 'project');
  const other = await under(null, 'OTHER', 'region');
  const now = platform.clock.now();
  const publish = async (place: string, months: number, by: Actor = drafter) => {
    const { inForce } = await policy.list(drafter);
    const draft = await policy.draft(by, inForce, { code: `at-${months}`, place });
    const source = '市政府令第9号';
    await policy.edit(by, draft.id, undefined, { values: { 'arrears-months': { value: months, source } } });
    await policy.publish(publisher, draft.id, '2026-06-01');
    return draft;
  };
  await publish(city.id, 3);
  const months = async (path: string) => (await decides(now, path)).value('arrears-months');
  expect(await Promise.all(['', other.path, city.path, project.path].map(months))).toEqual([6, 6, 3, 3]);
  const nearer = await publish(project.id, 2, platform.actorAt([city.path], 'policy:write'));
  expect(await Promise.all([city.path, project.path].map(months))).toEqual([3, 2]);
  const { inForce, inForceAt } = await policy.list(drafter);
  expect(inForceAt).toHaveLength(3);
  expect(inForceAt).toEqual(expect.arrayContaining([inForce, nearer.id]));
  // What was published follows its place, and stays otherwise as it is.
  const moved = await places.move(keeper, project.id, other.id);
  expect(await Promise.all([moved.path, other.path].map(months))).toEqual([2, 6]);
  await expect(policy.draft(platform.actorAt([other.path], 'policy:write'), inForce, {})).rejects.toThrow(
    'not-allowed',
  );
});

test('a pack published before a rule was thought of decides it as the country does', async () => {
  const place = 'older/';
  await platform.owner.query(
    `insert into policy.pack (id, organisation, place, code, number, title, state, values, effective_from, published_at, published_by, drafted_by, made_at)
      select gen_random_uuid(), organisation, $1, 'older', 1, title, state, values - 'refund-confirm-above', effective_from, published_at, 'x', 'y', made_at
      from policy.pack where code = 'national' and organisation = $2`,
    [place, platform.organisation],
  );
  const decided = await decides(platform.clock.now(), place);
  expect([decided.code, decided.value('refund-confirm-above')]).toEqual(['older', 500_000]);
});
