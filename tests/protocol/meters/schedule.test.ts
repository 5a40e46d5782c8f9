import { clause } from '@keystead/kernel/testing';
import { cjt188Channel } from '@keystead/terminals/cjt188';
import { dlt645Channel } from '@keystead/terminals/dlt645';
import type { Channel } from '@keystead/terminals/port';
import { afterEach, expect, test } from 'vitest';
import { lineSettings, powerAt, ReadingDesk, until, waterAt } from './reading-desk.ts';
import { SimulatedMeters } from './simulated-meters.ts';

const open: Channel[] = [];
let meters: SimulatedMeters | undefined;
afterEach(async () => {
  await Promise.all(open.splice(0).map((channel) => channel.close()));
  await meters?.stop();
});

const perLine = 250;
const addresses = (line: number, length: number): string[] =>
  Array.from({ length: perLine }, (_, at) => String(line * 100_000 + at + 1).padStart(length, '0'));

test(
  clause('H-6.4-b-2', 'H-6.4-a', 'a thousand meters on four bad lines are read on schedule, slot by slot, >= 99.99 %'),
  async () => {
    const lines = [1, 2, 3, 4].map((line) => {
      const protocol = line <= 2 ? ('cjt188' as const) : ('dlt645' as const);
      return { protocol, addresses: addresses(line, protocol === 'cjt188' ? 14 : 12) };
    });
    meters = await SimulatedMeters.start(lines, 7);
    const desk = new ReadingDesk();
    await meters.wish({
      faults: { loseRequests: 0.03, loseAnswers: 0.03, damage: 0.02, noise: 0.03, stray: 0.01, echo: true },
    });
    await desk.jump('2026-11-20T08:00:00+08:00', meters);
    for (const [at, line] of lines.entries()) {
      const settings = lineSettings(meters.ports[at] ?? 0, { timeout: 50 });
      const name = `line ${at}`;
      open.push(
        line.protocol === 'cjt188'
          ? await cjt188Channel.open(
              { name, settings, devices: line.addresses.map((one) => ({ name: one, at: waterAt(one) })) },
              desk,
            )
          : await dlt645Channel.open(
              {
                name,
                settings,
                devices: line.addresses.map((one) => ({ name: one, at: powerAt(one, { items: ['energy'] }) })),
              },
              desk,
            ),
      );
    }
    const all = lines.flatMap((line) => line.addresses);
    const slots = ['08:00', '08:15', '08:30'];
    for (const [at, slot] of slots.entries()) {
      if (at > 0) await desk.jump(`2026-11-20T${slot}:00+08:00`, meters);
      await until(`slot ${slot}`, () => desk.readings.length >= all.length * (at + 1), 30_000);
    }
    const collected = all.reduce((sum, device) => sum + Math.min(slots.length, desk.of(device).length), 0);
    expect(collected / (all.length * slots.length)).toBeGreaterThanOrEqual(0.9999);
    // Each in its slot, once, and each is what the meter had counted then.
    for (const device of [...all.slice(0, 5), ...all.slice(-5)]) {
      const { registers } = await meters.meter(device, { at: slots.map((slot) => `2026-11-20T${slot}:00+08:00`) });
      const told = desk.of(device);
      expect(
        told.map(({ time = 0 }) => Math.floor((time / 1000 - Date.parse('2026-11-20T08:00:00+08:00')) / 900_000)),
      ).toEqual([0, 1, 2]);
      for (const [at, { values }] of told.entries()) {
        const counted = Number(values.energy ?? values.volume);
        expect(counted - (registers[at] ?? 0)).toBeGreaterThanOrEqual(0);
        expect(counted - (registers[at] ?? 0)).toBeLessThan(1);
      }
    }
    // The lines were as bad as they were meant to be.
    const figures = open.map((channel) => channel.links().get(''));
    expect(figures.every((figure) => figure !== undefined && figure.lost > 20 && figure.damaged > 5)).toBe(true);
    expect(desk.refusals.get('checksum-wrong')).toBeGreaterThan(50);
  },
);

test(clause('H-6.4-b-2', 'one dead meter does not keep the others waiting, and is told as down'), async () => {
  const all = addresses(1, 12).slice(0, 20);
  meters = await SimulatedMeters.start([{ protocol: 'dlt645', addresses: all }]);
  const desk = new ReadingDesk();
  const dead = all[3] ?? '';
  await meters.meter(dead, { silent: true });
  const settings = lineSettings(meters.ports[0] ?? 0);
  const devices = all.map((name) => ({ name, at: powerAt(name) }));
  const channel = await dlt645Channel.open({ name: 'line', settings, devices }, desk);
  open.push(channel);
  await until('the others', () => desk.readings.length === 19, 10_000);
  await until('given up', () => channel.links().get(dead)?.state === 'down', 10_000);
  expect(desk.of(dead)).toEqual([]);
  expect(channel.links().get('')).toMatchObject({ state: 'up' });
  await meters.meter(dead, { silent: false });
  await until('it is back', () => desk.of(dead).length === 1, 20_000);
  expect(channel.links().get(dead)).toMatchObject({ state: 'up' });
});
