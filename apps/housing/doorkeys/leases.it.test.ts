import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { doorkeys } from './index.ts';
import { KeyWithoutLease, LastKey } from './key.ts';
import { type Community, type Home, openCommunity } from './testing/community.ts';

let platform: TestPlatform;
let town: Community;

beforeAll(async () => {
  platform = await startPlatform(doorkeys);
  town = await openCommunity(platform);
});
afterAll(async () => {
  await platform?.stop();
});

const local = (date: string): number => Date.parse(`${date}T00:00:00+08:00`);
const keysOf = async ({ household }: Home) => (await town.keys.list(town.clerk, { household, limit: 100 })).items;
const pinOf = async (home: Home): Promise<string> => {
  const [key] = (await keysOf(home)).filter(({ kind, endedAt }) => kind === 'pin' && !endedAt);
  return (await town.keys.showOwn(home.account, key?.id ?? '')) ?? '';
};
async function day(date: string): Promise<void> {
  platform.clock.set(new Date(`${date}T02:00:00Z`));
  await town.agreements.pass();
  await town.settle();
}

test(clause(
  'H-9.2.1-b',
  'a hundred leases: each key ends with its lease, goes on with it, and dies within a minute of its end',
), async () => {
  const homes: Home[] = [];
  for (let n = 0; n < 100; n++) homes.push(await town.house('2026-06-01', `2027-0${1 + (n % 9)}-15`));
  await town.settle();
  for (const [n, home] of homes.entries()) {
    const end = local(`2027-0${1 + (n % 9)}-16`);
    const [key, ...more] = await keysOf(home);
    expect([more.length, key?.state, key?.locks.length]).toEqual([0, 'working', 2]);
    expect(town.lockOf(home.lock).grants.map(({ id, until }) => [id, until])).toEqual([[key?.id, end]]);
  }
  expect(town.lockOf(town.gate).grants).toHaveLength(100);
  const [one, other] = homes;
  if (!one || !other) throw new Error('no homes');
  const pin = await pinOf(one);
  expect([
    town.show(one.lock, 'pin', pin),
    town.show(town.gate, 'pin', pin),
    town.show(other.lock, 'pin', pin),
  ]).toEqual([...[true, true, false]]);
  // Extended, the end in the lock moves with it; nothing else has to be done.
  await platform.kernel.db.transaction(town.clerk.scope, (tx) =>
    town.agreements.change(tx, town.clerk, one.lease, { endsOn: '2027-12-31', reason: '延长' }),
  );
  await town.settle();
  expect(town.lockOf(one.lock).grants[0]?.until).toBe(local('2028-01-01'));
  // A minute after its end the key is dead, whether or not the platform has a word with the lock.
  town.awake.delete(other.lock.number);
  const otherPin = await pinOf(other);
  platform.clock.set(new Date(local('2027-02-16') - 1));
  expect(town.show(other.lock, 'pin', otherPin)).toBe(true);
  platform.clock.set(new Date(local('2027-02-16') + 60_000));
  expect(town.show(other.lock, 'pin', otherPin)).toBe(false);
  await town.settle();
  town.awake.add(other.lock.number);
  await town.settle();
  expect(town.lockOf(other.lock).grants).toEqual([]);
}, 120_000);

test('renewed, the key goes on without a gap; ended by hand, it is gone from every lock', async () => {
  await day('2027-03-01');
  const home = await town.house('2027-03-01', '2027-08-31');
  await town.settle();
  const pin = await pinOf(home);
  const next = await town.leases.follow(town.clerk, home.lease, 'renewal', { endsOn: '2028-08-31' });
  await town.sign(next.id, home.household);
  await town.settle();
  expect(town.lockOf(home.lock).grants.map(({ until }) => until)).toEqual([local('2028-09-01')]);
  await day('2027-09-01');
  expect(town.show(home.lock, 'pin', pin)).toBe(true);
  await town.leases.step(town.clerk, next.id, 'end', '退租交房');
  await town.settle();
  expect([town.show(home.lock, 'pin', pin), town.show(town.gate, 'pin', pin)]).toEqual([false, false]);
  expect(await keysOf(home)).toMatchObject([{ state: 'ended', endedFor: 'lease' }]);
  const { rows } = await platform.owner.query(`select sealed from doorkeys.key where household = $1`, [home.household]);
  expect(rows).toEqual([{ sealed: null }]);
  expect(town.lockOf(home.lock).leave(platform.clock.now().getTime())).toBe(true);
});

test('guests come once, for a span, or at hours of the week, and never outlast the lease', async () => {
  const home = await town.house('2027-09-01', '2027-09-10');
  await town.settle();
  const issue = (more: object) =>
    town.keys.issue(town.clerk, {
      ...{ house: home.house.id, holder: home.person, kind: 'pin', pattern: 'period', label: '访客' },
      ...{ validUntil: new Date('2027-10-01T00:00:00Z'), ...more },
    } as never);
  const once = await issue({ pattern: 'once' });
  const long = await issue({});
  const hours = await issue({ pattern: 'cyclic', weekly: { days: [3], from: 600, to: 720 } });
  await town.settle();
  const grants = new Map(town.lockOf(home.lock).grants.map((grant) => [grant.id, grant]));
  expect(grants.get(once.key)).toMatchObject({ uses: 1, until: local('2027-09-11') });
  expect(grants.get(long.key)?.until).toBe(local('2027-09-11'));
  const show = (key: { credential: string | null }) => town.show(home.lock, 'pin', key.credential ?? '');
  // Wednesday, ten in the morning.
  expect([show(once), show(once), show(long), show(hours)]).toEqual([true, false, true, true]);
  platform.clock.pass(3 * 3_600);
  expect(show(hours)).toBe(false);
  await town.tell(home.lock, town.lockOf(home.lock).log);
  await town.settle();
  expect((await keysOf(home)).find(({ id }) => id === once.key)).toMatchObject({ state: 'ended', endedFor: 'used-up' });
  const [stranger] = [await town.house('2027-09-01', '2027-09-10')];
  await expect(issue({ holder: stranger.person })).rejects.toThrow(KeyWithoutLease);
});

test('a lost key rests and comes back; the last way in of an entitled household stays', async () => {
  const home = await town.house('2027-09-01', '2028-08-31');
  await town.settle();
  const [main] = await keysOf(home);
  await expect(town.keys.freeze(town.clerk, main?.id ?? '', '丢失')).rejects.toThrow(LastKey);
  await expect(town.keys.revoke(town.clerk, main?.id ?? '', '丢失')).rejects.toThrow(LastKey);
  const wish = { house: home.house.id, holder: home.person, kind: 'card', pattern: 'lasting', label: '门卡' } as const;
  const card = await town.keys.issue(town.clerk, { ...wish, credential: '0A1B2C3D' });
  await town.settle();
  const shown = () => town.show(home.lock, 'card', '0A1B2C3D');
  expect(shown()).toBe(true);
  await town.keys.freeze(town.clerk, card.key, '丢失');
  await town.settle();
  expect([shown(), (await town.keys.get(town.clerk, card.key)).state]).toEqual([false, 'frozen']);
  await town.keys.unfreeze(town.clerk, card.key, '找到');
  await town.settle();
  expect(shown()).toBe(true);
  await town.keys.revoke(town.clerk, card.key, '更换');
  await town.settle();
  expect([shown(), town.lockOf(home.lock).grants.length]).toEqual([false, 1]);
});

test('who handed the house over opens nothing there any more; taken back, the same key opens', async () => {
  const home = await town.house('2027-09-01', '2028-08-31');
  await town.settle();
  const pin = await pinOf(home);
  const paper = {
    household: home.household,
    house: home.house.id,
    ground: 'handed-over',
    document: '交房单 12',
  } as const;
  await town.keys.close(town.clerk, paper);
  await town.settle();
  expect([town.show(home.lock, 'pin', pin), town.show(town.gate, 'pin', pin)]).toEqual([false, false]);
  expect(town.lockOf(home.lock).leave(platform.clock.now().getTime())).toBe(true);
  await town.keys.reopen(town.clerk, home.household, '登记错误');
  await town.settle();
  expect(town.show(home.lock, 'pin', pin)).toBe(true);
});

test('a lock that forgot what it was told is told again; one put in later gets the keys of the house', async () => {
  const home = await town.house('2027-09-01', '2028-08-31');
  await town.settle();
  const second = await town.fit('lock', home.house.id);
  await town.settle();
  expect(town.lockOf(second).grants).toHaveLength(1);
  const [key] = await keysOf(home);
  await platform.owner.query(`update doorkeys.slot set confirmed_no = 0 where key = $1`, [key?.id]);
  town.lockOf(second).call('revokeGrant', { id: key?.id });
  await town.settle();
  expect((await town.keys.get(town.clerk, key?.id ?? '')).locks.find(({ thing }) => thing === second.id)).toMatchObject(
    {
      ...{ confirmed: false, failure: 'read-back' },
    },
  );
  platform.clock.pass(120);
  await town.settle();
  expect([town.lockOf(second).grants.length, (await town.keys.get(town.clerk, key?.id ?? '')).state]).toEqual([
    1,
    'working',
  ]);
});
