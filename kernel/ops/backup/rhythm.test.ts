import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { movableClock } from '@keystead/kernel/base';
import { clause } from '@keystead/kernel/testing';
import { expect, test } from 'vitest';
import type { Manifest } from './manifest.ts';
import { dueNow, expired, readRhythm } from './rhythm.ts';

const rhythm = readRhythm('/nonexistent');

const setOf = (madeAt: Date, to = madeAt): Manifest =>
  ({ id: 'x', madeAt: madeAt.toISOString(), database: { to: to.toISOString() } }) as unknown as Manifest;

test(
  clause(
    'H-8.4-b-4',
    'H-8.4-b-5',
    'I-5.3.3-b-2',
    'over a month no two full backups are more than a day apart, and increments at most an hour',
  ),
  () => {
    const clock = movableClock('2026-06-01T00:00:00Z');
    const since = clock.now();
    let newest: Manifest | undefined;
    let full = since.getTime();
    let to = full;
    let fulls = 0;
    for (let step = 0; step < 30 * 288; step++) {
      clock.pass(300);
      const now = clock.now();
      const wanted = dueNow({ newest, waitingBytes: 0, since }, rhythm, now);
      if (wanted === 'full') {
        fulls += 1;
        full = now.getTime();
      }
      if (wanted) {
        to = now.getTime();
        newest = setOf(new Date(full), now);
      }
      expect(now.getTime() - full).toBeLessThanOrEqual(24 * 3_600_000);
      expect(now.getTime() - to).toBeLessThanOrEqual(65 * 60_000);
    }
    expect(fulls).toBeGreaterThanOrEqual(30);
    expect(fulls).toBeLessThanOrEqual(32);
  },
);

test('much waiting log is taken before its hour', () => {
  const now = new Date('2026-06-01T12:00:00Z');
  const newest = setOf(new Date('2026-06-01T11:50:00Z'));
  expect(dueNow({ newest, waitingBytes: 100e6, since: now }, rhythm, now)).toBeUndefined();
  expect(dueNow({ newest, waitingBytes: 600e6, since: now }, rhythm, now)).toBe('increment');
});

test('a week can be gone back to at any moment, and the newest backup always stays', () => {
  const day = (n: number) => new Date(Date.UTC(2026, 5, n));
  const sets = Array.from({ length: 20 }, (_, i) => ({ id: String(i + 1), madeAt: day(i + 1).toISOString() }));
  const gone = expired(sets, 7, day(20));
  // The set of day 13 begins the week; it is the newest that is at least a week old.
  expect(gone).toEqual(Array.from({ length: 12 }, (_, i) => String(i + 1)));
  expect(expired(sets.slice(0, 1), 7, day(400))).toEqual([]);
});

test('a rhythm that cannot be used is refused with all its faults', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ks-rhythm-'));
  try {
    writeFileSync(join(folder, 'backup.json'), JSON.stringify({ keepDays: 0, fullHours: 100, copyto: '/b' }));
    expect(() => readRhythm(folder)).toThrow(/keepDays.*fullHours|fullHours.*keepDays/);
    writeFileSync(join(folder, 'backup.json'), JSON.stringify({ copyTo: '/b', keepDays: 30 }));
    expect(readRhythm(folder)).toMatchObject({ copyTo: '/b', keepDays: 30, incrementMinutes: 60 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
