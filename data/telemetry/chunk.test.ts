import { quality } from '@keystead/contracts/telemetry';
import { clause } from '@keystead/kernel/testing';
import { describe, expect, test } from 'vitest';
import { chunkRows, decodeChunk, encodeChunk } from './chunk.ts';
import type { SignalRow } from './signal-row.ts';

const hour = Date.UTC(2026, 5, 1, 1) * 1000;

/** mulberry32: the same numbers at every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const row = (second: number, keys: number[], values: number[], more: Partial<SignalRow> = {}): SignalRow => ({
  time: hour + second * 1_000_000,
  received: hour + second * 1_000_000 + 40_000,
  source: 0,
  keys,
  values,
  ...more,
});

const bits = (value: number): string => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString('hex');
};

const flat = (rows: readonly SignalRow[]): string[] =>
  rows.flatMap((each) =>
    each.keys.map((key, i) =>
      [
        each.time,
        each.received,
        each.source,
        key,
        bits(each.values[i] as number),
        each.qualities?.[i] ?? 0,
        each.texts?.[key],
      ].join(' '),
    ),
  );

const roundTrip = (rows: SignalRow[]): string[] =>
  flat(chunkRows(hour, encodeChunk(hour, rows).blob).map((each) => ({ ...each, keys: each.keys }))).sort();

describe('a chunk', () => {
  test(
    clause('I-6.1.1-a2', 'gives back every value bit for bit, also -0, NaN, infinities and the ends of the range'),
    () => {
      const odd = [
        0,
        -0,
        1,
        -1,
        0.1,
        0.2,
        0.1 + 0.2,
        21.5,
        21.57,
        1e-9,
        1.5e-10,
        5e-324,
        2.2250738585072014e-308,
        Number.MAX_VALUE,
        -Number.MAX_VALUE,
        Number.MAX_SAFE_INTEGER,
        2 ** 51,
        2 ** 51 + 1,
        2 ** 60,
        Number.NaN,
        Number.POSITIVE_INFINITY,
        Number.NEGATIVE_INFINITY,
        Math.PI,
        1 / 3,
        123456.789012,
        -40.000001,
      ];
      for (const one of odd) {
        for (const other of odd) {
          const rows = [row(0, [1], [one]), row(1, [1], [other]), row(2, [1], [one])];
          expect(roundTrip(rows)).toEqual(flat(rows).sort());
        }
      }
    },
  );

  test(clause('I-6.1.1-a2', 'keeps random readings of random decimals, presence, quality and texts'), () => {
    const random = dice(7);
    for (let n = 0; n < 60; n++) {
      const decimals = Math.floor(random() * 8);
      let time = 0;
      const rows: SignalRow[] = [];
      for (let i = 0; i < 80; i++) {
        time += Math.max(1, Math.floor(random() * (n % 2 ? 40_000_000 : 40_000)));
        const keys = [1, 2, 7, 300].filter(() => random() < 0.7);
        const values = keys.map((key) =>
          key === 300 ? Number.NaN : n % 3 === 0 ? random() * 1e6 : Number((random() * 1e4 - 5e3).toFixed(decimals)),
        );
        rows.push({
          time: hour + (time % 3_600_000_000),
          received: hour + time + Math.floor(random() * 1e9) - 5e8,
          source: random() < 0.2 ? 3 : 0,
          keys,
          values,
          qualities: keys.map(() => (random() < 0.1 ? quality.suspectRate : 0)),
          texts: keys.includes(300) ? { 300: `第${i}行 "x"` } : undefined,
        });
      }
      rows.sort((a, b) => a.time - b.time);
      const filled = rows.filter((each) => each.keys.length > 0);
      expect(roundTrip(filled)).toEqual(flat(filled).sort());
    }
  });

  test('keeps a reading whose receive time is half a century from its event time', () => {
    const rows = [
      row(0, [1], [1], { received: hour + 0.5e15 + 1 }),
      row(1, [1], [2], { received: 7 }),
      row(2, [1], [3], { received: hour + 0.5e15 + 3 }),
    ];
    expect(roundTrip(rows)).toEqual(flat(rows).sort());
  });

  test('answers one property without the others', () => {
    const { blob } = encodeChunk(hour, [row(0, [1, 2], [20.5, 3]), row(60, [2], [4])]);
    const { columns, rows } = decodeChunk(hour, blob, 2);
    expect(columns.map(({ key }) => key)).toEqual([2]);
    expect([...(columns[0]?.values ?? [])]).toEqual([3, 4]);
    expect([...rows.times]).toEqual([hour, hour + 60_000_000]);
  });

  test('knows count, extremes, sum, ends and the worst quality of each property', () => {
    const { keys, statistics, points } = encodeChunk(hour, [
      row(0, [1, 2], [20, 1]),
      row(1, [1], [Number.NaN]),
      row(2, [1], [99], { qualities: [quality.suspectRange] }),
      row(3, [1], [18]),
      row(4, [1], [1], { qualities: [quality.missing] }),
    ]);
    expect(keys).toEqual([1, 2]);
    expect(points).toBe(6);
    expect(statistics[0]).toEqual({
      count: 3,
      min: 18,
      max: 99,
      sum: 137,
      first: 20,
      last: 18,
      worst: quality.suspectRange,
    });
    expect(statistics[1]).toEqual({ count: 1, min: 1, max: 1, sum: 1, first: 1, last: 1, worst: 0 });
  });

  test('costs about a byte a point for a steady sensor of two decimals', () => {
    const random = dice(3);
    let value = 21;
    const rows = Array.from({ length: 3600 }, (_, i) => {
      value += (random() - 0.5) * 0.1;
      return row(i, [1, 2, 3], [Number(value.toFixed(2)), Math.round(50 + random()), 230]);
    });
    expect(encodeChunk(hour, rows).blob.length / (3600 * 3)).toBeLessThan(1.2);
  });

  test('refuses damaged bytes instead of giving readings nobody sent', () => {
    const { blob } = encodeChunk(hour, [row(0, [1], [20.5]), row(1, [1], [20.6])]);
    expect(() => decodeChunk(hour, Buffer.concat([Buffer.of(9), blob.subarray(1)]))).toThrow(RangeError);
    expect(() => decodeChunk(hour, blob.subarray(0, blob.length - 4))).toThrow();
  });
});
