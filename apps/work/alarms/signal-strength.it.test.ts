import type { Actor } from '@keystead/contracts/access';
import type { places } from '@keystead/data/places';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { things } from '@keystead/data/things';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type AlarmsService, alarms } from './index.ts';

let platform: TestPlatform;
let desk: AlarmsService;
let telemetry: TelemetryService;
let operator: Actor;
let following: ReturnType<TelemetryService['follow']>;
const locks: { id: string; number: number }[] = [];

beforeAll(async () => {
  platform = await startPlatform(alarms);
  desk = platform.services.alarms as AlarmsService;
  telemetry = platform.services.telemetry as TelemetryService;
  operator = platform.actor('alarm:read', 'telemetry:read', 'place:write', 'thing:write');
  const tree = platform.services.places as ReturnType<typeof places.setup>;
  const registry = platform.services.things as ReturnType<typeof things.setup>;
  const place = await tree.create(operator, { parent: null, kind: 'project', code: 'P1', name: '示范小区' });
  for (let n = 0; n < 100; n++)
    locks.push(await registry.create(operator, { code: `L-${n}`, name: '门锁', family: 'lock', placeId: place.id }));
  await desk.engine.start();
  following = telemetry.follow({ name: 'alarms', take: (batch) => desk.engine.take(batch) });
  await following.start();
});
afterAll(async () => {
  await following.stop();
  await telemetry.close();
  await platform.stop();
});

const rssiKey = 101;
const weak = new Set([7, 23, 42, 64, 99]);

/** One round of words from all hundred; taken in when it is the newest of the last one. */
async function round(strength: (lock: number) => number): Promise<void> {
  platform.clock.pass(30);
  const time = platform.clock.now().getTime() * 1000;
  const { batch } = await telemetry.accept({
    messages: locks.map(({ number }, n) => ({
      thing: number,
      time,
      keys: [rssiKey],
      values: [strength(n)],
      qualities: [0],
    })),
  });
  await vi.waitFor(
    async () => {
      await desk.engine.tick();
      await desk.engine.stop(); // stores what was evaluated, and how far
      const { rows } = await platform.owner.query(
        `select batch::int from telemetry.mark where follower = 'alarms' and gateway = 1`,
      );
      expect(rows[0]?.batch).toBe(batch);
    },
    { timeout: 20_000 },
  );
}

test(
  clause(
    'H-7.1-c-2',
    'of a hundred devices five lose signal: exactly five alarms, and the strength of each shows as a curve',
  ),
  async () => {
    await round(() => -80);
    await round((n) => (weak.has(n) ? -113 : -95));
    await round((n) => (weak.has(n) ? -118 : -109));
    const { items } = await desk.list(operator, { state: 'all', limit: 200 });
    expect(items.map((each) => each.subject.code).sort()).toEqual([...weak].map((n) => `L-${n}`).sort());
    expect(items.every(({ title, condition }) => title.en === 'Weak signal' && condition === 'active')).toBe(true);
    for (const [n, values] of [
      [7, [-80, -113, -118]],
      [8, [-80, -95, -109]],
    ] as const) {
      const answer = await platform.http.app.inject({
        url: `/api/v1/telemetry/things/${locks[n]?.id}/properties/rssi/history?from=2026-06-01T00:00:00Z&to=2026-06-01T03:00:00Z&points=4000`,
        headers: { authorization: `Test ${operator.id}` },
      });
      expect(answer.statusCode).toBe(200);
      const curve = answer.json() as { unit: string; buckets: { last: number }[] };
      expect([curve.unit, curve.buckets.map((bucket) => bucket.last)]).toEqual(['dBm', values]);
    }
  },
);
