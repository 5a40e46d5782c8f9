import { clause } from '@keystead/kernel/testing';
import { cjt188Channel } from '@keystead/terminals/cjt188';
import { dlt645Channel } from '@keystead/terminals/dlt645';
import type { Channel } from '@keystead/terminals/port';
import { afterEach, expect, test } from 'vitest';
import { lineSettings, powerAt, ReadingDesk, until, waterAt } from './reading-desk.ts';
import { SimulatedMeters } from './simulated-meters.ts';

let channel: Channel | undefined;
let meters: SimulatedMeters | undefined;
afterEach(async () => {
  await channel?.close();
  await meters?.stop();
});

const meter = '000000000007';
const dayMs = 86_400_000;
/** The `count` midnights up to and including that day. */
const midnights = (last: string, count: number): string[] =>
  Array.from({ length: count }, (_, back) =>
    new Date(Date.parse(`${last}T00:00:00Z`) - back * dayMs).toISOString().slice(0, 19),
  );

async function powerLine(faults: object = {}): Promise<{ desk: ReadingDesk; street: SimulatedMeters }> {
  const street = await SimulatedMeters.start([{ protocol: 'dlt645', addresses: [meter] }]);
  meters = street;
  const desk = new ReadingDesk();
  await desk.jump('2026-11-20T10:01:00+08:00', street);
  await street.wish({ faults });
  const settings = lineSettings(street.ports[0] ?? 0);
  const devices = [{ name: meter, at: powerAt(meter, { items: ['energy'], freezes: 30 }) }];
  channel = await dlt645Channel.open({ name: 'line', settings, devices }, desk);
  return { desk, street };
}

const frozen = (desk: ReadingDesk): Map<string, unknown> =>
  new Map([...desk.series(meter, 'energy')].filter(([time]) => time.endsWith('T00:00:00')));

test(
  clause(
    'H-6.4-b-4',
    'after an outage any of the last thirty daily freezes is had: 30 of 30, each once, with its value',
  ),
  async () => {
    const { desk, street } = await powerLine({ loseAnswers: 0.05, damage: 0.02, echo: true, pieces: true });
    await until('thirty days', () => frozen(desk).size >= 30);
    const days = midnights('2026-11-20', 30);
    const { registers } = await street.meter(meter, { at: days.map((day) => `${day}+08:00`) });
    expect(frozen(desk)).toEqual(new Map(days.map((day, at) => [day, registers[at]])));
    const past = await channel?.call(meter, 'readPast', {}, 30_000);
    expect(past).toHaveLength(30);
  },
);

test(
  clause('H-6.4-c-2', 'ten days without the line: the gaps are filled when it is back, nothing is told twice'),
  async () => {
    const { desk, street } = await powerLine();
    await until('thirty days', () => frozen(desk).size >= 30);
    await street.wish({ faults: { down: true } });
    await until('broken', () => channel?.links().get('')?.state === 'down');
    await desk.jump('2026-11-30T10:01:00+08:00', street);
    await street.wish({ faults: {} });
    await until('forty days', () => frozen(desk).size >= 40);
    const days = midnights('2026-11-30', 40);
    expect([...frozen(desk).keys()].sort()).toEqual(days.sort());
    const { registers } = await street.meter(meter, { at: days.map((day) => `${day}+08:00`) });
    expect(days.map((day) => frozen(desk).get(day))).toEqual(registers);
    expect(channel?.links().get('')).toMatchObject({ state: 'up', breaks: 1 });
  },
);

test('a midnight without power has no freeze, and none is made up', async () => {
  const street = await SimulatedMeters.start([{ protocol: 'dlt645', addresses: [meter] }]);
  meters = street;
  const desk = new ReadingDesk();
  await desk.jump('2026-11-20T10:01:00+08:00', street);
  await street.meter(meter, { cuts: [['2026-11-14T20:00:00+08:00', '2026-11-16T06:00:00+08:00']] });
  const devices = [{ name: meter, at: powerAt(meter, { items: ['energy'], freezes: 10 }) }];
  channel = await dlt645Channel.open({ name: 'line', settings: lineSettings(street.ports[0] ?? 0), devices }, desk);
  const held = midnights('2026-11-20', 10).filter((day) => !/-1[56]T/.test(day));
  await until('eight days', () => frozen(desk).size >= held.length);
  await channel.call(meter, 'read', {}, 5_000);
  expect([...frozen(desk).keys()].sort()).toEqual(held.sort());
});

test(
  clause('H-6.4-c-2', 'H-6.4-a', 'a water meter gives the twelve months it keeps, each under its settlement day'),
  async () => {
    const water = '00000000000042';
    const street = await SimulatedMeters.start([{ protocol: 'cjt188', addresses: [water] }]);
    meters = street;
    const desk = new ReadingDesk();
    await desk.jump('2026-11-20T10:01:00+08:00', street);
    const devices = [{ name: water, at: waterAt(water, { past: true }) }];
    channel = await cjt188Channel.open({ name: 'line', settings: lineSettings(street.ports[0] ?? 0), devices }, desk);
    const settled = () => [...desk.series(water, 'volume')].filter(([time]) => time.endsWith('-01T00:00:00'));
    await until('twelve months', () => settled().length >= 12);
    const months = Array.from({ length: 12 }, (_, back) =>
      new Date(Date.UTC(2026, 10 - back, 1)).toISOString().slice(0, 19),
    );
    const { registers } = await street.meter(water, { at: months.map((month) => `${month}+08:00`) });
    expect(new Map(settled())).toEqual(new Map(months.map((month, at) => [month, registers[at]])));
  },
);
