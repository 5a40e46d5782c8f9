import { InputInvalid } from '@keystead/contracts/problem';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { doorkeys } from './index.ts';
import { KeyMissing, KeysHeld } from './key.ts';
import { type Community, openCommunity } from './testing/community.ts';

let platform: TestPlatform;
let town: Community;
beforeAll(async () => {
  platform = await startPlatform(doorkeys);
  town = await openCommunity(platform);
});
afterAll(() => platform?.stop());

const inHours = (hours: number): Date => new Date(platform.clock.now().getTime() + hours * 3_600_000);

test(clause('H-10.2-a', 'a household lets a guest in once by itself, within three days, five at a time'), async () => {
  const home = await town.house();
  await town.settle();
  const { guest } = town.keys.ofHome;
  await expect(guest(home.account, { label: '表哥', until: inHours(80) })).rejects.toThrow(InputInvalid);
  const { credential } = await guest(home.account, { label: '表哥', until: inHours(24) });
  await town.settle();
  const shown = () => town.show(home.lock, 'pin', credential ?? '');
  expect([shown(), shown()]).toEqual([true, false]);
  for (let more = 0; more < 4; more++) await guest(home.account, { label: `客人${more}`, until: inHours(2) });
  await expect(guest(home.account, { label: '太多', until: inHours(2) })).rejects.toThrow(KeysHeld);
});

test(
  clause('H-10.2-b', 'a guest key and the log of a door are there for their own household and for nobody else'),
  async () => {
    const [home, other] = [await town.house(), await town.house()];
    await town.settle();
    const { key, credential } = await town.keys.ofHome.guest(home.account, { label: '外甥', until: inHours(2) });
    await town.settle();
    await expect(town.keys.ofHome.endGuest(other.account, key)).rejects.toThrow(KeyMissing);
    town.show(home.lock, 'pin', credential ?? '');
    await town.tell(home.lock, town.lockOf(home.lock).log);
    const [mine, theirs] = [await town.keys.ofHome.uses(home.account), await town.keys.ofHome.uses(other.account)];
    expect([mine.map(({ event, label }) => [event, label]), theirs]).toEqual([[['unlocked', '外甥']], []]);
    const lasting = (await town.keys.own(home.account)).find(({ pattern }) => pattern !== 'once');
    await expect(town.keys.ofHome.endGuest(home.account, lasting?.id ?? '')).rejects.toThrow(KeyMissing);
  },
);
