import { alarmChanged } from '@keystead/contracts/events/alarms';
import type { Payload } from '@keystead/contracts/events/define';
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
        factsOf: async (_tx, _organisation, id) => {
          const family = families.get(id);
          return family === undefined ? undefined : { name: '烟感 1', family };
        },
      },
    }),
});

let platform: TestPlatform;
let desk: CasesService;
const minute = 60;

beforeAll(async () => {
  platform = await startPlatform(cases);
  desk = platform.services.cases as CasesService;
});
afterAll(() => platform.stop());

async function runJob(name: string): Promise<void> {
  const job = platform.kernel.jobs.known.find((each) => each.name === name);
  if (!job) throw new Error(name);
  await platform.kernel.jobs.runNow(job, {});
}

const where = (place = '1/2/') => ({ organisation: platform.organisation, place });
const add = <E extends typeof alarmChanged | typeof thingOnlineChanged>(
  event: E,
  payload: Payload<E>,
  place?: string,
) => platform.db.systemTransaction((tx) => platform.kernel.outbox.add(tx, event, where(place), payload));

async function online(id: string, to: 'online' | 'offline', since = platform.clock.now()): Promise<void> {
  const from = to === 'offline' ? 'online' : 'offline';
  await add(thingOnlineChanged, { id, code: `M-${id.slice(-4)}`, from, to, since: since.toISOString() });
  await platform.drain();
}

async function alarm(id: string, change: string, thing: string, more: Partial<Payload<typeof alarmChanged>> = {}) {
  await add(alarmChanged, {
    id,
    change,
    severity: 3,
    condition: change === 'cleared' ? 'cleared' : 'active',
    handling: 'new',
    rule: 'packet-loss',
    title: { zh: '丢包率超限', en: 'Packet loss' },
    transferLevel: 2,
    suppressed: false,
    subject: { kind: 'thing', id: thing, code: 'M-1', name: '12 号水表' },
    ...more,
  });
  await platform.drain();
}

const about = async (thing: string) => {
  const actor = platform.actor('case:read');
  const { items } = await desk.list(actor, { subject: `thing:${thing}` }, { limit: 50 });
  return items;
};

async function tickUntil(seconds: number): Promise<void> {
  platform.clock.pass(seconds);
  await runJob('cases.open-due');
  await platform.drain();
}

describe('a silent thing', () => {
  let thing: string;
  beforeEach(() => {
    thing = newId();
  });

  test(
    clause('H-7.1-c-3', '59 minutes of silence open nothing, 61 open exactly one order, and coming back closes it'),
    async () => {
      await online(thing, 'offline');
      await tickUntil(59 * minute);
      expect(await about(thing)).toEqual([]);
      await tickUntil(2 * minute);
      await runJob('cases.open-due');
      const [order, ...others] = await about(thing);
      expect(others).toEqual([]);
      expect(order).toMatchObject({ kind: 'device-fault', state: 'new', source: 'offline', place: '1/2/' });
      await online(thing, 'online');
      const file = await desk.get(platform.actor('case:read'), order?.id ?? '');
      expect(file.row.state).toBe('closed');
      expect(file.history.at(-1)).toMatchObject({ step: 'recover', actorKind: 'system' });
      expect(file.history.at(-1)?.reason).toContain('已恢复在线');
    },
  );

  test(clause('H-7.1-c-3', 'one that comes back within the hour never gets an order'), async () => {
    await online(thing, 'offline');
    await tickUntil(59 * minute);
    await online(thing, 'online');
    await tickUntil(3600);
    expect(await about(thing)).toEqual([]);
  });

  test(
    clause('H-7.1-c-3', 'an order someone works on is reported done, not closed, when the thing comes back'),
    async () => {
      await online(thing, 'offline');
      await tickUntil(61 * minute);
      const [order] = await about(thing);
      const worker = platform.actor('case:read', 'case:handle', 'case:assign');
      await desk.take(worker, order?.id ?? '', 'assign', { assignee: worker.id });
      await desk.take(worker, order?.id ?? '', 'start', {});
      await online(thing, 'online');
      expect(await about(thing)).toMatchObject([{ state: 'done' }]);
    },
  );

  test('the hour counts from when the thing fell silent, also when the news comes late', async () => {
    await online(thing, 'offline', new Date(platform.clock.now().getTime() - 61 * minute * 1000));
    expect(await about(thing)).toHaveLength(1);
  });

  test('the same news told again, and old news told late, change nothing', async () => {
    const fell = platform.clock.now();
    await online(thing, 'offline', fell);
    await tickUntil(30 * minute);
    await online(thing, 'offline', fell);
    await tickUntil(31 * minute);
    await online(thing, 'offline', fell);
    expect(await about(thing)).toHaveLength(1);
  });

  test('a second silence after the first order was closed opens a second order', async () => {
    for (const _round of [1, 2]) {
      await online(thing, 'offline');
      await tickUntil(61 * minute);
      await online(thing, 'online');
      platform.clock.pass(60);
    }
    expect((await about(thing)).map((each) => each.state)).toEqual(['closed', 'closed']);
  });
});

describe('silence and alarms together', () => {
  test(clause('H-7.1-c-3', 'a smoke detector waits for nothing: its silence opens an order at once'), async () => {
    const thing = newId();
    families.set(thing, 'smoke-detector');
    await online(thing, 'offline');
    expect(await about(thing)).toMatchObject([{ priority: 1, title: '烟感 1 离线' }]);
    const offlineAlarm = newId();
    await alarm(offlineAlarm, 'raised', thing, { severity: 2, rule: newId() });
    expect(await about(thing)).toHaveLength(1);
    await online(thing, 'online');
    expect(await about(thing)).toMatchObject([{ state: 'new' }]);
    await alarm(offlineAlarm, 'cleared', thing);
    expect(await about(thing)).toMatchObject([{ state: 'closed' }]);
  });

  test(clause('H-7.1-c-3', 'the alarm that a lock is silent does not bring its order forward'), async () => {
    const [lock, id] = [newId(), newId()];
    await online(lock, 'offline');
    await tickUntil(5 * minute);
    await alarm(id, 'raised', lock, { rule: newId() });
    await tickUntil(54 * minute);
    expect(await about(lock)).toEqual([]);
    await tickUntil(2 * minute);
    expect(await about(lock)).toMatchObject([{ source: 'offline' }]);
    await online(lock, 'online');
    await alarm(id, 'cleared', lock);
    expect(await about(lock)).toMatchObject([{ state: 'closed' }]);
  });

  test('a device that behaves as none should becomes a security case', async () => {
    const thing = newId();
    await alarm(newId(), 'raised', thing, { severity: 2, rule: 'platform:security:identity-reused' });
    expect(await about(thing)).toMatchObject([{ kind: 'security' }]);
  });
});

describe('an alarm', () => {
  test(
    clause('H-9.5.2-b-2', 'loss above its threshold makes one maintenance order, and later alarms join it'),
    async () => {
      const thing = newId();
      const [first, second] = [newId(), newId()];
      await alarm(first, 'raised', thing);
      await alarm(first, 'occurrence', thing);
      await alarm(first, 'escalated', thing, { severity: 2 });
      await alarm(second, 'raised', thing, { rule: 'voltage', title: { zh: '电压低', en: 'Low voltage' } });
      const found = await about(thing);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ kind: 'device-fault', source: 'alarm', title: '12 号水表：丢包率超限' });
      const file = await desk.get(platform.actor('case:read', 'case:handle'), found[0]?.id ?? '');
      expect(file.links.map((link) => link.target).sort()).toEqual([first, second].sort());
      expect(file.comments.map((each) => each.text)).toEqual(['同一对象再次出现：12 号水表：电压低']);
    },
  );

  test(clause('H-9.5.2-b-2', 'two alarms at the same moment in two workers still make one order'), async () => {
    const thing = newId();
    const payload = (id: string) => ({
      id,
      change: 'raised',
      severity: 2,
      condition: 'active',
      handling: 'new',
      rule: 'r',
      title: { zh: '异常', en: 'Odd' },
      transferLevel: 2,
      suppressed: false,
      subject: { kind: 'thing', id: thing, code: 'M', name: '表' },
    });
    const both = [newId(), newId()].map((id) => ({
      id: newId(),
      type: alarmChanged.type,
      organisation: platform.organisation,
      place: '1/',
      at: platform.clock.now().toISOString(),
      payload: payload(id),
    }));
    await Promise.all(
      both.map((event) => platform.db.systemTransaction((tx) => desk.reactions.alarmChanged(event, tx))),
    );
    expect(await about(thing)).toHaveLength(1);
  });

  test('work that was done is open again when the alarm returns before the case is closed', async () => {
    const thing = newId();
    await alarm(newId(), 'raised', thing);
    const [order] = await about(thing);
    const worker = platform.actor('case:read', 'case:handle', 'case:assign');
    await desk.take(worker, order?.id ?? '', 'assign', { assignee: worker.id });
    await desk.take(worker, order?.id ?? '', 'start', {});
    await desk.take(worker, order?.id ?? '', 'finish', { note: '已更换天线' });
    await alarm(newId(), 'raised', thing);
    expect(await about(thing)).toMatchObject([{ state: 'reopened', reopened: 1 }]);
  });

  test('clearing is said in the case; the work itself is ended by people', async () => {
    const [thing, id] = [newId(), newId()];
    await alarm(id, 'raised', thing);
    await alarm(id, 'cleared', thing);
    const [order] = await about(thing);
    const file = await desk.get(platform.actor('case:read', 'case:handle'), order?.id ?? '');
    expect(file.row.state).toBe('new');
    expect(file.comments.at(-1)?.text).toBe('告警已解除：12 号水表：丢包率超限');
  });

  test('a slight alarm and a silenced one open nothing', async () => {
    const thing = newId();
    await alarm(newId(), 'raised', thing, { severity: 4 });
    await alarm(newId(), 'raised', thing, { suppressed: true });
    expect(await about(thing)).toEqual([]);
  });

  test('a changed rule decides from the next alarm on, with its delay', async () => {
    const admin = platform.actor('case:read', 'system:write');
    const rules = await desk.rules(admin);
    const rule = rules.find((each) => each.position === 50);
    if (!rule) throw new Error('rule');
    const { id, version, ...kept } = rule;
    await desk.editRule(admin, id, version, { ...kept, kind: 'maintenance', delay: 600 });
    const [thing, first, second] = [newId(), newId(), newId()];
    await alarm(first, 'raised', thing);
    await tickUntil(9 * minute);
    await alarm(first, 'cleared', thing);
    await tickUntil(5 * minute);
    expect(await about(thing)).toEqual([]);
    await alarm(second, 'raised', thing);
    await tickUntil(10 * minute);
    expect(await about(thing)).toMatchObject([{ kind: 'maintenance' }]);
  });
});
