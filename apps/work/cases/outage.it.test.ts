import { alarmChanged } from '@keystead/contracts/events/alarms';
import type { EventType, Payload } from '@keystead/contracts/events/define';
import { thingOnlineChanged } from '@keystead/contracts/events/things';
import { newId } from '@keystead/contracts/ids';
import { defineModule } from '@keystead/kernel/module';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CasesService } from './cases.ts';
import { installCases } from './module.ts';

const families = new Map<string, string>();
const cases = defineModule({
  name: 'cases',
  files: import.meta.dirname,
  setup: (kernel) =>
    installCases(kernel, {
      things: {
        factsOf: async (_tx, _organisation, id) => ({ name: id.slice(-4), family: families.get(id) ?? 'lock' }),
      },
      // The second segment of a path is the building.
      grounds: { groundOf: async (_tx, _organisation, place) => `${place.split('/').slice(0, 2).join('/')}/` },
    }),
});

let platform: TestPlatform;
let desk: CasesService;
let building = 0;
let here: string;

beforeAll(async () => {
  platform = await startPlatform(cases);
  desk = platform.services.cases as CasesService;
});
afterAll(() => platform.stop());
beforeEach(() => {
  here = `1/${++building}/`;
});

async function happen<E extends EventType>(event: E, payload: Payload<E>, place: string): Promise<void> {
  const where = { organisation: platform.organisation, place };
  await platform.db.systemTransaction((tx) => platform.kernel.outbox.add(tx, event, where, payload));
  await platform.drain();
}

async function online(id: string, to: 'online' | 'offline', place = `${here}7/`): Promise<void> {
  const from = to === 'offline' ? 'online' : 'offline';
  const since = platform.clock.now().toISOString();
  await happen(thingOnlineChanged, { id, code: id.slice(-4), from, to, since }, place);
}

const alarm = (id: string, change: string, thing: string, group?: Payload<typeof alarmChanged>['group']) =>
  happen(
    alarmChanged,
    {
      id,
      change,
      severity: 3,
      condition: change === 'cleared' ? 'cleared' : 'active',
      handling: 'new',
      rule: 'battery',
      title: { zh: '电池电量低', en: 'Battery low' },
      transferLevel: 1,
      suppressed: false,
      subject: { kind: 'thing', id: thing, code: 'L-1', name: '门锁' },
      ...(group ? { group } : {}),
    },
    here,
  );

async function later(seconds: number): Promise<void> {
  platform.clock.pass(seconds);
  const job = platform.kernel.jobs.known.find((each) => each.name === 'cases.open-due');
  if (job) await platform.kernel.jobs.runNow(job, {});
  await platform.drain();
}

const reader = () => platform.actor('case:read');
const orders = async () => (await desk.list(reader(), { place: here }, { limit: 50 })).items;

describe('things of one building that fall silent together', () => {
  test(clause('G-scene-alarm', 'are named in one order, which ends when the last of them is back'), async () => {
    const things = Array.from({ length: 20 }, () => newId());
    for (const thing of things) await online(thing, 'offline');
    await later(3660);
    const [order, ...others] = await orders();
    expect(others).toEqual([]);
    const file = await desk.get(reader(), order?.id ?? '');
    expect(file.subjects.map((each) => each.id).sort()).toEqual([...things].sort());
    for (const thing of things.slice(1)) await online(thing, 'online');
    expect(await orders()).toMatchObject([{ state: 'new' }]);
    await online(things[0] ?? '', 'online');
    expect((await desk.get(reader(), order?.id ?? '')).row.state).toBe('closed');
  });

  test('in another building, at another time, or more urgent, get an order of their own', async () => {
    const [ordinary, late, urgent] = [newId(), newId(), newId()];
    families.set(urgent, 'smoke-detector');
    const there = `1/${building + 100}/`;
    await online(ordinary, 'offline');
    await online(newId(), 'offline', there);
    await later(1800);
    await online(late, 'offline');
    await later(1860);
    await online(urgent, 'offline');
    await later(3600);
    expect(await orders()).toHaveLength(3);
  });

  test('what is urgent takes the ordinary along', async () => {
    const [urgent, ordinary] = [newId(), newId()];
    families.set(urgent, 'smoke-detector');
    await online(urgent, 'offline');
    expect(await orders()).toHaveLength(1);
    await online(ordinary, 'offline');
    await later(3660);
    expect(await orders()).toHaveLength(1);
  });

  test('an order reported done takes nobody in any more', async () => {
    const [first, second] = [newId(), newId()];
    await online(first, 'offline');
    platform.clock.pass(60);
    await online(second, 'offline');
    await later(3541);
    const [order] = await orders();
    const worker = platform.actor('case:read', 'case:handle', 'case:assign');
    await desk.take(worker, order?.id ?? '', 'assign', { assignee: worker.id });
    await desk.take(worker, order?.id ?? '', 'start', {});
    await online(first, 'online');
    await later(60);
    expect((await orders()).map((each) => each.state).sort()).toEqual(['done', 'new']);
  });
});

describe('an alarm under another', () => {
  const group = () => ({ id: newId(), lead: newId(), member: true });

  test('opens nothing, until it is released', async () => {
    const [id, thing, under] = [newId(), newId(), group()];
    await alarm(id, 'raised', thing, under);
    expect(await orders()).toEqual([]);
    await alarm(id, 'released', thing, { ...under, member: false });
    expect(await orders()).toMatchObject([{ kind: 'device-fault', source: 'alarm' }]);
  });

  test('that came under it before its case was due opens none', async () => {
    await platform.owner.query(`update cases.rule set delay = 600 where source = 'alarm' and position = 50`);
    const [id, thing] = [newId(), newId()];
    await alarm(id, 'raised', thing);
    await alarm(id, 'grouped', thing, group());
    await later(700);
    expect(await orders()).toEqual([]);
    await platform.owner.query(`update cases.rule set delay = 0 where source = 'alarm' and position = 50`);
  });
});
