import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { labelOf, lifeOf, rowsIn } from './city.ts';
import { homeOf, placesOf } from './layout.ts';

const settings = { seed: 3, today: '2026-06-15', months: 60 };
const lives = Array.from({ length: 400 }, (_, at) => lifeOf(settings, homeOf(at)));
const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

test('the same seed gives the same bytes, another seed other ones', () => {
  expect(digest(Array.from({ length: 400 }, (_, at) => lifeOf(settings, homeOf(at))))).toBe(digest(lives));
  expect(digest(lifeOf({ ...settings, seed: 4 }, homeOf(0)))).not.toBe(digest(lives[0]));
});

test('a home is the same whichever homes were asked for before it', () => {
  expect(digest(lifeOf(settings, homeOf(399)))).toBe(digest(lives[399]));
});

test('three districts and ten projects hold all homes, each place once and below its parent', () => {
  const rows = [...placesOf(2000)];
  const paths = new Set<string>();
  for (const { path } of rows) {
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    expect(parent === '' || paths.has(parent)).toBe(true);
    expect(paths.has(path)).toBe(false);
    paths.add(path);
  }
  const many = (kind: string) => rows.filter((row) => row.kind === kind).length;
  expect([many('region'), many('project'), many('house')]).toEqual([4, 10, 2000]);
});

test('resident numbers are unique, their check digit is right and their division does not exist', () => {
  const ids = lives.flatMap(({ tenancies }) =>
    tenancies.flatMap(({ household }) => household.members.map(({ residentId }) => residentId)),
  );
  expect(new Set(ids).size).toBe(ids.length);
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  for (const id of ids) {
    expect(id).toMatch(/^99\d{15}[\dX]$/);
    const sum = weights.reduce((total, weight, at) => total + weight * Number(id[at]), 0);
    expect('10X98765432'[sum % 11]).toBe(id[17]);
  }
});

test('most homes are let, few owe, nobody lives in a home twice at a time', () => {
  const let_ = lives.filter(({ state }) => state === 'occupied' || state === 'moving-out').length / lives.length;
  expect(let_).toBeGreaterThan(0.75);
  expect(let_).toBeLessThan(0.97);
  const bills = lives.flatMap(({ tenancies }) => tenancies.flatMap((tenancy) => tenancy.bills));
  const open = bills.filter(({ paid, dueOn }) => paid === null && dueOn < settings.today).length / bills.length;
  expect(open).toBeGreaterThan(0.002);
  expect(open).toBeLessThan(0.06);
  for (const { tenancies } of lives) {
    const leases = tenancies.flatMap((tenancy) => tenancy.leases);
    for (const [at, lease] of leases.entries())
      expect(at === 0 || lease.startsOn > (leases[at - 1]?.endsOn ?? '')).toBe(true);
  }
});

test('labels tell every kind and are in no life', () => {
  const kinds = new Set(Array.from({ length: 3000 }, (_, at) => labelOf(settings, homeOf(at)).kind));
  expect(kinds).toEqual(new Set(['plain', 'idle', 'sublet', 'group-renting', 'arrears-to-be', 'vacant-use']));
  expect(JSON.stringify(lives.map(({ traces, ...rest }) => rest))).not.toMatch(/sublet|group-renting|vacant-use|to-be/);
});

test('a city of a thousand homes: rows a second are said, not judged', () => {
  const began = performance.now();
  let rows = 0;
  for (let at = 0; at < 1000; at++) rows += rowsIn(lifeOf(settings, homeOf(at)));
  console.log(`${rows} rows, ${Math.round((rows / (performance.now() - began)) * 1000)} rows/s`);
  expect(rows).toBeGreaterThan(100_000);
});
