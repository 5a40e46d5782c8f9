import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { message, startTelemetry, type TelemetryBench } from './testing.ts';

let bench: TelemetryBench<TestPlatform>;
beforeAll(async () => {
  bench = await startTelemetry(startPlatform);
});
afterAll(() => bench.stop());

const now = () => bench.clock.now().getTime() * 1000;
const rows = async (text: string, values: unknown[] = []) => (await bench.owner.query(text, values)).rows;

describe('accepting', () => {
  test('what was accepted is in the table of its hour, bit for bit, under the number it was answered', async () => {
    const { batch } = await bench.telemetry.accept({
      messages: [
        { ...message(1, now() - 5, { 1: 21.25, 2: -0 }), qualities: [0, 17] },
        { ...message(2, now(), { 6: Number.NaN }), texts: { 6: '漏水\u0001' } },
      ],
      events: [{ thing: 1, time: now(), event: 'fault', data: { type: 'motor', code: 'E07' } }],
    });
    const found = await rows('select *, tableoid::regclass::text as part from telemetry.hot order by seq');
    expect(found.map(({ part }) => part)).toEqual(['telemetry.hot_2026060101', 'telemetry.hot_2026060101']);
    expect(found[0]).toMatchObject({ thing: '1', keys: [1, 2], gateway: 1, quals: Buffer.from([0, 17]), texts: null });
    expect(Object.is(found[0].vals[1], -0)).toBe(true);
    expect(found[1]).toMatchObject({ quals: null, texts: { 6: '漏水\u0001' } });
    expect(Number(found[1].seq)).toBe(batch * 16384 + 1);
    const [event] = await rows('select * from telemetry.event');
    expect(event).toMatchObject({ thing: '1', event: 'fault', data: { type: 'motor', code: 'E07' } });
    expect(await rows('select * from telemetry.batch')).toMatchObject([
      { batch: String(batch), messages: 2, points: 3, events: 1 },
    ]);
  });

  test('numbers rise by one, also over a failed batch, a lost connection and a new process', async () => {
    const accept = (service = bench.telemetry) => service.accept({ messages: [message(1, now(), { 1: 1 })] });
    const { batch: first } = await accept();
    await expect(bench.telemetry.accept({ messages: [message(1, now(), { 99999: 1 })] })).rejects.toThrow();
    expect((await accept()).batch).toBe(first + 1);
    await bench.owner.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = 7020141 and objid = 1 and database = (select oid from pg_database where datname = current_database())`,
    );
    await accept().catch(() => {});
    const { batch: third } = await accept();
    await bench.telemetry.close();
    const other = bench.another();
    expect((await accept(other)).batch).toBe(third + 1);
    await other.close();
    const [{ holes }] = await rows(
      'select max(batch) - min(batch) + 1 - count(*) as holes from telemetry.batch where gateway = 1',
    );
    expect(Number(holes)).toBe(0);
  });

  test('many senders at once are committed one after the other, each whole', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        bench.telemetry.accept({ messages: [message(3, now() + n, { 1: n }), message(3, now() + 1000 + n, { 1: n })] }),
      ),
    );
    expect(new Set(answers.map(({ batch }) => batch)).size).toBe(50);
    const [{ count }] = await rows('select count(*) from telemetry.hot where thing = 3');
    expect(Number(count)).toBe(100);
  });

  test(
    clause('H-7.3-0-1', 'what knows level 3 is committed while the others are held up, under numbers of its own'),
    async () => {
      const { telemetry } = bench;
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      const slow = telemetry.accept({ messages: [message(1, now(), { 1: 1 })], beside: () => held });
      const urgent = [];
      for (let n = 1; n <= 3; n++)
        urgent.push((await telemetry.acceptUrgent({ messages: [message(3, now() + n, { 2: n })] })).batch);
      expect(urgent).toEqual([1, 2, 3]);
      release();
      await slow;
      const kept = await rows(
        'select gateway, batch::int from telemetry.batch order by received desc, gateway desc limit 4',
      );
      expect(kept).toContainEqual({ gateway: 3, batch: 3 });
      const { values } = await telemetry.latest(bench.actor(), bench.things[2]?.id ?? '');
      expect(values.energy?.value).toBe(3);
    },
  );

  test('messages of odd event times are ordinary: years late, or ahead of our clock', async () => {
    const times = [Date.UTC(2001, 1, 1) * 1000, now() + 10 * 365 * 86_400_000_000];
    await bench.telemetry.accept({ messages: times.map((time) => message(2, time, { 1: 5 })) });
    const { items } = await bench.telemetry.raw(bench.actor(), bench.things[1]?.id ?? '', 'temperature', {
      from: new Date(0),
      to: new Date('2100-01-01'),
      limit: 10,
      order: 'asc',
    });
    expect(items.map(({ time }) => time)).toEqual(['2001-02-01T00:00:00.000000Z', '2036-05-29T01:00:00.000000Z']);
  });

  test('rows of an hour nobody could make a partition for land in the default one and are read like any', async () => {
    bench.clock.pass(3600);
    await bench.owner.query('revoke execute on function telemetry.open_hour from keystead_system');
    await bench.telemetry.accept({ messages: [message(1, now(), { 3: 42 })] });
    await bench.owner.query('grant execute on function telemetry.open_hour to keystead_system');
    expect(await rows('select thing from telemetry.hot_default')).toEqual([{ thing: '1' }]);
    const { values } = await bench.telemetry.latest(bench.actor(), bench.things[0]?.id ?? '');
    expect(values.power?.value).toBe(42);
    bench.clock.pass(7200);
    await bench.telemetry.compaction.run();
    expect(await rows('select thing from telemetry.hot_default')).toEqual([]);
    const from = new Date(bench.clock.now().getTime() - 4 * 3_600_000);
    const { items } = await bench.telemetry.raw(bench.actor(), bench.things[0]?.id ?? '', 'power', {
      from,
      to: bench.clock.now(),
      limit: 10,
      order: 'asc',
    });
    expect(items.map(({ value }) => value)).toEqual([42]);
  });

  test('nothing is acknowledged that is not stored: a batch the database refuses is told', async () => {
    const before = await rows('select count(*) from telemetry.hot');
    const messages = [message(1, now(), { 1: 1 }), message(2, now(), { 1: 2 })];
    await bench.owner.query('alter table telemetry.batch add constraint refuse check (messages <> 2)  not valid');
    await expect(bench.telemetry.accept({ messages })).rejects.toThrow();
    await bench.owner.query('alter table telemetry.batch drop constraint refuse');
    expect(await rows('select count(*) from telemetry.hot')).toEqual(before);
  });
});
