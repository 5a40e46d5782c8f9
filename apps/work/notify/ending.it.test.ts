import { alarmChanged } from '@keystead/contracts/events/alarms';
import type { Payload } from '@keystead/contracts/events/define';
import { newId } from '@keystead/contracts/ids';
import { defineModule } from '@keystead/kernel/module';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { installNotify } from './module.ts';
import type { NotifyService } from './notify.ts';
import type { PersonalChannel, RuleDefinition } from './rule.ts';
import { channelSecrets } from './secrets.ts';
import { directory, type Person, person } from './testing/directory.ts';

const people: Person[] = ['a', 'b', 'c'].map((name) => person(name, 'alarm:handle'));

const module = defineModule({
  name: 'notify',
  files: import.meta.dirname,
  setup: (kernel) => installNotify(kernel, channelSecrets('unused'), directory(people)),
});

let platform: TestPlatform;
let service: NotifyService;

beforeAll(async () => {
  platform = await startPlatform(module);
  service = platform.services.notify as NotifyService;
});
afterAll(() => platform.stop());
beforeEach(() => clear());

const admin = () => platform.actor('notify:write');

async function clear(): Promise<void> {
  const actor = admin();
  for (const rule of await service.rules(actor)) await service.removeRule(actor, rule.id);
}

const rule = (more: Partial<RuleDefinition>) =>
  service.addRule(admin(), {
    name: 'r',
    enabled: true,
    definition: {
      triggers: ['alarm.raised', 'alarm.escalated'],
      severity: { from: 1, to: 4 },
      place: '',
      audience: { users: [], roles: [], permission: 'alarm:handle', assignee: false },
      channels: ['in-app', 'sms'],
      webhooks: [],
      ...more,
    },
  });

async function settle(): Promise<void> {
  await platform.drain();
  await service.sendDue();
  await platform.drain();
}

type Group = Payload<typeof alarmChanged>['group'];

async function change(id: string, what: string, severity = 2, group?: Group, place = '1/'): Promise<void> {
  await platform.db.systemTransaction((tx) =>
    platform.kernel.outbox.add(
      tx,
      alarmChanged,
      { organisation: platform.organisation, place },
      {
        id,
        change: what,
        severity,
        condition: what === 'cleared' ? 'cleared' : 'active',
        handling: 'new',
        rule: 'r',
        title: { zh: '漏水', en: 'Leak' },
        transferLevel: 3,
        suppressed: false,
        subject: { kind: 'thing', id: newId(), code: 'L', name: '地下室' },
        ...(group ? { group } : {}),
      },
    ),
  );
  await settle();
}

/** Who got what about an alarm, in the order it went: `raised sms a`. */
async function told(id: string): Promise<string[]> {
  const { rows } = await platform.owner.query(
    `select trigger, channel, receiver_name from notify.delivery where about_id = $1 and state = 'sent' order by sent_at, phase = 'close', created_at`,
    [id],
  );
  return rows.map((row) => `${row.trigger.replace('alarm.', '')} ${row.channel} ${row.receiver_name}`);
}

const endingsOf = (lines: readonly string[]) => lines.filter((line) => line.startsWith('cleared')).sort();

describe('the end of an alarm', () => {
  test('comes to whoever was told, once, although the rules and the people changed in between', async () => {
    await rule({});
    const id = newId();
    await change(id, 'raised');
    await clear();
    await rule({ audience: { users: [people[2]?.id ?? ''], roles: [], assignee: false }, channels: ['in-app'] });
    const gone = people.splice(0, 1);
    await change(id, 'cleared');
    await change(id, 'cleared');
    people.unshift(...gone);
    expect(endingsOf(await told(id))).toEqual([
      'cleared in-app a',
      'cleared in-app b',
      'cleared in-app c',
      'cleared sms b',
      'cleared sms c',
    ]);
  });

  test('is told again when the alarm came back and ended again', async () => {
    await rule({ channels: ['in-app'] });
    const id = newId();
    for (const what of ['raised', 'cleared', 'reactivated', 'cleared']) await change(id, what);
    expect(endingsOf(await told(id))).toHaveLength(6);
  });

  test('includes those who heard of it only when it grew worse', async () => {
    await rule({ severity: { from: 1, to: 1 }, channels: ['in-app'] });
    const id = newId();
    await change(id, 'raised', 3);
    await change(id, 'escalated', 1);
    await change(id, 'cleared', 1);
    expect(await told(id)).toHaveLength(6);
  });

  test('wakes nobody at night who was not woken by the beginning', async () => {
    platform.clock.set('2026-07-01T15:00:00Z'); // 23:00 in Shanghai
    await rule({ channels: ['sms'], quiet: { from: '22:00', to: '07:00' } });
    const [short, long, grave] = [newId(), newId(), newId()];
    await change(short, 'raised');
    await change(long, 'raised');
    await change(grave, 'raised', 1);
    await change(short, 'cleared');
    expect(await told(grave)).toHaveLength(3);
    platform.clock.set('2026-07-01T23:00:00Z'); // 07:00
    await settle();
    await change(long, 'cleared');
    expect([(await told(short)).length, (await told(long)).length]).toEqual([0, 6]);
  });

  test('a hundred things of one rule within its throttle make two messages to each person', async () => {
    await rule({ channels: ['sms'], throttle: { seconds: 300, per: 'rule' } });
    const before = (await service.smsOutbox(admin(), 500)).length;
    const ids = Array.from({ length: 100 }, () => newId());
    for (const id of ids) await change(id, 'raised');
    platform.clock.pass(300);
    await settle();
    const texts = await service.smsOutbox(admin(), 500);
    expect(texts.length - before).toBe(6);
    expect(texts[0]?.text).toContain('99 条通知');
    await change(ids[50] ?? '', 'cleared');
    expect(endingsOf(await told(ids[50] ?? ''))).toHaveLength(3);
  }, 60_000);
});

describe('alarms under one lead', () => {
  test(
    clause(
      'G-scene-alarm',
      'are told to each person once, of the first within his reach, and end for those who were told',
    ),
    async () => {
      const unit = person('unit-2', 'alarm:handle', { place: '1/2/' });
      people.push(unit);
      await rule({ channels: ['in-app'] });
      const [lead, first, second] = [newId(), newId(), newId()];
      const group = { id: newId(), lead, member: true };
      await change(lead, 'raised', 2, undefined, '1/1/');
      await change(first, 'raised', 2, group, '1/2/');
      await change(second, 'raised', 2, group, '1/2/');
      expect(await told(lead)).toHaveLength(3);
      expect(await told(first)).toEqual(['raised in-app unit-2']);
      expect(await told(second)).toEqual([]);
      await change(second, 'released', 1, { ...group, member: false }, '1/2/');
      expect(await told(second)).toHaveLength(4);
      for (const id of [lead, first, second]) await change(id, 'cleared', 2, group, '1/2/');
      people.pop();
      expect(endingsOf([...(await told(lead)), ...(await told(first)), ...(await told(second))])).toHaveLength(8);
    },
  );
});

describe('any course of alarms, rules and time', () => {
  const act = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('change' as const),
        what: fc.constantFrom('raised', 'escalated', 'cleared', 'reactivated'),
        of: fc.nat(2),
        severity: fc.integer({ min: 1, max: 4 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 40_000 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('rule' as const),
        who: fc.nat(2),
        channel: fc.constantFrom<PersonalChannel>('in-app', 'sms'),
        quiet: fc.boolean(),
        throttle: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const) }) },
  );

  test(clause(
    'I-5.1-d-0',
    'whoever was told of a beginning is told of its end exactly once, and nobody else is',
  ), async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
        await clear();
        await rule({ quiet: { from: '22:00', to: '07:00' }, throttle: { seconds: 600, per: 'rule' } });
        const alarms = [newId(), newId(), newId()];
        for (const each of acts) {
          if (each.do === 'pass') platform.clock.pass(each.seconds);
          else if (each.do === 'clear') await clear();
          else if (each.do === 'rule')
            await rule({
              audience: { users: [people[each.who]?.id ?? ''], roles: [], assignee: false },
              channels: [each.channel],
              ...(each.quiet ? { quiet: { from: '20:00', to: '09:00' } } : {}),
              ...(each.throttle ? { throttle: { seconds: 900, per: 'subject' } } : {}),
            });
          else await change(alarms[each.of] ?? '', each.what, each.severity);
        }
        for (const id of alarms) await change(id, 'cleared');
        for (let day = 0; day < 3; day++) {
          platform.clock.pass(43_200);
          await settle();
        }
        const { rows } = await platform.owner.query(
          `select about_id, episode, channel, receiver,
               bool_or(phase <> 'close' and state = 'sent') as told,
               count(*) filter (where phase = 'close' and state = 'sent')::int as ended,
               count(*) filter (where state = 'queued')::int as waiting
             from notify.delivery where about_id = any($1) group by 1, 2, 3, 4`,
          [alarms],
        );
        for (const row of rows) {
          expect(row.waiting).toBe(0);
          expect(row.ended).toBe(row.told ? 1 : 0);
        }
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});
