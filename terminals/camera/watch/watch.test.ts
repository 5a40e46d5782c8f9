import { createHash } from 'node:crypto';
import { clause } from '@keystead/kernel/testing';
import { describe, expect, test } from 'vitest';
import { readThumbnail } from '../jpeg/thumbnail.ts';
import { court, type Shot, seeded, shoot } from './scene-fixture.ts';
import { viewOf } from './view.ts';
import { type Finding, type Look, Watch } from './watch.ts';

const every = 2000;
const settings = { patience: 12_000, standing: 20_000 };

function lookAt(bytes: Uint8Array | undefined): Look {
  if (!bytes) return { missing: 'no-answer' };
  const picture = readThumbnail(bytes);
  return picture
    ? { view: viewOf(picture), mark: createHash('sha1').update(bytes).digest('hex') }
    : { missing: 'no-picture' };
}

/** Shows a clip of `frames` pictures, one each two seconds; `at` tells which finding came with which picture. */
function show(seed: number, frames: number, frame: (n: number, random: () => number) => Shot | Uint8Array | undefined) {
  const [place, random, watch] = [court(seed), seeded(seed * 7 + 1), new Watch(settings)];
  const found: (Finding & { frame: number })[] = [];
  for (let n = 0; n < frames; n++) {
    const shot = frame(n, random);
    const bytes = shot === undefined || shot instanceof Uint8Array ? shot : shoot(place, random, shot);
    found.push(...watch.look(n * every, lookAt(bytes)).map((each) => ({ ...each, frame: n })));
  }
  return found;
}

const inside = (x: number, y: number, left: number, top: number, right: number, bottom: number) =>
  x > left && x < right && y > top && y < bottom;

/** Ten clips in which nothing is wrong. */
const clean: [string, (n: number, random: () => number) => Shot][] = [
  ['a quiet day', () => ({})],
  [
    'day turning into night, with lamps',
    (n) => ({
      light: (level, x, y) => {
        const lamp = n > 20 ? 90 * Math.exp(-((x - 0.3) ** 2 + (y - 0.3) ** 2) * 30) : 0;
        return level * Math.max(0.12, 1 - n * 0.026) + lamp;
      },
    }),
  ],
  [
    'people passing, one close by',
    (n) => ({
      light: (level, x, y) => {
        const walk = (n * 0.07) % 1.3;
        if (inside(x, y, walk - 0.03, 0.5, walk + 0.02, 0.9)) return 40;
        return n % 12 > 8 && inside(x, y, 0.3, 0.1, 0.62, 1) ? 70 : level;
      },
    }),
  ],
  [
    'rain',
    (_n, random) => {
      const drops = Array.from({ length: 60 }, () => [random(), random()] as const);
      return {
        noise: 14,
        light: (level, x, y) => {
          const hit = drops.some(([dx, dy]) => Math.abs(x - dx) < 0.004 && y > dy && y < dy + 0.14);
          return hit ? 210 : level * 0.7 + 25;
        },
      };
    },
  ],
  [
    'headlights at night',
    (n) => ({
      light: (level, x, y) => {
        const car = n % 9;
        const glare = car < 3 ? 420 * Math.exp(-((x - 0.2 - car * 0.3) ** 2 + (y - 0.6) ** 2) * 3) : 0;
        return level * 0.25 + glare;
      },
    }),
  ],
  ['clouds', (n) => ({ light: (level) => level * (0.8 + 0.25 * Math.sin(n * 1.3)) })],
  [
    'switching to infrared',
    (n) => ({ noise: n > 15 ? 10 : 4, light: (level) => (n > 15 ? level * 0.45 + 60 : level) }),
  ],
  ['wind shaking the pole', (n) => ({ right: 5 * Math.sin(n * 2.1), down: 3 * Math.cos(n * 1.7) })],
  [
    'a lorry that parks',
    (n) => ({ light: (level, x, y) => (n > 14 && inside(x, y, 0.55, 0.45, 0.95, 0.9) ? 235 : level) }),
  ],
  ['fog coming up', (n) => ({ light: (level) => 190 + (level - 190) * Math.max(0.3, 1 - n * 0.02) })],
];

const dark = (level: number, x: number, y: number) =>
  22 + 26 * Math.exp(-((x - 0.9) ** 2 + (y - 0.1) ** 2) * 6) + level * 0.02;
const begins = 16;
const faulty: [string, string, string, (n: number, random: () => number) => Shot | Uint8Array | undefined][] = [
  ['black', 'lost', 'black', () => ({ noise: 1, light: () => 6 })],
  ['covered by a hand', 'covered', '', () => ({ light: dark })],
  ['turned aside', 'rotated', '', () => ({ right: 130 })],
  ['blue', 'lost', 'uniform', () => ({ noise: 0, light: () => 74 })],
  ['gone from the line', 'lost', 'no-answer', () => undefined],
  ['half a picture', 'lost', 'no-picture', () => Buffer.from('<html>busy</html>')],
  ['covered with foil', 'covered', '', () => ({ light: (level, x) => 205 + 30 * Math.sin(x * 5) + level * 0.03 })],
  ['tilted down', 'rotated', '', () => ({ down: 75 })],
  ['rolled', 'rotated', '', () => ({ turn: 30 })],
];

describe('the watch over a camera', () => {
  test(clause('H-6.2-b-1', 'says nothing about ten clips in which nothing is wrong'), () => {
    const told = clean.map(([name, frame], n) => [name, show((n % 3) + 1, 36, frame)] as const);
    expect(told.filter(([, found]) => found.length > 0)).toEqual([]);
  }, 120_000);

  test.each(faulty)(
    clause('H-6.2-b-1', 'H-7.2-a-1', 'finds that the picture is %s (%s) within a minute, once'),
    (_name, fault, reason, frame) => {
      const found = show(2, begins + 30, (n, random) => (n < begins ? {} : frame(n, random)));
      expect(found).toMatchObject([{ fault, begun: true, ...(reason === '' ? {} : { detail: { reason } }) }]);
      expect(((found[0]?.frame ?? Number.POSITIVE_INFINITY) - begins) * every).toBeLessThan(60_000);
    },
    60_000,
  );

  test('tells how far it was turned aside', () => {
    const [found] = show(2, begins + 12, (n) => (n < begins ? {} : { right: 96 }));
    expect(found?.detail.right).toBeCloseTo(-0.25, 1);
  }, 60_000);

  test('finds a picture that stands still to the last bit', () => {
    const standing = shoot(court(3), seeded(5));
    const found = show(3, begins + 20, (n) => (n < begins ? {} : standing));
    expect(found).toMatchObject([{ fault: 'lost', begun: true, detail: { reason: 'standing-picture' } }]);
  }, 60_000);

  test('tells that it is over, and goes over from one fault to the other', () => {
    const found = show(1, begins + 44, (n) => {
      if (n < begins) return {};
      if (n < begins + 14) return { light: dark };
      return n < begins + 30 ? undefined : {};
    });
    expect(found.map(({ fault, begun }) => [fault, begun])).toEqual([
      ['covered', true],
      ['covered', false],
      ['lost', true],
      ['lost', false],
    ]);
  }, 60_000);
});
