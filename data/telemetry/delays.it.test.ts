import type { PlacesService } from '@keystead/data/places';
import { places } from '@keystead/data/places';
import { type ThingsService, things } from '@keystead/data/things';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { telemetry } from './index.ts';
import type { TelemetryService } from './service.ts';

let platform: TestPlatform;
let signals: TelemetryService;
let registry: ThingsService;
let spots: { id: string; path: string }[];
const numbers = new Map<string, number>();

beforeAll(async () => {
  platform = await startPlatform(places, things, telemetry);
  signals = platform.services.telemetry as TelemetryService;
  registry = platform.services.things as ThingsService;
  const keeper = platform.actor('thing:write', 'place:write');
  const tree = platform.services.places as PlacesService;
  const spot = (code: string) => tree.create(keeper, { parent: null, kind: 'project', code, name: code });
  spots = [await spot('A'), await spot('B')];
  for (const [code, family, at] of [
    ['smoke', 'smoke-detector', 0],
    ['pump', 'fire-pump', 0],
    ['lock', 'lock', 1],
    ['host', 'host', 0],
  ] as const) {
    const made = await registry.create(keeper, { code, name: code, family, placeId: spots[at]?.id ?? null });
    numbers.set(code, made.number);
  }
});
afterAll(async () => {
  await signals.close();
  await platform.stop();
});

const now = () => platform.clock.now().getTime() * 1_000;
const numberOf = (code: string): number => numbers.get(code) ?? 0;
const event = (code: string, seconds: number) => ({
  thing: numberOf(code),
  time: now() - seconds * 1e6,
  event: 'tested',
});
const reading = (code: string, seconds: number) => ({
  thing: numberOf(code),
  time: now() - seconds * 1e6,
  keys: [1],
  values: [1],
  qualities: [0],
});

test(
  clause('H-6.3-a-2', 'the delay report counts every word of a fire device, and each that broke 30 seconds'),
  async () => {
    const delays = Array.from({ length: 1_000 }, (_, n) => (n === 500 ? 31 : n === 501 ? 45.5 : (n % 30) + 0.25));
    for (const seconds of delays) await signals.accept({ messages: [], events: [event('smoke', seconds)] });
    await signals.accept({ messages: [reading('smoke', 3), reading('host', 900)], events: [event('pump', 30)] });
    // A clock ahead of ours is no delay.
    await signals.accept({ messages: [], events: [event('lock', -2), event('lock', 21)] });
    const operator = platform.actor('telemetry:read');
    const span = { from: new Date(now() / 1_000 - 60_000), to: new Date(now() / 1_000 + 60_000), under: '' };
    const { items, cut } = await signals.delays(operator, span);
    expect(cut).toBe(false);
    expect(items.map(({ family, count, limit, breaches }) => [family, count, limit, breaches])).toEqual([
      ['fire-pump', 1, 30, 0],
      ['lock', 2, 20, 1],
      ['smoke-detector', 1_001, 30, 2],
    ]);
    const smoke = items.find(({ family }) => family === 'smoke-detector');
    expect([smoke?.max, smoke?.things, Math.round(smoke?.p50 ?? 0)]).toEqual([45.5, 1, 14]);
    expect(items.find(({ family }) => family === 'lock')).toMatchObject({ max: 21, p50: 10.5 });
    const theirs = await signals.delays(platform.actorAt([spots[1]?.path ?? ''], 'telemetry:read'), span);
    expect(theirs.items.map(({ family }) => family)).toEqual(['lock']);
    const below = await signals.delays(operator, { ...span, under: spots[0]?.path ?? '' });
    expect(below.items.map(({ family }) => family)).toEqual(['fire-pump', 'smoke-detector']);
    await expect(signals.delays(operator, { ...span, to: span.from })).rejects.toThrow('telemetry-span-refused');
  },
);
