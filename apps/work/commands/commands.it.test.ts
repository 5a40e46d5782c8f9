import type { Actor } from '@keystead/contracts/access';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingsService } from '@keystead/data/things';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CommandsService, commands } from './index.ts';
import { type CommandYard, openYard } from './testing.ts';

let platform: TestPlatform;
let service: CommandsService;
let things: ThingsService;
let telemetry: TelemetryService;
let engineer: Actor;
let chief: Actor;
let motor: { id: string; number: number };
let yard: CommandYard<TestPlatform>;
const everything = ['command:read', 'command:send', 'command:send-dangerous', 'command:send-vital', 'command:approve'];

beforeAll(async () => {
  yard = await openYard(await startPlatform(commands));
  ({ platform, service, things, telemetry, author: engineer } = yard);
  chief = platform.actor(...everything);
});
afterAll(() => yard.stop());

const make = (family: string) => yard.make(family);
const deliver = () => yard.deliver();

beforeEach(async () => {
  motor = await make('motor');
});

const start = (key?: string) =>
  service.send(engineer, motor.id, { service: 'start', reason: '开班', ...(key ? { key } : {}) });

async function report(thing: { number: number }, key: number, value: number): Promise<void> {
  platform.clock.pass(1);
  const now = platform.clock.now().getTime() * 1000;
  const message = { thing: thing.number, time: now, keys: [key], values: [value], qualities: [0] };
  await telemetry.accept({ messages: [message], events: [], received: now });
}

const state = async (id: string) => (await service.get(engineer, id)).state;

test(
  clause('I-5.2.2.3-a', 'start, stop, pause and restart are sent, acknowledged, and verified by the reported state'),
  async () => {
    const positions = { start: 0, stop: 1, pause: 2, restart: 0 };
    for (const [method, position] of Object.entries(positions)) {
      const { id } = await service.send(engineer, motor.id, { service: method, reason: '试车' });
      expect(await state(id)).toBe('awaiting-approval');
      await service.approve(chief, id, { note: '同意' });
      const [call] = await deliver();
      expect(call).toMatchObject({ thing: motor.number, method });
      expect(await state(id)).toBe('sent');
      await service.outbox.answered(motor.number, call?.request ?? 0, { ok: true });
      expect(await state(id)).toBe('acknowledged');
      await report(motor, 1, position);
      await service.upkeep.verify();
      expect(await state(id)).toBe('verified');
    }
  },
);

test(
  clause('I-5.2.2.3-a', 'a device that says no, one that never answers, and one that sleeps too long are told apart'),
  async () => {
    const commandsOf = async (n: number) =>
      Promise.all(
        Array.from({ length: n }, () =>
          service.send(engineer, motor.id, { service: 'setSpeed', input: { value: 900 } }),
        ),
      );
    const [refused, silent] = await commandsOf(2);
    await deliver();
    await service.outbox.answered(motor.number, refused?.number ?? 0, { error: 'jammed' });
    yard.awake.delete(motor.number);
    const [asleep] = await commandsOf(1);
    expect(await deliver()).toEqual([]);
    platform.clock.pass(16);
    await service.upkeep.sweep();
    expect(await service.get(engineer, refused?.id ?? '')).toMatchObject({ state: 'refused', failure: 'jammed' });
    expect(await service.get(engineer, silent?.id ?? '')).toMatchObject({ state: 'expired', failure: 'no-answer' });
    expect(await service.get(engineer, asleep?.id ?? '')).toMatchObject({ state: 'expired', failure: 'not-sent' });
  },
);

describe(clause('I-5.2.2.3-b', 'parameters'), () => {
  test.each([
    ['setSpeed', 12, 0, 30_000, 1],
    ['setTemperature', 10, -100, 2_000, 0.1],
    ['setPressure', 11, 0, 100, 0.001],
  ] as const)(
    '%s: ten values within the limits are read back, ten outside are refused',
    async (method, key, low, high, step) => {
      const machine = await make('machine');
      for (let n = 0; n < 10; n++) {
        const value = Math.round((low + ((high - low) * n) / 9) / step) * step;
        const { id } = await service.send(engineer, machine.id, { service: method, input: { value } });
        const [call] = await deliver();
        await service.outbox.answered(machine.number, call?.request ?? 0, null);
        await report(machine, key, value);
        await service.upkeep.verify();
        expect(await state(id), `${value}`).toBe('verified');
      }
      for (let n = 1; n <= 10; n++) {
        const value = n % 2 ? low - n : high + n;
        await expect(service.send(engineer, machine.id, { service: method, input: { value } })).rejects.toMatchObject({
          type: 'command-input-invalid',
          errors: [{ pointer: '/input/value' }],
        });
      }
      expect(await deliver()).toEqual([]);
    },
  );

  test('a value that is acknowledged and not seen in time has failed, and what it was before is kept', async () => {
    await report(motor, 11, 600);
    const { id } = await service.send(engineer, motor.id, { service: 'setSpeed', input: { value: 900 } });
    const [call] = await deliver();
    await service.outbox.answered(motor.number, call?.request ?? 0, true);
    await report(motor, 11, 640);
    await service.upkeep.verify();
    platform.clock.pass(61);
    await service.upkeep.sweep();
    expect(await service.get(engineer, id)).toMatchObject({ state: 'failed', failure: 'read-back', before: 600 });
  });
});

test(clause('I-5.2.2.3-c', 'a calibration leaves its record, a reset is carried out'), async () => {
  const machine = await make('machine');
  for (const method of ['calibrate', 'reset']) {
    const { id } = await service.send(engineer, machine.id, { service: method, reason: '季度校准' });
    await service.approve(chief, id, {});
    const [call] = await deliver();
    await service.outbox.answered(machine.number, call?.request ?? 0, { offset: 0.12, gain: 1.001 });
    expect(await state(id)).toBe('acknowledged');
  }
  expect(await service.calibrations(engineer, machine.id)).toMatchObject([
    { method: 'calibrate', result: { offset: 0.12, gain: 1.001 }, by: 'Tester' },
  ]);
});

test(clause('I-5.2.2.3-d', 'who has not the level is refused, and nobody approves for himself'), async () => {
  const clerk = platform.actor('command:read', 'command:send', 'command:approve');
  await expect(service.send(clerk, motor.id, { service: 'start', reason: 'x' })).rejects.toMatchObject({
    status: 403,
    type: 'command-level-too-low',
    data: { permission: 'command:send-dangerous' },
  });
  await expect(service.send(engineer, motor.id, { service: 'start' })).rejects.toThrow('command-reason-missing');
  const { id } = await start();
  await expect(service.approve(engineer, id, {})).rejects.toMatchObject({ status: 403, type: 'command-own-approval' });
  await expect(service.approve({ ...chief, kind: 'system' }, id, {})).rejects.toThrow('command-own-approval');
  expect(await deliver()).toEqual([]);
  await service.refuse(chief, id, { note: '今天不开' });
  expect(await service.get(engineer, id)).toMatchObject({ state: 'refused', approverName: 'Tester' });
  await expect(service.approve(chief, id, {})).rejects.toThrow('command-step-refused');
});

test(clause('I-6.4-c-2', 'motor, valve and relay obey their commands, and their state is read back'), async () => {
  const cases = [
    ['motor', 'stop', {}, 1, 1],
    ['motor', 'setSpeed', { value: 1200 }, 11, 1200],
    ['valve', 'close', {}, 2, 1],
    ['valve', 'setOpening', { value: 40 }, 1, 40.5],
    ['relay', 'switch', { closed: true }, 1, 1],
  ] as const;
  for (const [family, method, input, key, reported] of cases) {
    const actuator = await make(family);
    const sent = await service.send(engineer, actuator.id, { service: method, input, reason: '试动作' });
    if (sent.state === 'awaiting-approval') await service.approve(chief, sent.id, {});
    await deliver();
    // The state may be told before the answer.
    await report(actuator, key, reported);
    await service.upkeep.verify();
    await service.outbox.answered(actuator.number, sent.number, { ok: true });
    expect(await state(sent.id), `${family} ${method}`).toBe('verified');
  }
});

test(clause('I-6.1.2-b', 'a way that takes longer than hard real time allows is flagged as unfit'), async () => {
  for (const [ms, verdict] of [
    [40, 'fit'],
    [160, 'unfit'],
  ] as const) {
    const relay = await make('relay');
    for (let n = 0; n < 100; n++) {
      const { number } = await service.send(engineer, relay.id, { service: 'switch', input: { closed: true } });
      await deliver();
      platform.clock.pass(ms / 1000);
      await service.outbox.answered(relay.number, number, null);
    }
    const found = await service.latency(engineer, relay.id);
    expect(found).toMatchObject({ count: 100, verdict, limitMs: 100 });
    expect(found.p99Ms).toBeCloseTo(ms);
  }
  expect(await service.latency(engineer, motor.id)).toMatchObject({ count: 0, verdict: 'unknown' });
});

test('an approval may open a window: nothing leaves before it, and nothing after it', async () => {
  const { id } = await start();
  const at = (s: number) => new Date(platform.clock.now().getTime() + s * 1000).toISOString();
  await service.approve(chief, id, { window: { from: at(60), until: at(120) } });
  expect(await deliver()).toEqual([]);
  platform.clock.pass(61);
  await service.upkeep.sweep();
  expect(await deliver()).toHaveLength(1);
  const late = await start();
  await service.approve(chief, late.id, { window: { from: at(60), until: at(65) } });
  platform.clock.pass(70);
  await service.upkeep.sweep();
  await service.upkeep.sweep();
  expect(await state(late.id)).toBe('expired');
});

test('a draft of a machine goes nowhere until a person makes it his own', async () => {
  const optimiser: Actor = { ...engineer, kind: 'system', id: 'optimiser', name: 'optimiser' };
  const wish = { service: 'setSpeed', input: { value: 700 } };
  const { id } = await service.send(optimiser, motor.id, wish, { origin: 'model' });
  expect(await deliver()).toEqual([]);
  await expect(service.submit(optimiser, id, {})).rejects.toThrow('not-allowed');
  await service.submit(engineer, id, {});
  expect(await deliver()).toHaveLength(1);
  expect(await service.get(engineer, id)).toMatchObject({ requester: engineer.id, origin: 'model' });
});

test('the same key and wish are the same command, the same key and another wish are refused', async () => {
  const wish = { service: 'setSpeed', input: { value: 500 }, key: 'shift-1' };
  const both = await Promise.all([service.send(engineer, motor.id, wish), service.send(engineer, motor.id, wish)]);
  expect(new Set(both.map(({ id }) => id)).size).toBe(1);
  expect(await deliver()).toHaveLength(1);
  await expect(service.send(engineer, motor.id, { ...wish, input: { value: 501 } })).rejects.toThrow(
    'command-key-conflict',
  );
});

test('a sleeping device gets what waits for it at its next contact, emergencies first', async () => {
  yard.awake.delete(motor.number);
  await service.send(engineer, motor.id, { service: 'setSpeed', input: { value: 100 }, expiresIn: 86_400 });
  await service.send(engineer, motor.id, { service: 'emergencyStop', expiresIn: 86_400 });
  platform.clock.pass(3600);
  await service.upkeep.sweep();
  const taken = await service.outbox.take(motor.number, { limit: 10, again: true });
  expect(taken.map(({ method }) => method)).toEqual(['emergencyStop', 'setSpeed']);
});

test(
  clause('H-6.3-b-2', 'nothing keeps a fire pump from starting by itself: every way is refused with 403'),
  async () => {
    const pump = await make('fire-pump');
    const refused = { status: 403, type: 'autonomy-protected' };
    const system: Actor = { ...engineer, kind: 'system', id: 'rule:x' };
    for (const actor of [engineer, chief, system])
      await expect(service.send(actor, pump.id, { service: 'setManual', reason: 'x' })).rejects.toMatchObject(refused);
    await expect(
      service.send(engineer, pump.id, { service: 'test', input: { autoStart: false } }),
    ).rejects.toMatchObject(refused);
    await expect(service.desired.put(engineer, pump.id, { autoStart: false })).rejects.toMatchObject(refused);
    await expect(things.attributes.share(engineer, pump.id, { autoStart: false })).rejects.toMatchObject(refused);
    await expect(things.attributes.share(engineer, pump.id, { auto_mode: 0 })).rejects.toMatchObject(refused);
    const scene = { name: '检修', place: '', steps: [{ thing: pump.id, service: 'setManual' }] };
    await expect(service.scenes.create(engineer, scene)).rejects.toMatchObject(refused);
    await expect(
      service.linkages.create(engineer, {
        name: '联动',
        place: '',
        enabled: true,
        perMinute: 30,
        trigger: { kind: 'event', family: 'fire-pump', event: 'started' },
        action: { kind: 'command', service: 'setManual' },
      }),
    ).rejects.toMatchObject(refused);
    expect(await deliver()).toEqual([]);
    await service.send(engineer, pump.id, { service: 'start' });
    expect(await deliver()).toMatchObject([{ method: 'start' }]);
  },
);

test('a dry run says who must agree, which limits hold and what it is now, and writes nothing', async () => {
  await report(motor, 11, 480);
  const wish = { service: 'setSpeed', input: { value: 99_999 } };
  const bad = await service.targets.preview(engineer, { things: [motor.id] }, wish);
  expect(bad).toMatchObject({ count: 1, items: [{ problem: 'command-input-invalid' }] });
  const good = await service.targets.preview(engineer, { things: [motor.id] }, { ...wish, input: { value: 900 } });
  expect(good.items[0]).toMatchObject({ before: 480, approval: 'none', permission: 'command:send-dangerous' });
  expect((await service.list(engineer, { thing: motor.id })).items).toEqual([]);
});

test('a batch tells its progress and which targets could not be sent to', async () => {
  const relays = [await make('relay'), await make('relay')];
  const targets = { things: [...relays.map(({ id }) => id), motor.id] };
  const wish = { service: 'switch', input: { closed: true } };
  await expect(service.runs.batch(engineer, targets, wish, 2)).rejects.toThrow('command-targets-changed');
  const run = await service.runs.batch(engineer, targets, wish, 3);
  expect(run).toMatchObject({ wanted: 3, outcome: 'running', refused: [{ problem: 'service-unknown' }] });
  for (const call of await deliver()) await service.outbox.answered(call.thing, call.request, { ok: true });
  for (const relay of relays) await report(relay, 1, 1);
  await service.upkeep.verify();
  expect(await service.runs.get(engineer, run.id)).toMatchObject({ states: { verified: 2 }, outcome: 'partly-failed' });
});

test('the desired state is told to the thing, versioned, and verified when the thing reports it', async () => {
  const first = await service.desired.put(engineer, motor.id, { limit: 50 }, 0);
  expect(first).toMatchObject({ version: 1, delta: ['limit'] });
  await expect(service.desired.put(engineer, motor.id, { limit: 60 }, 0)).rejects.toThrow('edit-conflict');
  await service.desired.verify();
  const { items } = await service.list(engineer, { thing: motor.id });
  expect(items).toMatchObject([{ kind: 'desired', state: 'sent', before: { limit: null } }]);
  await things.attributes.put(motor.number, { limit: 50 }, platform.clock.now().getTime() * 1000);
  await service.desired.verify();
  expect(await state(items[0]?.id ?? '')).toBe('verified');
  expect(await service.desired.get(engineer, motor.id)).toMatchObject({ reported: { limit: 50 }, delta: [] });
});

test(clause('I-5.2.2.3-e', 'every step of an operation stands in the journal and in its trail'), async () => {
  await report(motor, 11, 300);
  const { id } = await service.send(engineer, motor.id, { service: 'setSpeed', input: { value: 800 } });
  const [call] = await deliver();
  await service.outbox.answered(motor.number, call?.request ?? 0, { ok: true });
  const { rows } = await platform.owner.query(
    'select action, actor_kind, detail from audit.line where subject = $1 and action like $2 order by at, id',
    [`thing:${motor.id}`, 'command.%'],
  );
  expect(rows.map((row) => `${row.actor_kind} ${row.action}`)).toEqual(['user command.send', 'device command.answer']);
  expect(JSON.parse(rows[0]?.detail)).toMatchObject({ command: id, before: 300, input: { value: 800 } });
  const sheet = await service.sheet(engineer, { thing: motor.id }, 'en');
  expect(JSON.stringify(sheet.rows)).toContain('setSpeed');
  expect((await service.list(engineer, { text: 'Tester', method: 'setSpeed', thing: motor.id })).items).toHaveLength(1);
});
