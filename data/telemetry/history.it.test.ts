import { quality } from '@keystead/contracts/telemetry';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { instantText } from './instants.ts';
import { dice, message, startTelemetry, type TelemetryBench } from './testing.ts';
import { qualityView } from './views.ts';

let bench: TelemetryBench<TestPlatform>;
beforeEach(async () => {
  bench = await startTelemetry(startPlatform);
});
afterEach(() => bench.stop());

const minute = 60_000_000;
const start = Date.UTC(2026, 5, 1, 1) * 1000;
const at = (micros: number) => new Date(micros / 1000);
const idOf = (thing: number) => bench.things[thing - 1]?.id ?? '';
const properties = { 1: 'temperature', 2: 'energy', 3: 'power' } as const;
type Key = keyof typeof properties;

interface Sent {
  thing: number;
  time: number;
  key: Key;
  value: number;
  quality: number;
}

/** What a reader must see, told in the simplest way: the last arrival of each (thing, property, event time). */
class Naive {
  readonly points = new Map<string, Sent>();
  take(sent: Sent): void {
    this.points.set(`${sent.thing} ${sent.key} ${sent.time}`, sent);
  }
  of(thing: number, key: Key, from: number, to: number): Sent[] {
    return [...this.points.values()]
      .filter((each) => each.thing === thing && each.key === key && each.time >= from && each.time < to)
      .sort((a, b) => a.time - b.time);
  }
}

async function rawOf(thing: number, key: Key, from: number, to: number, order: 'asc' | 'desc' = 'asc') {
  const items = [];
  let cursor: string | undefined;
  do {
    const page = await bench.telemetry.raw(bench.actor(), idOf(thing), properties[key], {
      from: at(from),
      to: at(to),
      limit: 37,
      order,
      ...(cursor === undefined ? {} : { cursor }),
    });
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return items.map(({ time, value, quality: word, reason }) => ({ time, value, word, reason }));
}

const shown = ({ time, value, quality: code }: Sent) => {
  const { quality: word, reason } = qualityView(code);
  return { time: instantText(time), value, word, reason };
};

function figures(points: readonly Sent[]) {
  const counted = points.filter((each) => each.quality !== quality.missing).map(({ value }) => value);
  return {
    count: counted.length,
    min: counted.length ? Math.min(...counted) : null,
    max: counted.length ? Math.max(...counted) : null,
    first: counted[0] ?? null,
    last: counted.at(-1) ?? null,
    sum: counted.reduce((sum, each) => sum + each, 0),
    suspect: points.some((each) => each.quality >= 16),
  };
}

async function sameAsNaive(naive: Naive, from: number, to: number): Promise<void> {
  for (const thing of [1, 2]) {
    for (const key of [1, 2, 3] as const) {
      const expected = naive.of(thing, key, from, to);
      expect(await rawOf(thing, key, from, to)).toEqual(expected.map(shown));
      expect(await rawOf(thing, key, from, to, 'desc')).toEqual(expected.map(shown).reverse());
      for (const points of [3, 40, 4000]) {
        const { width, buckets } = await bench.telemetry.history(
          bench.actor(),
          idOf(thing),
          properties[key],
          { from: at(from), to: at(to) },
          points,
        );
        const grouped = Map.groupBy(expected, ({ time }) => Math.floor(time / (width * 1_000_000)));
        expect(buckets.map(({ time }) => time)).toEqual(
          [...grouped.keys()].map((bucket) => instantText(Math.round(bucket * width * 1_000_000))),
        );
        for (const [index, group] of [...grouped.values()].entries()) {
          const { sum, suspect, ...exact } = figures(group);
          expect(buckets[index]).toMatchObject(exact);
          expect(buckets[index]?.sum ?? 0).toBeCloseTo(sum, 6);
          expect(buckets[index]?.quality === 'suspect').toBe(suspect);
        }
      }
    }
  }
}

describe('one query over hot and warm', () => {
  test(clause(
    'H-8.4-0-2',
    'any order of arrival, with doubles, reads like the last arrival of each, before and after moving',
  ), async () => {
    const random = dice(5);
    const naive = new Naive();
    const pick = (most: number) => Math.floor(random() * most);
    for (let round = 0; round < 4; round++) {
      for (let batch = 0; batch < 6; batch++) {
        const messages = Array.from({ length: 1 + pick(25) }, () => {
          const thing = 1 + pick(2);
          // Five hours around now, often the very same instant again.
          const time = start + round * 60 * minute + (pick(300) - 240) * minute + pick(2) * 1001;
          const keys = ([1, 2, 3] as const).filter(() => random() < 0.7);
          const values = keys.map(() => (random() < 0.3 ? random() * 1e3 : pick(1000) / 100));
          const qualities = keys.map(() =>
            random() < 0.2 ? ([quality.missing, quality.suspectRange][pick(2)] ?? 0) : 0,
          );
          keys.forEach((key, i) => {
            naive.take({ thing, time, key, value: values[i] as number, quality: qualities[i] as number });
          });
          return { thing, time, keys, values, qualities };
        });
        await bench.telemetry.accept({ messages });
        bench.clock.pass(pick(300));
      }
      const [from, to] = [start - 5 * 60 * minute, start + 10 * 60 * minute + 7000];
      await sameAsNaive(naive, from, to);
      await sameAsNaive(naive, start - 90 * minute + 1000, start + 31 * minute);
      bench.clock.set(at(start + (round + 1) * 60 * minute + 2 * minute));
      const { hours } = await bench.telemetry.compaction.run();
      expect(hours).toBeGreaterThan(0);
      await sameAsNaive(naive, from, to);
      await sameAsNaive(naive, start - 90 * minute + 1000, start + 31 * minute);
    }
    const { rows } = await bench.owner.query('select count(*)::int as hot from telemetry.hot');
    expect(rows[0].hot).toBe(0);
  }, 120_000);

  test('figures beside the chunks equal recomputation from raw readings, by hour and by local day', async () => {
    const random = dice(9);
    const messages = Array.from({ length: 3 * 24 * 12 }, (_, n) =>
      message(1, start + n * 5 * minute, { 1: Number((20 + random()).toFixed(3)) }),
    );
    await bench.telemetry.accept({ messages });
    bench.clock.pass(4 * 86_400);
    await bench.telemetry.compaction.run();
    const asked = { from: at(start + 90 * minute), to: at(start + 60 * 60 * minute) };
    const raw = (await rawOf(1, 1, start + 90 * minute, start + 60 * 60 * minute)).map(({ time, value }) => ({
      time: Date.parse(time),
      value: value as number,
    }));
    const dayOf = (time: number) => Math.floor((time + 8 * 3_600_000) / 86_400_000);
    const hourly = await bench.telemetry.aggregate(
      bench.actor(),
      idOf(1),
      'temperature',
      asked,
      'hour',
      'Asia/Shanghai',
    );
    const daily = await bench.telemetry.aggregate(bench.actor(), idOf(1), 'temperature', asked, 'day', 'Asia/Shanghai');
    expect(daily.buckets.map(({ time }) => time)).toEqual([
      '2026-05-31T16:00:00.000000Z',
      '2026-06-01T16:00:00.000000Z',
      '2026-06-02T16:00:00.000000Z',
    ]);
    for (const [{ buckets }, grouped] of [
      [hourly, Map.groupBy(raw, ({ time }) => Math.floor(time / 3_600_000))],
      [daily, Map.groupBy(raw, ({ time }) => dayOf(time))],
    ] as const) {
      expect(buckets.length).toBe(grouped.size);
      for (const [index, group] of [...grouped.values()].entries()) {
        const values = group.map(({ value }) => value);
        expect(buckets[index]).toMatchObject({
          count: values.length,
          min: Math.min(...values),
          max: Math.max(...values),
          first: values[0],
          last: values.at(-1),
        });
        expect(buckets[index]?.avg).toBeCloseTo(values.reduce((sum, each) => sum + each, 0) / values.length, 9);
      }
    }
  });

  test('a gap stays a gap, and a later arrival of the same instant wins and is counted', async () => {
    await bench.telemetry.accept({
      messages: [message(1, start, { 1: 20 }), message(1, start + 50 * minute, { 1: 22 })],
    });
    bench.clock.pass(5);
    await bench.telemetry.accept({ messages: [message(1, start, { 1: 21 })] });
    bench.clock.pass(7200);
    await bench.telemetry.compaction.run();
    const asked = { from: at(start), to: at(start + 60 * minute) };
    const { buckets } = await bench.telemetry.history(bench.actor(), idOf(1), 'temperature', asked, 60);
    expect(buckets.map(({ time, avg }) => [time.slice(11, 16), avg])).toEqual([
      ['01:00', 21],
      ['01:50', 22],
    ]);
    const { rows } = await bench.owner.query('select points, replaced from telemetry.chunk');
    expect(rows).toEqual([{ points: 2, replaced: 1 }]);
  });
});

describe('moving', () => {
  test('a stop anywhere loses nothing: what was moved is not moved twice, what was not is moved later', async () => {
    const sent = Array.from({ length: 600 }, (_, n) => message(1 + (n % 3), start + n * 1_000_000, { 1: n, 2: n * 2 }));
    for (let from = 0; from < sent.length; from += 50)
      await bench.telemetry.accept({ messages: sent.slice(from, from + 50) });
    bench.clock.pass(7200);
    const aborted = new AbortController();
    aborted.abort();
    expect(await bench.telemetry.compaction.run(aborted.signal)).toMatchObject({ rows: 0 });
    // As after a crash behind the first slice: thing 1 stands in a chunk, and also still in the hot table.
    await bench.telemetry.compaction.run();
    await bench.owner.query(`select telemetry.open_hour('2026-06-01T01:00:00Z')`);
    await bench.owner.query(
      `insert into telemetry.hot select 1, $1, $1, 1 + n, 1, null, '{1,2}', array[n, n * 2], null, null from generate_series(0, 2) n`,
      [instantText(start)],
    );
    const before = await rawOf(1, 1, start, start + 60 * minute);
    await bench.telemetry.compaction.run();
    expect((await rawOf(1, 1, start, start + 60 * minute)).length).toBe(before.length);
    expect((await rawOf(2, 2, start, start + 60 * minute)).length).toBe(200);
    const { rows } = await bench.owner.query(
      `select to_regclass('telemetry.hot_2026060101') as part, (select count(*)::int from telemetry.compaction) as open`,
    );
    expect(rows).toEqual([{ part: null, open: 0 }]);
  });

  test('an hour somebody reads just now is dropped at the next run, and writers do not wait for it', async () => {
    await bench.telemetry.accept({ messages: [message(1, start, { 1: 1 })] });
    bench.clock.pass(7200);
    await bench.owner.query('begin');
    await bench.owner.query('select from telemetry.hot_2026060101');
    expect(await bench.telemetry.compaction.run()).toMatchObject({ hours: 0, rows: 1 });
    await bench.telemetry.accept({ messages: [message(1, start + 7200 * 1_000_000, { 1: 2 })] });
    await bench.owner.query('commit');
    expect(await rawOf(1, 1, start, start + 60 * minute)).toHaveLength(1);
    expect(await bench.telemetry.compaction.run()).toMatchObject({ hours: 1, rows: 0 });
    expect(await rawOf(1, 1, start, start + 180 * minute)).toHaveLength(2);
  });

  test('rows that arrive in an hour while it is moved are moved too', async () => {
    await bench.telemetry.accept({ messages: [message(1, start, { 1: 1 })] });
    bench.clock.pass(7200);
    await bench.owner.query(`insert into telemetry.compaction values ('2026-06-01T01:00:00Z', 1, 0, 0)`);
    await bench.telemetry.compaction.run();
    expect(await rawOf(1, 1, start, start + 60 * minute)).toHaveLength(1);
    await bench.telemetry.compaction.run();
    const { rows } = await bench.owner.query(
      'select (select count(*) from telemetry.hot)::int as hot, (select sum(points) from telemetry.chunk)::int as warm',
    );
    expect(rows).toEqual([{ hot: 0, warm: 1 }]);
  });

  test(
    clause(
      'H-8.4-c',
      'data of the first day of five years is there, older data ends, and less than five years is refused',
    ),
    async () => {
      await bench.telemetry.accept({
        messages: [message(1, start, { 1: 20 }), message(1, start - 30 * 86_400_000_000, { 1: 19 })],
        events: [{ thing: 1, time: start, event: 'fault' }],
      });
      bench.clock.pass(2 * 3600);
      await bench.telemetry.compaction.run();
      bench.clock.set('2031-05-31T00:00:00Z');
      expect(await bench.telemetry.keeping.expire()).toEqual({ chunks: 1, events: 0 });
      expect(await rawOf(1, 1, start - 60 * minute, start + minute)).toMatchObject([{ value: 20 }]);
      const keeper = bench.actor('system:write');
      await expect(bench.telemetry.keeping.set(keeper, 4)).rejects.toThrow('telemetry-keeping-too-short');
      await expect(bench.owner.query('update telemetry.keeping set years = 4')).rejects.toThrow();
      await bench.telemetry.keeping.set(keeper, 6);
      bench.clock.set('2031-07-01T00:00:00Z');
      expect(await bench.telemetry.keeping.expire()).toEqual({ chunks: 0, events: 0 });
      bench.clock.set('2032-07-01T00:00:00Z');
      expect(await bench.telemetry.keeping.expire()).toEqual({ chunks: 1, events: 1 });
    },
  );
});
