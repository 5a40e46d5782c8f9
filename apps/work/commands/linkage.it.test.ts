import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { commands } from './index.ts';
import type { LinkageDraft } from './linkage-rule.ts';
import { type CommandYard, openYard } from './testing.ts';

let yard: CommandYard<TestPlatform>;
let batch = 0;

const words = (zh: string) => ({ zh, en: zh });
const onOff = {
  type: 'object',
  properties: { on: { type: 'boolean' } },
  required: ['on'],
  additionalProperties: false,
};
const kind = (family: string, services: unknown[], events: string[] = []) => ({
  family,
  name: words(family),
  category: { function: 'smart-home', domain: 'housing', specification: family },
  authentication: 'secret',
  interval: 60,
  grace: 60,
  properties: [{ id: 'on', name: words('开'), type: 'boolean', access: 'r', transferLevel: 2, storeLevel: 2 }],
  events: events.map((id) => ({ id, name: words(id), transferLevel: 3, storeLevel: 2 })),
  services,
});
const plain = (id: string, input?: unknown, more = {}) => ({
  id,
  name: words(id),
  risk: 'normal',
  deadline: 15,
  ...(input ? { input } : {}),
  ...more,
});
const level = {
  type: 'object',
  properties: { value: { type: 'integer', minimum: 0, maximum: 100 } },
  required: ['value'],
};

beforeAll(async () => {
  yard = await openYard(await startPlatform(commands));
  await yard.model(kind('demo-lamp', [plain('switch', onOff), plain('dim', level)], ['switched']));
  await yard.model(kind('demo-cooler', [plain('switch', onOff), plain('setTemperature', level)]));
  await yard.model(kind('demo-curtain', [plain('move', level)]));
  await yard.model(kind('demo-camera', [plain('look', undefined, { risk: 'read' })], ['motion']));
});
afterAll(() => yard.stop());

beforeEach(async () => {
  await yard.deliver();
  yard.written.length = 0;
  const { service, author } = yard;
  for (const rule of await service.linkages.list(author)) await service.linkages.remove(author, rule.id);
  await service.linkage.refresh();
});

const draft = (more: Pick<LinkageDraft, 'trigger' | 'action'> & Partial<LinkageDraft>): LinkageDraft => ({
  name: '联动',
  place: '',
  enabled: true,
  perMinute: 30,
  ...more,
});

async function rule(more: Parameters<typeof draft>[0]) {
  const made = await yard.service.linkages.create(yard.author, draft(more));
  await yard.service.linkage.refresh();
  return made;
}

async function tell(thing: { number: number }, event: string): Promise<void> {
  const time = yard.platform.clock.now().getTime() * 1000;
  const events = [{ thing: thing.number, time, event }];
  await yard.service.linkage.take({ gateway: 1, batch: ++batch, received: time, messages: [], events });
}

test(clause('H-6.6-d-1', 'light, air conditioner and curtain obey on, off and set, and answer'), async () => {
  const { service, author } = yard;
  const wishes = [
    ['demo-lamp', 'switch', { on: true }],
    ['demo-lamp', 'dim', { value: 30 }],
    ['demo-cooler', 'switch', { on: false }],
    ['demo-cooler', 'setTemperature', { value: 26 }],
    ['demo-curtain', 'move', { value: 100 }],
  ] as const;
  for (const [family, method, input] of wishes) {
    const thing = await yard.make(family);
    const { id } = await service.send(author, thing.id, { service: method, input });
    const [call] = await yard.deliver();
    expect(call).toMatchObject({ method, params: input });
    await service.outbox.answered(thing.number, call?.request ?? 0, { ok: true });
    expect(await service.get(author, id)).toMatchObject({ state: 'acknowledged', reply: { ok: true } });
  }
});

test(clause('H-6.6-d-2', 'the scene of leaving drives three devices in order and tells which one failed'), async () => {
  const { service, author } = yard;
  const lamp = await yard.make('demo-lamp');
  const cooler = await yard.make('demo-cooler');
  const curtain = await yard.make('demo-curtain');
  const scene = await service.scenes.create(author, {
    name: '离家',
    place: '',
    steps: [
      { thing: lamp.id, service: 'switch', input: { on: false } },
      { thing: cooler.id, service: 'switch', input: { on: false } },
      { thing: curtain.id, service: 'move', input: { value: 0 } },
    ],
  });
  const run = await service.scenes.run(author, scene.id);
  const calls = await yard.deliver();
  expect(calls.map(({ thing }) => thing)).toEqual([lamp, cooler, curtain].map(({ number }) => number));
  for (const { thing, request } of calls)
    await service.outbox.answered(thing, request, thing === cooler.number ? { error: 'no power' } : { ok: true });
  expect(await service.runs.get(author, run)).toMatchObject({
    outcome: 'partly-failed',
    wanted: 3,
    states: { acknowledged: 2, refused: 1 },
  });
});

test(clause('H-6.2-c', 'twenty motions at night light the lamp twenty times, twenty by day never'), async () => {
  const { clock } = yard.platform;
  const camera = await yard.make('demo-camera');
  const lamp = await yard.make('demo-lamp');
  const weekly = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '19:00', to: '06:00' }];
  await rule({
    trigger: { kind: 'event', family: 'demo-camera', event: 'motion' },
    hours: { zone: 'Asia/Shanghai', weekly },
    action: { kind: 'command', thing: lamp.id, service: 'switch', input: { on: true } },
  });
  for (let n = 0; n < 20; n++) {
    await tell(camera, 'motion');
    clock.pass(5);
  }
  expect(await yard.deliver()).toHaveLength(0); // nine in the morning
  clock.pass(14 * 3600);
  for (let n = 0; n < 20; n++) {
    await tell(camera, 'motion');
    const calls = await yard.deliver();
    expect(calls).toMatchObject([{ thing: lamp.number, method: 'switch', params: { on: true } }]);
    clock.pass(5);
  }
});

test('a gas alarm closes the valve at once, since closing waits for nobody', async () => {
  const { service, platform } = yard;
  const detector = await yard.make('gas-detector');
  await rule({
    trigger: { kind: 'alarm', change: 'raised', severity: 1, rule: 'gas' },
    action: { kind: 'command', service: 'closeValve' },
  });
  const payload = {
    id: detector.id,
    change: 'raised',
    severity: 1,
    condition: 'active',
    handling: 'new',
    rule: 'gas',
    title: words('燃气泄漏'),
    transferLevel: 3,
    suppressed: false,
    subject: { kind: 'thing', id: detector.id, code: 'T', name: 'T' },
  };
  const event = {
    id: detector.id,
    type: 'alarm.changed.v1',
    organisation: platform.organisation,
    place: yard.place.path,
    at: platform.clock.now().toISOString(),
    payload,
  };
  await service.linkage.alarm(event);
  await service.linkage.alarm(event);
  expect(await yard.deliver()).toMatchObject([{ thing: detector.number, method: 'closeValve' }]);
});

test('a rule does not answer its own echo, and a chain of rules ends', async () => {
  const lamps = [await yard.make('demo-lamp'), await yard.make('demo-lamp')] as const;
  for (const [from, to] of [
    [lamps[0], lamps[1]],
    [lamps[1], lamps[0]],
  ])
    await rule({
      trigger: { kind: 'event', family: 'demo-lamp', event: 'switched', thing: from?.id ?? '' },
      action: { kind: 'command', thing: to?.id ?? '', service: 'switch', input: { on: true } },
    });
  await tell(lamps[0], 'switched');
  let calls = await yard.deliver();
  let rounds = 0;
  while (calls.length > 0 && rounds++ < 10) {
    for (const { thing } of calls) await tell({ number: thing }, 'switched');
    calls = await yard.deliver();
  }
  expect(rounds).toBeLessThan(4);
  const rules = await yard.service.linkages.list(yard.author);
  expect(rules.reduce((sum, { suppressed }) => sum + suppressed, 0)).toBe(1);
});

test('a rule gives no more commands a minute than it may', async () => {
  const camera = await yard.make('demo-camera');
  const lamp = await yard.make('demo-lamp');
  await rule({
    trigger: { kind: 'event', family: 'demo-camera', event: 'motion', thing: camera.id },
    action: { kind: 'command', thing: lamp.id, service: 'switch', input: { on: true } },
    perMinute: 3,
  });
  for (let n = 0; n < 10; n++) await tell(camera, 'motion');
  expect(await yard.deliver()).toHaveLength(3);
  expect(await yard.service.linkages.list(yard.author)).toMatchObject([{ suppressed: 7 }]);
});

test('a rule does nothing its author may not do, and its dangerous commands wait for a person', async () => {
  const { service, author, platform } = yard;
  const clerk = platform.actor('command:send', 'command:rule');
  const motor = await yard.make('motor');
  const camera = await yard.make('demo-camera');
  const start = draft({
    trigger: { kind: 'event', family: 'demo-camera', event: 'motion', thing: camera.id },
    action: { kind: 'command', thing: motor.id, service: 'start' },
  });
  await expect(service.linkages.create(clerk, start)).rejects.toThrow('command-level-too-low');
  await service.linkages.create(author, start);
  await service.linkage.refresh();
  await tell(camera, 'motion');
  expect(await yard.deliver()).toEqual([]);
  const { items } = await service.list(author, { thing: motor.id });
  expect(items).toMatchObject([{ state: 'awaiting-approval', origin: 'rule' }]);
});
