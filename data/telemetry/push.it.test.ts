import type { Actor } from '@keystead/contracts/access';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { message, startTelemetry, type TelemetryBench } from './testing.ts';

let bench: TelemetryBench<TestPlatform>;
let actor: Actor;

beforeAll(async () => {
  bench = await startTelemetry(startPlatform);
  actor = bench.actor('telemetry:read', 'telemetry:write', 'system:read');
});
afterAll(() => bench.stop());

const of = (n: number, rest: string) => `/things/${bench.things[n - 1]?.id}${rest}`;
async function call(who: Actor, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await bench.http.app.inject({
    method,
    url: `/api/v1/telemetry${url}`,
    headers: { authorization: `Test ${who.id}` },
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, json: answer.json() };
}

describe('readings of another cloud', () => {
  test(clause('H-5-2', 'a thousand points pushed through the API all appear with their source'), async () => {
    const rows = Array.from({ length: 500 }, (_, n) => ({
      thing: 'M-1',
      ts: Date.UTC(2026, 4, 31, 10) + n * 1000,
      values: { temperature: 20 + (n % 10) / 10, power: n },
    }));
    const { json } = await call(actor, 'POST', '/readings', { source: '远方云', rows });
    expect(json).toEqual({ accepted: 500, points: 1000, refused: [], refusedCount: 0 });
    const read = async () => {
      const found = [];
      for (const property of ['temperature', 'power']) {
        const { json } = await call(
          actor,
          'GET',
          of(1, `/properties/${property}/readings?from=2026-05-31T10:00:00Z&to=2026-05-31T11:00:00Z&limit=1000`),
        );
        found.push(...json.items);
      }
      return found;
    };
    const found = await read();
    expect(found).toHaveLength(1000);
    expect(new Set(found.map(({ source }) => source))).toEqual(new Set(['远方云']));
    bench.clock.pass(7200);
    await bench.telemetry.compaction.run();
    expect(await read()).toEqual(found);
  });

  test(
    clause(
      'H-8.2-0',
      'a property no model labels, a value of another type and a thing out of reach are refused by place',
    ),
    async () => {
      const push = (who: Actor, rows: object[]) => call(who, 'POST', '/readings', { rows });
      const { json } = await push(actor, [
        { thing: 'M-1', values: { temperature: 21, unlabelled: 1, power: '7', state: 'running' } },
        { thing: 'M-9', values: { temperature: 1 } },
        { thing: 'M-1', ts: 9e15, values: { temperature: 1 } },
        { thing: 'M-1', values: { temperature: 500 } },
      ]);
      expect(json).toMatchObject({
        accepted: 2,
        points: 3,
        refused: [
          { pointer: '/rows/0/values/unlabelled', code: 'unknown-property' },
          { pointer: '/rows/0/values/power', code: 'not-a-number' },
          { pointer: '/rows/1/thing', code: 'unknown-thing' },
          { pointer: '/rows/2/ts', code: 'time-out-of-range' },
        ],
      });
      const latest = await call(actor, 'GET', of(1, '/latest'));
      expect(latest.json.values.temperature).toMatchObject({ value: 500, quality: 'suspect', reason: 'range' });
      const local = bench.actorAt(['1/2/'], 'telemetry:write');
      expect((await push(local, [{ thing: 'M-1', values: { temperature: 1 } }])).json).toMatchObject({
        type: 'input-invalid',
      });
      expect((await push(bench.actor('telemetry:read'), [{ thing: 'M-1', values: { temperature: 1 } }])).status).toBe(
        403,
      );
    },
  );

  test('the figures of the intake tell rates, followers and how far they are behind', async () => {
    await bench.telemetry.accept({ messages: [message(1, bench.clock.now().getTime() * 1000, { 1: 1 })] });
    const keeper = bench.telemetry.keepLatest();
    await keeper.start();
    await keeper.stop();
    await bench.telemetry.accept({ messages: [message(1, bench.clock.now().getTime() * 1000, { 1: 2 })] });
    const { json } = await call(actor, 'GET', '/intake');
    expect(json.gateways.map(({ gateway }: { gateway: number }) => gateway)).toEqual([1, 2]);
    expect(json.followers).toMatchObject([
      { name: 'telemetry.latest', gateway: 1 },
      { name: 'telemetry.latest', gateway: 2 },
      { name: 'telemetry.latest', gateway: 3 },
    ]);
    expect(json.pointsPerSecond).toBeGreaterThan(0);
  });
});
