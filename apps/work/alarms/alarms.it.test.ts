import type { Actor } from '@keystead/contracts/access';
import type { AcceptedBatch } from '@keystead/contracts/telemetry';
import type { places } from '@keystead/data/places';
import type { things } from '@keystead/data/things';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type AlarmsService, alarms } from './index.ts';

let platform: TestPlatform;
let desk: AlarmsService;
let operator: Actor;
let batch = 0;
let made = 0;
let thing: { id: string; number: number };
let place: { id: string; path: string };

beforeAll(async () => {
  platform = await startPlatform(alarms);
  desk = platform.services.alarms as AlarmsService;
  operator = platform.actor(
    'alarm:read',
    'alarm:handle',
    'alarm:acknowledge',
    'alarm:rule',
    'place:write',
    'thing:write',
  );
  const made = await (platform.services.places as ReturnType<typeof places.setup>).create(operator, {
    parent: null,
    kind: 'project',
    code: 'P1',
    name: '示范小区',
  });
  place = made;
  await desk.engine.start();
});
afterAll(() => platform.stop());

beforeEach(async () => {
  const registry = platform.services.things as ReturnType<typeof things.setup>;
  thing = await registry.create(operator, {
    parent: null,
    code: `SMK-${++made}`,
    name: '烟感',
    family: 'smoke-detector',
    placeId: place.id,
  } as never);
});

const micros = () => platform.clock.now().getTime() * 1000;
const smokeKey = 1;

function batchOf(part: Partial<AcceptedBatch>): AcceptedBatch {
  return { gateway: 1, batch: ++batch, received: micros(), messages: [], events: [], ...part };
}

const reading = (value: number, quality = 0) =>
  batchOf({
    messages: [{ thing: thing.number, time: micros(), keys: [smokeKey], values: [value], qualities: [quality] }],
  });

/** One reading, a second later. */
async function smoke(value: number, quality?: number): Promise<void> {
  platform.clock.pass(1);
  await desk.engine.take(reading(value, quality));
}

async function open() {
  const { items } = await desk.list(operator, { subject: thing.id });
  return items;
}

const events = async () =>
  (
    await platform.owner.query(
      "select payload->>'change' as change from kernel.outbox where type = 'alarm.changed.v1' order by id",
    )
  ).rows.map((row) => row.change);

test('a reading beyond the limit raises one alarm, worse readings escalate it, and it clears by its own condition after holding', async () => {
  await platform.owner.query('delete from kernel.outbox');
  await smoke(1);
  expect(await open()).toEqual([]);
  await smoke(6);
  await smoke(12);
  expect(await open()).toMatchObject([
    {
      severity: 1,
      worstSeverity: 1,
      condition: 'active',
      handling: 'new',
      transferLevel: 3,
      title: { zh: '烟雾浓度超限' },
    },
  ]);
  await smoke(2);
  platform.clock.pass(10);
  await desk.engine.tick();
  expect(await open()).toMatchObject([{ condition: 'cleared', handling: 'new' }]);
  expect(await events()).toEqual(['raised', 'escalated', 'cleared']);
});

test('a suspect reading is not shown to the rules', async () => {
  await smoke(50, 16);
  expect(await open()).toEqual([]);
});

test('the same batch taken again changes nothing: evaluation goes by the stored mark and state', async () => {
  platform.clock.pass(1);
  const once = reading(8);
  await desk.engine.take(once);
  await desk.engine.take(once);
  expect(await open()).toMatchObject([{ occurrences: 1 }]);
});

test(
  clause('H-9.5.1-c-2', 'an alarm is acknowledged, handled, verified and closed, and every time is kept'),
  async () => {
    await smoke(8);
    const [alarm] = await open();
    const id = alarm?.id as string;
    for (const step of ['acknowledge', 'handle', 'resolve', 'review'] as const) {
      platform.clock.pass(60);
      await desk.step(operator, id, step, { note: step });
    }
    await expect(desk.step(operator, id, 'close')).rejects.toThrow('alarm-still-active');
    await smoke(0);
    platform.clock.pass(10);
    await desk.engine.tick();
    const closed = await desk.step(operator, id, 'close');
    const times = [
      closed.raisedAt,
      closed.acknowledgedAt,
      closed.handlingAt,
      closed.resolvedAt,
      closed.reviewedAt,
      closed.closedAt,
    ];
    expect(times.every((time) => time !== null)).toBe(true);
    expect(times.toSorted()).toEqual(times);
    expect(await open()).toEqual([]);
    const { steps } = await desk.get(operator, id);
    expect(steps.map((step) => step.step)).toEqual(['acknowledge', 'handle', 'resolve', 'review', 'close']);
  },
);

test('two steps at once: one is taken, the other is told it came too late', async () => {
  await smoke(8);
  const [alarm] = await open();
  const tries = await Promise.allSettled(
    [1, 2].map(() => desk.step(operator, alarm?.id as string, 'acknowledge', { version: alarm?.version })),
  );
  expect(tries.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
});

test(
  clause('H-9.5.1-c-1', 'an edited rule takes effect on the next reading after the reload, without a restart'),
  async () => {
    const rule = (await desk.rules.list(operator, 'smoke-detector')).find(
      (each) => each.builtin === 'smoke-detector.smoke',
    );
    if (!rule) throw new Error('the built-in smoke rule is not there');
    const { id, ...definition } = rule.definition;
    const stricter = {
      ...definition,
      trigger: {
        kind: 'condition' as const,
        levels: [{ severity: 3 as const, when: 'smoke >= 1' }],
        clear: 'smoke < 0.5',
      },
    };
    platform.clock.pass(1);
    await desk.rules.update(operator, id, stricter, rule.version);
    await desk.engine.refresh();
    await smoke(2);
    expect(await open()).toMatchObject([{ severity: 3 }]);
    platform.clock.pass(1);
    await desk.rules.update(operator, id, definition, undefined);
    await desk.engine.refresh();
  },
);

test('a rule that names what the model lacks is refused with the position of the error', async () => {
  const draft = {
    name: { zh: '错', en: 'wrong' },
    enabled: true,
    appliesTo: { family: 'smoke-detector' },
    trigger: { kind: 'condition' as const, levels: [{ severity: 2 as const, when: 'smok > 1' }] },
  };
  await expect(desk.rules.create(operator, draft)).rejects.toMatchObject({
    type: 'rule-invalid',
    errors: [{ pointer: '/trigger/levels/0/when', code: 'unknown-name' }],
  });
});

test('what a rule remembers survives a restart: an open alarm neither comes twice nor stays for ever', async () => {
  await smoke(8);
  await desk.engine.stop();
  const again = await startEngineAnew();
  platform.clock.pass(1);
  await again.take(reading(9));
  expect(await open()).toMatchObject([{ occurrences: 1, condition: 'active' }]);
  platform.clock.pass(1);
  await again.take(reading(0));
  platform.clock.pass(10);
  await again.tick();
  expect(await open()).toMatchObject([{ condition: 'cleared' }]);
});

/** The engine as a new process has it: nothing in memory, everything from the database. */
async function startEngineAnew() {
  const again = (alarms.setup as (kernel: unknown, services: unknown) => AlarmsService)(
    {
      ...platform.kernel,
      http: { mount: () => {} },
      bus: { on: () => {}, onAnnounced: () => {} },
      jobs: { add: () => {} },
      onStart: () => {},
    },
    { ...platform.services },
  );
  await again.engine.start();
  return again.engine;
}

test('a tamper event raises; resolving it by hand ends it, since it has no end of its own', async () => {
  platform.clock.pass(1);
  await desk.engine.take(batchOf({ events: [{ thing: thing.number, time: micros(), event: 'tamper' }] }));
  const [alarm] = await open();
  expect(alarm).toMatchObject({ title: { zh: '烟感被拆' }, condition: 'active' });
  for (const step of ['acknowledge', 'resolve'] as const) await desk.step(operator, alarm?.id as string, step);
  await platform.drain();
  expect(await open()).toMatchObject([{ condition: 'cleared', handling: 'resolved' }]);
});

test('a silence keeps the alarm and marks it suppressed; ended, the next one is told again', async () => {
  const answer = await platform.http.app.inject({
    method: 'POST',
    url: '/api/v1/alarms/silences',
    headers: { authorization: `Test ${operator.id}` },
    payload: {
      place: place.path,
      until: new Date(platform.clock.now().getTime() + 3_600_000).toISOString(),
      reason: '消防演练',
    },
  });
  expect(answer.statusCode).toBe(201);
  await smoke(8);
  expect(await open()).toMatchObject([{ suppressed: true, condition: 'active' }]);
  const ended = await platform.http.app.inject({
    method: 'DELETE',
    url: `/api/v1/alarms/silences/${answer.json().id}`,
    headers: { authorization: `Test ${operator.id}` },
  });
  expect(ended.statusCode).toBe(204);
});

test(
  clause('H-9.4-b-2', 'people of another district see nothing of it, in the list, by id or in the counts'),
  async () => {
    await smoke(8);
    const [alarm] = await open();
    const stranger = platform.actorAt(['zz/'], 'alarm:read');
    expect((await desk.list(stranger, {})).items).toEqual([]);
    await expect(desk.get(stranger, alarm?.id as string)).rejects.toMatchObject({ type: 'alarm-missing' });
    expect(await desk.counts(stranger)).toMatchObject({ active: 0 });
  },
);
