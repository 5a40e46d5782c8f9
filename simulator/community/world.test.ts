import { describe, expect, test } from 'vitest';
import { SimulatedClock } from './clock.ts';
import { commonUnits, draftOf, unitsOf } from './inventory.ts';
import { communityRows, homeAt, homesOf, surroundingRows } from './layout.ts';

describe('the layout of a thousand homes', () => {
  const homes = homesOf(1000);
  const rows = [...surroundingRows(), ...communityRows(homes)];

  test('has a thousand houses in ten buildings, each code once', () => {
    const count = (kind: string) => rows.filter((row) => row.kind === kind).length;
    expect([count('house'), count('building'), count('unit'), count('floor')]).toEqual([1000, 10, 20, 500]);
    const codes = rows.map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
    expect(new Set(codes).size).toBe(codes.length);
  });

  test('names parents before their children', () => {
    const seen = new Set<string>();
    for (const { path } of rows) {
      const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
      if (parent) expect(seen.has(parent), path).toBe(true);
      seen.add(path);
    }
  });

  test('keeps the first homes where they are when more are added', () => {
    expect(homesOf(1500).slice(0, 1000)).toEqual(homes);
    expect(homeAt(355)).toMatchObject({ code: '04-2-1402', name: '4号楼2单元1402' });
  });
});

describe('the things', () => {
  const homes = homesOf(1000);
  const units = [...homes.flatMap(unitsOf), ...commonUnits(1000)];

  test('are more than six thousand, of all six classes of terminals, each code once', () => {
    expect(units.length).toBeGreaterThan(6000);
    expect(new Set(units.map(({ code }) => code)).size).toBe(units.length);
    const families = new Set(units.map(({ family }) => family));
    for (const family of [
      'camera',
      'smoke-detector',
      'vital-sign-monitor',
      'water-meter',
      'electricity-meter',
      'lock',
      'gas-detector',
    ])
      expect(families).toContain(family);
  });

  test('stand in places there are, behind gateways there are', () => {
    const places = new Set(
      [...surroundingRows(), ...communityRows(homes)].map(({ path }) => path.slice(path.lastIndexOf('/') + 1)),
    );
    const gateways = new Set(units.filter(({ family }) => family === 'home-gateway').map(({ code }) => code));
    expect(units.filter(({ place }) => !places.has(place))).toEqual([]);
    expect(units.filter(({ gateway }) => gateway !== undefined && !gateways.has(gateway))).toEqual([]);
    // A home's sensors speak through its gateway; lock and smoke detector have connections of their own.
    const [home] = homes;
    const own = home ? unitsOf(home).filter(({ gateway }) => !gateway) : [];
    expect(own.map(({ family }) => family)).toEqual(['home-gateway', 'lock', 'smoke-detector']);
  });

  test('are registered with the same dossier each time', () => {
    const [unit] = units;
    expect(unit && draftOf(unit, 'p')).toEqual(unit && draftOf(unit, 'p'));
    expect(unit && draftOf(unit, 'p')).toMatchObject({ code: 'GW-01-1-0101', state: 'in-use', placeId: 'p' });
  });
});

describe('simulated time', () => {
  function at(start: number) {
    let now = start;
    return { real: () => now, pass: (ms: number) => (now += ms) };
  }

  test('is real time at speed 1', () => {
    const time = at(1_000_000);
    const clock = new SimulatedClock(1, { ahead: 0 }, time.real);
    time.pass(5_000);
    expect(clock.now()).toBe(1_005_000);
    expect(clock.mark()).toEqual({ ahead: 0 });
  });

  test('runs faster, and never back over a restart, even one without warning', () => {
    const time = at(1_000_000);
    const fast = new SimulatedClock(60, { ahead: 0 }, time.real);
    const kept = fast.mark();
    time.pass(45_000);
    const said = fast.now();
    // Killed 45 s after the last mark was kept, started again at once at normal speed.
    const slow = new SimulatedClock(1, kept, time.real);
    expect(slow.now()).toBeGreaterThanOrEqual(said);
    expect(slow.until(slow.now() + 1_000)).toBe(1_000);
  });

  test('stands still at speed 0', () => {
    const time = at(1_000_000);
    const clock = new SimulatedClock(0, { ahead: 7 }, time.real);
    time.pass(5_000);
    expect(clock.now()).toBe(1_000_007);
    expect(clock.until(2_000_000)).toBe(Number.POSITIVE_INFINITY);
  });
});
