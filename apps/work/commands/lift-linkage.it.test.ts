import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from './index.ts';
import type { OutgoingCall } from './outbox.ts';
import { type CommandYard, openYard } from './testing.ts';

let yard: CommandYard<TestPlatform>;
let batch = 0;
let guard: { id: string; number: number };
let lift: { id: string; number: number };

beforeAll(async () => {
  yard = await openYard(await startPlatform(commands));
  guard = await yard.make('entrance-guard');
  lift = await yard.make('lift');
  await yard.service.linkages.create(yard.author, {
    name: '刷卡授权楼层',
    place: '',
    enabled: true,
    perMinute: 120,
    trigger: { kind: 'event', family: 'entrance-guard', event: 'passed', thing: guard.id },
    action: {
      kind: 'command',
      thing: lift.id,
      service: 'allowFloors',
      input: { seconds: 30 },
      carry: { floors: 'floors' },
    },
  });
  await yard.service.linkage.refresh();
});
afterAll(() => yard.stop());

/** The lift's own controller: knows the floors it was told of, until they run out. */
class LiftController {
  #floors = new Set<number>();
  #until = 0;
  take({ method, params }: OutgoingCall, now: number): void {
    const { floors, seconds } = params as { floors: number[]; seconds: number };
    if (method !== 'allowFloors') return;
    this.#floors = new Set(floors);
    this.#until = now + seconds * 1_000;
  }
  goes = (floor: number, now: number): boolean => now < this.#until && this.#floors.has(floor);
}

const now = () => yard.platform.clock.now().getTime();

async function at(event: string, data: unknown): Promise<OutgoingCall[]> {
  const time = now() * 1_000;
  const events = [{ thing: guard.number, time, event, data }];
  await yard.service.linkage.take({ gateway: 1, batch: ++batch, received: time, messages: [], events });
  const calls = await yard.deliver();
  yard.platform.clock.pass(60);
  return calls;
}

test(clause('H-6.6-b-3', 'a valid entry lets the lift go to the floors of its grant, and to no other'), async () => {
  const floors = [3, 7, 12, 18, 25];
  for (const allowed of floors) {
    const controller = new LiftController();
    const entered = now();
    expect(floors.map((floor) => controller.goes(floor, entered))).toEqual([false, false, false, false, false]);
    const calls = await at('passed', { grant: `g-${allowed}`, credential: 'card', floors: [1, allowed] });
    expect(calls).toMatchObject([{ thing: lift.number, params: { floors: [1, allowed], seconds: 30 } }]);
    for (const call of calls) controller.take(call, entered);
    expect(floors.filter((floor) => controller.goes(floor, entered))).toEqual([allowed]);
    expect(controller.goes(1, entered)).toBe(true);
    expect(controller.goes(allowed, entered + 31_000)).toBe(false);
  }
});

test(clause('H-6.6-b-3', 'who is refused at the door, or whose entry names no floors, moves no lift'), async () => {
  expect(await at('refused', { floors: [3] })).toEqual([]);
  expect(await at('passed', { grant: 'g', credential: 'card' })).toEqual([]);
  expect(await at('passed', { floors: 'all' })).toEqual([]);
  expect(await at('passed', null)).toEqual([]);
  const { rows } = await yard.platform.owner.query(
    `select detail::jsonb->>'problem' as problem from audit.line where action = 'linkage.act'`,
  );
  expect(rows.map(({ problem }) => problem)).toEqual(Array(3).fill('command-input-invalid'));
});

test('a rule that carries needs a service its author may use, like any other', async () => {
  const carrying = (service: string) => ({
    name: '越权',
    place: '',
    enabled: true,
    perMinute: 30,
    trigger: { kind: 'event' as const, family: 'entrance-guard', event: 'passed' },
    action: { kind: 'command' as const, thing: lift.id, service, carry: { floors: 'floors' } },
  });
  const clerk = yard.platform.actor('command:send', 'command:rule');
  const { linkages } = yard.service;
  await expect(linkages.create(clerk, carrying('stopAtNextFloor'))).rejects.toThrow('command-level-too-low');
  await expect(linkages.create(yard.author, carrying('fly'))).rejects.toThrow('service-unknown');
});
