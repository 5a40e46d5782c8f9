import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { AcceptedBatch } from '@keystead/contracts/telemetry';
import { sql } from '@keystead/kernel/db';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { dice, message, startTelemetry, type TelemetryBench } from './testing.ts';

let bench: TelemetryBench<TestPlatform>;
beforeEach(async () => {
  bench = await startTelemetry(startPlatform);
  await bench.owner.query('create table if not exists public.taken (gateway int, batch int8, points int)');
  await bench.owner.query('grant all on public.taken to keystead_system');
});
afterEach(() => bench.stop());

const now = () => bench.clock.now().getTime() * 1000;
const accept = (n = 1) =>
  bench.telemetry.accept({ messages: Array.from({ length: n }, (_, i) => message(1, now() + i, { 1: i, 2: 7 })) });

/** What a follower did, as it stands in its own table beside its mark. */
const taken = async () =>
  (await bench.owner.query('select batch::int, points from public.taken order by ctid')).rows as {
    batch: number;
    points: number;
  }[];
const upTo = (last: number) => Array.from({ length: last }, (_, n) => n + 1);
const settled = (last: number) =>
  vi.waitFor(async () => expect((await taken()).map(({ batch }) => batch)).toEqual(upTo(last)), { timeout: 20_000 });

/** Takes a batch as a subscriber does: its own rows and the mark in one transaction. */
async function store(batch: AcceptedBatch, name = 'test'): Promise<void> {
  await bench.db.systemTransaction(async (tx) => {
    const points = batch.messages.reduce((sum, { keys }) => sum + keys.length, 0);
    await tx.run(sql`insert into public.taken values (${batch.gateway}, ${batch.batch}, ${points})`);
    await bench.telemetry.saveMark(tx, name, batch.gateway, batch.batch);
  });
}

describe('a follower', () => {
  test(clause('I-6.2-e', 'is given each batch by the stream, first in order and whole'), async () => {
    const other = bench.another();
    const seen: AcceptedBatch[] = [];
    const following = other.follow({
      name: 'test',
      take: async (batch) => {
        seen.push(batch);
        await store(batch);
      },
    });
    await accept();
    await following.start();
    await settled(1);
    await bench.telemetry.accept({
      messages: [{ ...message(2, now(), { 6: Number.NaN }), texts: { 6: '好' } }],
      events: [{ thing: 2, time: now(), event: 'fault', data: { code: 'E07' } }],
    });
    for (let n = 0; n < 20; n++) await accept(3);
    await settled(22);
    expect(seen[1]).toMatchObject({
      gateway: 1,
      messages: [{ thing: 2, texts: { 6: '好' } }],
      events: [{ thing: 2, event: 'fault', data: { code: 'E07' } }],
    });
    await following.stop();
  });

  test(clause('H-8.2-b', 'takes what knows level 3 ahead of all that waits, and each lane in its order'), async () => {
    const seen: string[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const following = bench.another().follow({
      name: 'test',
      take: async ({ gateway, batch }) => {
        seen.push(`${gateway}/${batch}`);
        if (seen.length === 1) await held;
      },
    });
    await Promise.all([bench.telemetry.openStreams('things'), bench.telemetry.openStreams('urgent')]);
    await following.start();
    await accept();
    await vi.waitFor(() => expect(seen).toEqual(['1/1']));
    for (let n = 0; n < 5; n++) await accept();
    const urgent = () => bench.telemetry.acceptUrgent({ messages: [message(2, now(), { 1: 1 })] });
    await urgent();
    await urgent();
    // What the stream brought by then waits; what the sweep finds comes from the table.
    await new Promise((resolve) => setTimeout(resolve, 200));
    release();
    await vi.waitFor(() => expect(seen).toHaveLength(8), { timeout: 20_000 });
    expect(seen.slice(1, 3)).toEqual(['3/1', '3/2']);
    expect(seen.slice(3)).toEqual(['1/2', '1/3', '1/4', '1/5', '1/6']);
    await following.stop();
  });

  test('reads from the table what was committed while it was away, the same as the stream would have given', async () => {
    const sent = [
      { ...message(1, now(), { 1: -0, 2: Number.POSITIVE_INFINITY }), qualities: [0, 17] },
      { ...message(2, now() - 1, { 6: Number.NaN }), texts: { 6: '"x"' } },
    ];
    const events = [{ thing: 2, time: now() + 3, event: 'fault', data: { code: 'E07', list: [1, null] } }];
    await bench.telemetry.accept({ messages: sent, events });
    await bench.telemetry.accept({ messages: [], events: [{ thing: 1, time: now(), event: 'fault' }] });
    const seen: AcceptedBatch[] = [];
    const following = bench.another().follow({ name: 'test', take: async (batch) => void seen.push(batch) });
    await following.start();
    await vi.waitFor(() => expect(seen.length).toBe(2));
    expect(seen[0]).toEqual({ gateway: 1, batch: 1, received: now(), messages: sent, events });
    expect(Object.is(seen[0]?.messages[0]?.values[0], -0)).toBe(true);
    expect(seen[1]).toMatchObject({ batch: 2, messages: [], events: [{ thing: 1, event: 'fault' }] });
    await following.stop();
  });

  test('killed between commit and take, and anywhere else, has in the end taken each batch once', async () => {
    const random = dice(11);
    let sent = 0;
    let left = 0;
    const send = async (batches: number) => {
      for (let n = batches; n > 0; n--) await accept();
      sent += batches;
    };
    for (let life = 0; life < 6; life++) {
      const before = (await taken()).length;
      const child = spawn(
        process.execPath,
        [join(import.meta.dirname, 'testing-follower.ts'), bench.urls.system, bench.kernel.streamPath],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const gone = once(child, 'exit');
      // Every third one dies before it has done anything.
      if (life % 3 > 0) {
        await once(child.stdout, 'data');
        await send(3);
        await vi.waitFor(async () => expect((await taken()).length).toBeGreaterThan(before), { timeout: 20_000 });
      }
      await send(20 + Math.floor(random() * 10));
      child.kill('SIGKILL');
      await gone;
      // What the dead process had under way is rolled back before the next one looks at its mark.
      await vi.waitFor(async () => {
        const { rows } = await bench.owner.query(
          `select from pg_stat_activity where state <> 'idle' and datname = current_database() and pid <> pg_backend_pid()`,
        );
        expect(rows).toEqual([]);
      });
      left += sent - (await taken()).length;
    }
    expect(left).toBeGreaterThan(0);
    const last = bench.another().follow({ name: 'test', take: store });
    await last.start();
    await settled(sent);
    await last.stop();
  });

  test('is given a batch again when it could not take it, and those behind it wait', async () => {
    let refusals = 0;
    const following = bench.telemetry.follow({
      name: 'test',
      take: async (batch) => {
        if (batch.batch === 2 && refusals++ < 2) throw new Error('not now');
        await store(batch);
      },
    });
    await following.start();
    for (let n = 0; n < 4; n++) await accept();
    await settled(4);
    expect(refusals).toBe(3);
    await following.stop();
  });

  test('that is far too slow for the stream still gets everything, from the table', async () => {
    const following = bench.another().follow({
      name: 'test',
      take: async (batch) => {
        if (batch.batch < 3) await new Promise((resolve) => setTimeout(resolve, 150));
        await store(batch);
      },
    });
    await following.start();
    for (let n = 0; n < 40; n++) await accept(4000);
    await settled(40);
    const points = (await taken()).map((each) => each.points);
    expect(points).toEqual(points.map(() => 8000));
    await following.stop();
  });

  test('finds within moments a batch nobody streamed: its writer died between commit and sending', async () => {
    const following = bench.telemetry.follow({ name: 'test', take: store });
    await following.start();
    await accept();
    await settled(1);
    const [row] = (await bench.owner.query('select * from telemetry.hot')).rows;
    await bench.owner.query(
      `insert into telemetry.batch select gateway, 2, received, messages, points, events from telemetry.batch`,
    );
    await bench.owner.query(
      `insert into telemetry.hot select thing, time, received, seq + 16384, gateway, source, keys, vals, quals, texts from telemetry.hot where seq = $1`,
      [row.seq],
    );
    await settled(2);
    await following.stop();
  });

  test('is as far behind as the oldest batch it has not taken is old', async () => {
    let gate = Promise.withResolvers<void>();
    gate.resolve();
    const following = bench.telemetry.follow({
      name: 'test',
      take: async (batch) => {
        await gate.promise;
        await store(batch);
      },
    });
    const lag = async () => (await bench.telemetry.lag()).get('test');
    await following.start();
    await accept();
    await settled(1);
    expect(await lag()).toBe(0);
    gate = Promise.withResolvers();
    await accept();
    bench.clock.pass(12);
    await accept();
    bench.clock.pass(3);
    expect(await lag()).toBe(15);
    gate.resolve();
    await settled(3);
    expect(await lag()).toBe(0);
    await following.stop();
  });

  test('holds up the moving of hours it has not taken, and one gone for over a week holds up nothing', async () => {
    const following = bench.telemetry.follow({ name: 'test', take: store });
    await following.start();
    await accept();
    await settled(1);
    await following.stop();
    await accept();
    bench.clock.pass(7200);
    expect(await bench.telemetry.compaction.run()).toMatchObject({ hours: 0, rows: 0 });
    await following.start();
    await settled(2);
    await following.stop();
    expect(await bench.telemetry.compaction.run()).toMatchObject({ hours: 1, rows: 2 });
    await accept();
    bench.clock.pass(8 * 86_400);
    expect(await bench.telemetry.compaction.run()).toMatchObject({ hours: 1, rows: 1 });
  });
});
