import { type AlarmsService, alarms } from '@keystead/apps/work/alarms';
import { type CasesService, cases } from '@keystead/apps/work/cases';
import type { Actor } from '@keystead/contracts/access';
import { alarmChanged } from '@keystead/contracts/events/alarms';
import type { ThingsService } from '@keystead/data/things';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

let platform: TestPlatform;
let desk: AlarmsService;
let work: CasesService;
let keeper: Actor;
/** Whatever would be told to people. */
const warnings: string[] = [];
let batch = 0;
let lock: { id: string; number: number };

beforeAll(async () => {
  platform = await startPlatform(alarms, cases);
  desk = platform.services.alarms as AlarmsService;
  work = platform.services.cases as CasesService;
  keeper = platform.actor('alarm:read', 'case:read', 'case:handle', 'case:assign', 'case:confirm', 'thing:write');
  const registry = platform.services.things as ThingsService;
  lock = await registry.create(keeper, { code: 'L-1', name: '门锁', family: 'lock' });
  platform.kernel.bus.on(alarmChanged, 'test.warnings', async ({ payload: { change, title } }) => {
    if (title.en === 'Battery low' && ['raised', 'reactivated', 'escalated'].includes(change)) warnings.push(change);
  });
  await desk.engine.start();
});
afterAll(() => platform.stop());

const batteryKey = 100;

async function battery(level: number, after = 1_800): Promise<void> {
  platform.clock.pass(after);
  const time = platform.clock.now().getTime() * 1_000;
  const message = { thing: lock.number, time, keys: [batteryKey], values: [level], qualities: [0] };
  await desk.engine.take({ gateway: 1, batch: ++batch, received: time, messages: [message], events: [] });
  await desk.engine.tick();
  await platform.drain();
}

const orders = async () => (await work.list(keeper, { subject: `thing:${lock.id}` }, { limit: 50 })).items;

test(
  clause('H-6.5-c-2', 'a battery below its limit: one warning and one order; bouncing for a day brings no other'),
  async () => {
    await battery(60);
    await battery(21);
    expect([warnings.length, await orders()]).toEqual([0, []]);
    await battery(19);
    expect(warnings.length).toBe(1);
    const [order, ...more] = await orders();
    expect([order?.kind, order?.state, more]).toEqual(['device-fault', 'new', []]);
    // Up and down over both limits, every half hour of a day.
    for (let n = 0; n < 47; n++) await battery(n % 2 === 0 ? 26 : 18);
    expect([warnings.length, (await orders()).length]).toEqual([1, 1]);
  },
);

test(clause('H-6.5-c-2', 'the next battery that gets low is told of again, with an order of its own'), async () => {
  const [order] = await orders();
  await work.take(keeper, order?.id ?? '', 'assign', { assignee: keeper.id });
  await work.take(keeper, order?.id ?? '', 'start', {});
  await work.take(keeper, order?.id ?? '', 'finish', { note: '已换电池' });
  await work.take(keeper, order?.id ?? '', 'confirm', {});
  await work.take(keeper, order?.id ?? '', 'close', {});
  await battery(100);
  for (let day = 0; day < 30; day++) await battery(95 - day, 86_400);
  expect(warnings.length).toBe(1);
  await battery(15, 86_400);
  await battery(14);
  expect([warnings.length, (await orders()).length]).toEqual([2, 2]);
});
