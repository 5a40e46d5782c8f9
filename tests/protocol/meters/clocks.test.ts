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

const water = '00000000000042';
const power = '000000000007';
const access = { level: 2, password: '123456', operator: '00000001' };
const drifts = (desk: ReadingDesk, device: string): unknown[] => desk.of(device).map(({ values }) => values.clockDrift);

const near = (middle: number) => (value: unknown) => Math.abs(Number(value) - middle) <= 2;

async function street(protocol: 'cjt188' | 'dlt645', address: string, drift: number) {
  const started = await SimulatedMeters.start([{ protocol, addresses: [address] }]);
  meters = started;
  const desk = new ReadingDesk();
  await desk.jump('2026-11-20T10:01:00+08:00', started);
  await started.meter(address, { drift });
  return { started, desk };
}

test(
  clause('H-6.4-b-3', 'a water meter ten minutes fast is set right; the drift is told before and after'),
  async () => {
    const { started, desk } = await street('cjt188', water, 600);
    const settings = lineSettings(started.ports[0] ?? 0);
    channel = await cjt188Channel.open(
      { name: 'line', settings, devices: [{ name: water, at: waterAt(water) }] },
      desk,
    );
    await until('set', () => desk.of(water).length >= 2);
    expect(drifts(desk, water)[0]).toSatisfy(near(600));
    expect(drifts(desk, water)[1]).toSatisfy(near(0));
    const { drift, clockSet } = await started.meter(water);
    expect(drift).toSatisfy(near(0));
    expect(clockSet).toBe(1);
  },
);

test(
  clause('H-6.4-b-3', 'an electricity meter ten minutes slow is set by date and time with the password'),
  async () => {
    const { started, desk } = await street('dlt645', power, -600);
    const settings = lineSettings(started.ports[0] ?? 0, { access });
    channel = await dlt645Channel.open(
      { name: 'line', settings, devices: [{ name: power, at: powerAt(power) }] },
      desk,
    );
    await until('set', () => desk.of(power).length >= 2);
    expect(drifts(desk, power)[0]).toSatisfy(near(-600));
    expect(drifts(desk, power)[1]).toSatisfy(near(0));
    expect((await started.meter(power)).drift).toSatisfy(near(0));
  },
);

test(clause('H-6.4-b-3', 'two minutes are put right by the time told to all, without a password'), async () => {
  const { started, desk } = await street('dlt645', power, 120);
  const settings = lineSettings(started.ports[0] ?? 0);
  channel = await dlt645Channel.open({ name: 'line', settings, devices: [{ name: power, at: powerAt(power) }] }, desk);
  await until('set', () => desk.of(power).length >= 2);
  expect(drifts(desk, power)[1]).toSatisfy(near(0));
});

test('a clock far off that cannot be set stays told, refused once, and is not tried in every slot', async () => {
  const { started, desk } = await street('dlt645', power, 600);
  const settings = lineSettings(started.ports[0] ?? 0);
  channel = await dlt645Channel.open({ name: 'line', settings, devices: [{ name: power, at: powerAt(power) }] }, desk);
  await until('read', () => desk.of(power).length >= 1);
  await desk.jump('2026-11-20T10:16:00+08:00', started);
  await until('read again', () => desk.of(power).length >= 2);
  expect(drifts(desk, power).every(near(600))).toBe(true);
  expect(desk.refusals.get('device-refused')).toBe(1);
  expect((await started.meter(power)).clockSet).toBe(0);
});
