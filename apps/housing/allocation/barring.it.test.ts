import type { EligibilityService } from '@keystead/apps/housing/eligibility';
import { startTown, type Town } from '@keystead/apps/housing/testing';
import type { CasesService } from '@keystead/apps/work/cases';
import type { Actor } from '@keystead/contracts/access';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allocation } from './index.ts';

type Family = Awaited<ReturnType<Town['family']>>;

let town: Town;
let eligibility: EligibilityService;
let decider: Actor;
let other: Actor;

beforeAll(async () => {
  town = await startTown(allocation);
  const { platform, ask, clerk, lessor } = town;
  eligibility = platform.services.eligibility as EligibilityService;
  const rights = ['eligibility:read', 'eligibility:write', 'eligibility:decide', 'case:read', 'case:write'];
  [decider, other] = [platform.actor(...rights), platform.actor(...rights)];
  expect((await ask('PUT', '/move-ins/lessor', clerk, { party: lessor.id })).status).toBe(204);
});
afterAll(() => town?.platform.stop());

/** A decision after its hearing about somebody who has no home yet. */
async function barred({ household }: Family) {
  const cases = town.platform.services.cases as CasesService;
  const { id } = await cases.open(decider, { kind: 'violation', title: '骗租线索', placeId: town.building.id });
  for (const { id: item, text } of (await cases.get(decider, id)).items)
    if (/核实|告知|陈述/.test(text)) await cases.tick(decider, id, item, true, undefined);
  const wish = { household, hearing: id, ground: 'fraud', reason: '隐瞒房产', fine: 0 } as const;
  const sanction = await eligibility.sanctions.impose(decider, wish);
  await town.platform.drain();
  return { ...sanction, code: `CF${String(sanction.number).padStart(8, '0')}` };
}
async function lifted({ id }: { id: string }, tenant: Actor): Promise<void> {
  await eligibility.own.appealSanction(tenant, id, '房产已出售');
  await eligibility.sanctions.answer(other, id, { upheld: false, answer: '属实，撤销' });
  await town.platform.drain();
}
/** Households that wait, each a second later than the one before. */
async function waiting(count: number): Promise<Family[]> {
  const families: Family[] = [];
  for (let at = 0; at < count; at++) {
    const family = await town.family();
    await town.approve(family.household);
    town.platform.clock.pass(1);
    families.push(family);
  }
  return families;
}
/** A plan by time waited, in which all of them may choose now. */
async function choosing(families: readonly Family[], houses: number) {
  const { ask, clerk, platform } = town;
  const ids = [];
  for (let at = 0; at < houses; at++) ids.push(await town.house());
  const { body: plan } = await ask('POST', '/allocation/plans', clerk, {
    ...{ name: '按轮候配租', placeId: town.project.id, ranking: 'queue', slotMinutes: 1, houses: ids },
    intentUntil: new Date(platform.clock.now().getTime() + 1000).toISOString(),
  });
  const at = `/allocation/plans/${plan.id}`;
  await ask('POST', `${at}/announcement`, clerk);
  for (const { tenant } of families) await ask('PUT', `/own-allocation/plans/${plan.id}`, tenant);
  platform.clock.pass(2);
  await ask('POST', `${at}/commitment`, clerk);
  await ask('POST', `${at}/draw`, clerk, { choosingFrom: platform.clock.now().toISOString() });
  platform.clock.pass(600);
  const choose = (tenant: Actor, house = '') =>
    ask('POST', `/own-allocation/plans/${plan.id}/choice`, tenant, { house });
  return { id: plan.id as string, at, houses: ids, choose };
}
const turnsOf = async ({ tenant }: Family) => (await town.ask('GET', '/own-allocation/turns', tenant)).body;
const intentOf = async (plan: string, { household }: Family) =>
  (await town.ask('GET', `/allocation/plans/${plan}`, town.clerk)).body.intents.find(
    (each: { household: string }) => each.household === household,
  );
const journal = async (entry: string) =>
  (
    await town.platform.owner.query(
      `select action, place, detail::json->>'sanction' as code from audit.line where subject = $1 and action in ('allocation.bar', 'allocation.restore')
       order by at, id`,
      [`waiting-entry:${entry}`],
    )
  ).rows;

test(
  clause(
    'H-9.2.3-c',
    'a decision ends the place on the list and what the household wants of a plan; when it is lifted both are given back with the old date',
  ),
  async () => {
    const [first, second] = (await waiting(2)) as [Family, Family];
    const plan = await choosing([first, second], 2);
    const before = await turnsOf(first);
    expect(before).toMatchObject({ entry: { state: 'waiting', endedBy: null } });
    const sanction = await barred(first);

    const during = await turnsOf(first);
    expect(during).toMatchObject({ position: null, entry: { state: 'cancelled', endedBy: sanction.code } });
    expect(await intentOf(plan.id, first)).toMatchObject({ state: 'ended', rank: 1, house: null });
    expect((await plan.choose(first.tenant, plan.houses[0])).body.type).toContain('allocation-plan-step-refused');
    expect(await turnsOf(second)).toMatchObject({ position: before.position, entry: { endedBy: null } });

    await lifted(sanction, first.tenant);
    const after = await turnsOf(first);
    expect(after).toMatchObject({
      position: before.position,
      entry: { id: before.entry.id, state: 'waiting', since: before.entry.since, endedBy: null },
    });
    expect((await turnsOf(second)).position).toBe(before.position + 1);
    expect((await plan.choose(first.tenant, plan.houses[0])).body).toMatchObject({ state: 'chosen' });
    expect((await town.ask('GET', plan.at, town.clerk)).body.faults).toEqual([]);
    const place = town.building.path;
    expect(await journal(before.entry.id)).toEqual([
      { action: 'allocation.bar', place, code: sanction.code },
      { action: 'allocation.restore', place, code: sanction.code },
    ]);
    const there = town.platform.actorAt(['zz/'], 'allocation:read');
    expect((await town.ask('GET', '/allocation/waiting', there)).body).toEqual([]);
  },
);

test(
  clause('H-9.2.1-a', 'a way into a chosen house that is cancelled gives the place and the house back'),
  async () => {
    const { ask, clerk } = town;
    const [first, second] = (await waiting(2)) as [Family, Family];
    const plan = await choosing([first, second], 2);
    const [house = '', rest = ''] = plan.houses;
    const before = await turnsOf(first);
    const { process } = (await plan.choose(first.tenant, house)).body;
    expect(await turnsOf(first)).toMatchObject({ entry: { state: 'allocated' } });
    await ask('POST', `/move-ins/${process}/cancellation`, clerk, { reason: '住户改变主意' });
    await town.platform.drain();
    expect(await turnsOf(first)).toMatchObject({
      position: before.position,
      entry: { id: before.entry.id, state: 'waiting', since: before.entry.since, endedBy: null },
    });
    expect(await intentOf(plan.id, first)).toMatchObject({ state: 'intended', house: null });
    expect((await plan.choose(second.tenant, house)).body).toMatchObject({ state: 'chosen' });
    expect((await plan.choose(first.tenant, rest)).body).toMatchObject({ state: 'chosen' });
    expect((await ask('GET', plan.at, clerk)).body.faults).toEqual([]);
  },
);

test(
  clause('H-9.2.1-a', 'a house that was chosen and not signed for is free again, and the next of the plan takes it'),
  async () => {
    const { ask, clerk } = town;
    const families = (await waiting(3)) as [Family, Family, Family];
    const [first, second, signs] = families;
    const plan = await choosing(families, 2);
    const [house = '', kept = ''] = plan.houses;
    const { process } = (await plan.choose(first.tenant, house)).body;
    await ask('POST', `/move-ins/${process}/contract`, clerk, {});
    expect((await plan.choose(second.tenant, house)).body.type).toContain('house-taken');
    // Who signed has a lease: it ends as leases end.
    const mine = (await plan.choose(signs.tenant, kept)).body;
    const { lease } = (await ask('POST', `/move-ins/${mine.process}/contract`, clerk, {})).body;
    for (const [role, party] of [
      ['tenant', signs.household],
      ['lessor', town.lessor.id],
    ]) {
      const { digest } = (await ask('GET', `/leases/${lease}`, clerk)).body;
      await ask('POST', `/leases/${lease}/signatures`, clerk, {
        ...{ role, party, digest, identityCheck: 'counter', consent: '同意' },
      });
    }

    const sanction = await barred(first);
    expect((await ask('GET', `/move-ins/${process}`, clerk)).body).toMatchObject({
      process: { state: 'cancelled' },
      lease: { state: 'void' },
    });
    expect((await turnsOf(first)).entry).toMatchObject({ state: 'cancelled', endedBy: sanction.code });
    expect(await town.stateOf(house)).toBe('allocatable');
    expect((await plan.choose(second.tenant, house)).body).toMatchObject({ state: 'chosen', house });
    expect(await intentOf(plan.id, signs)).toMatchObject({ state: 'chosen', house: kept });
    expect((await turnsOf(signs)).entry).toMatchObject({ state: 'allocated', endedBy: null });

    // Its house is gone, its place is not.
    await lifted(sanction, first.tenant);
    expect((await turnsOf(first)).entry).toMatchObject({ state: 'waiting', endedBy: null });
    expect(await intentOf(plan.id, first)).toMatchObject({ state: 'intended', house: null, process: null });
  },
);

test('while another decision holds nothing is given back, nobody is put on the list by hand, and time ends it', async () => {
  const { ask, clerk, platform } = town;
  const [family] = (await waiting(1)) as [Family];
  const [one, two] = [await barred(family), await barred(family)];
  const entry = async () => (await turnsOf(family)).entry;
  expect(await entry()).toMatchObject({ state: 'cancelled', endedBy: one.code });
  await lifted(one, family.tenant);
  expect(await entry()).toMatchObject({ state: 'cancelled', endedBy: two.code });
  const enter = () => ask('POST', '/allocation/waiting', clerk, { household: family.household, reason: '转入' });
  expect((await enter()).body).toMatchObject({ type: expect.stringContaining('household-barred'), status: 409 });
  await lifted(two, family.tenant);
  expect(await entry()).toMatchObject({ state: 'waiting', endedBy: null });

  const third = await barred(family);
  platform.clock.set(new Date(third.barredUntil.getTime() + 1000).toISOString());
  expect(await entry()).toMatchObject({ state: 'cancelled', endedBy: third.code });
  expect((await enter()).status).toBe(201);
  expect(await entry()).toMatchObject({ state: 'waiting', endedBy: null });
});
