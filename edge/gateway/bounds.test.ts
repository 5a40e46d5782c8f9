import { movableClock } from '@keystead/kernel/base';
import { PayloadMalformed, PropertyUnknown, refuse } from '@keystead/terminals/port';
import { expect, test } from 'vitest';
import { newCounters } from './counters.ts';
import { Gate, type Waiter } from './gate.ts';
import { Guessing, TokenBucket } from './guessing.ts';
import { gatewayLimits } from './limits.ts';
import { Misbehaviours } from './misbehaviours.ts';
import type { RefusalRow } from './ports.ts';
import { Refusals, sampleOf } from './refusals.ts';
import { MemoryPorts } from './testing/memory-ports.ts';
import { ThingStates } from './thing-states.ts';
import { Turnstile } from './turnstile.ts';

test('refusals are one row a sender and type, and a flood of senders becomes one row', () => {
  const rows: RefusalRow[] = [];
  const clock = movableClock('2030-01-01T00:00:00Z');
  const counters = newCounters();
  const refusals = new Refusals({ flush: (flushed) => rows.push(...flushed) }, clock, 3, counters);
  for (let i = 0; i < 5; i++) {
    refusals.count({ thing: 7, peer: 'p' }, refuse(PropertyUnknown, undefined, '/x'), 'topic', Buffer.from('{"x":1}'));
    clock.pass(1);
  }
  refusals.count({ thing: 7, peer: 'p' }, refuse(PayloadMalformed), 'topic');
  for (let thing = 100; thing < 1_100; thing++) refusals.count({ thing, peer: 'q' }, refuse(PayloadMalformed), 'topic');
  refusals.flush();
  expect(rows).toHaveLength(4);
  expect(rows[0]).toMatchObject({ thing: 7, type: 'property-unknown', count: 5, sample: '/x: topic {"x":1}' });
  expect((rows[0]?.last ?? 0) - (rows[0]?.first ?? 0)).toBe(4_000);
  expect(rows[3]).toMatchObject({ thing: undefined, peer: 'many', count: 999 });
  expect(counters.refused).toEqual({ 'property-unknown': 5, 'payload-malformed': 1_001 });
});

test('a sample is at most 200 bytes, whole characters, without control characters', () => {
  const sample = sampleOf('t', Buffer.from(`\u0007\n${'水'.repeat(300)}`));
  expect(Buffer.byteLength(sample)).toBeLessThanOrEqual(200);
  expect(sample.startsWith('t ··水')).toBe(true);
});

test('the memory of things forgets the longest unheard and never grows past its bound', () => {
  const states = new ThingStates(100, () => ({ seen: 0 }));
  states.get(1).seen = 5;
  for (let thing = 2; thing < 10_000; thing++) {
    states.get(1);
    states.get(thing);
    expect(states.size).toBeLessThanOrEqual(100);
  }
  expect(states.get(1).seen).toBe(5);
  expect(states.get(2).seen).toBe(0);
});

test('the gate lets urgent waiters in first and stops when they fill it again', () => {
  const gate = new Gate({ ...gatewayLimits, queueMessages: 10 }, newCounters());
  const order: string[] = [];
  const waiter = (name: string, urgent: boolean, brings: number): Waiter => ({
    urgent,
    resume: () => {
      order.push(name);
      gate.add(brings, 1);
    },
  });
  gate.add(20, 20);
  expect([gate.open(false), gate.open(true)]).toEqual([false, false]);
  gate.wait(waiter('a', false, 5));
  gate.wait(waiter('b', false, 5));
  gate.wait(waiter('c', false, 5));
  gate.wait(waiter('alarm', true, 1));
  gate.remove(20, 20);
  expect(order).toEqual(['alarm', 'a', 'b']);
  expect(gate.paused).toBe(1);
  gate.remove(11, 3);
  expect(order).toEqual(['alarm', 'a', 'b', 'c']);
});

test('guessing many credentials blocks the address for a minute; repeating one does not, nor does loopback', () => {
  const guessing = new Guessing(10);
  const clock = movableClock('2030-01-01T00:00:00Z');
  for (let i = 0; i < 1_000; i++) guessing.failed('10.0.0.1', 'always the same', clock.now());
  for (let i = 0; i < 20; i++) guessing.failed('10.0.0.2', `guess ${i}`, clock.now());
  for (let i = 0; i < 20; i++) guessing.failed('127.0.0.1', `guess ${i}`, clock.now());
  const blocked = () => ['10.0.0.1', '10.0.0.2', '127.0.0.1'].map((peer) => guessing.blocked(peer, clock.now()));
  expect(blocked()).toEqual([false, true, false]);
  clock.pass(61);
  expect(blocked()).toEqual([false, false, false]);
});

test('a bucket gives its rate and twice of it in a burst', () => {
  const clock = movableClock('2030-01-01T00:00:00Z');
  const bucket = new TokenBucket(10, clock.now());
  const taken = () => Array.from({ length: 100 }, () => bucket.take(clock.now())).filter((given) => given).length;
  expect(taken()).toBe(20);
  clock.pass(1);
  expect(taken()).toBe(10);
  clock.pass(3600);
  expect(taken()).toBe(20);
});

test('the same finding is reported once in ten seconds', () => {
  const memory = new MemoryPorts();
  const clock = movableClock('2030-01-01T00:00:00Z');
  const misbehaviours = new Misbehaviours(memory.ports.admission, clock);
  const report = (thing: number) => misbehaviours.report({ kind: 'clone', thing, peer: 'p', detail: '' });
  for (let i = 0; i < 100; i++) report(1);
  report(2);
  clock.pass(11);
  report(1);
  expect(memory.findings.map(({ thing }) => thing)).toEqual([1, 2, 1]);
});

test('the turnstile lets so many through at a time, counts those who wait against the gate, and loses none', async () => {
  const gate = new Gate(gatewayLimits, newCounters());
  const turnstile = new Turnstile(gate, 3);
  let now = 0;
  let most = 0;
  const runs = Array.from({ length: 20 }, (_, i) =>
    turnstile.run(1, async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 1));
      now--;
      if (i % 5 === 0) throw new Error('refused');
      return i;
    }),
  );
  expect(gate.messages).toBe(20);
  const ends = await Promise.allSettled(runs);
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(16);
  expect([most, gate.messages]).toEqual([3, 0]);
});
