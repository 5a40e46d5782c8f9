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

async function waterLine(more: { order?: 'high' | 'low' } = {}) {
  const street = await SimulatedMeters.start([{ protocol: 'cjt188', addresses: [water], ...more }]);
  meters = street;
  const desk = new ReadingDesk();
  const settings = lineSettings(street.ports[0] ?? 0);
  const line = await cjt188Channel.open(
    { name: 'line', settings, devices: [{ name: water, at: waterAt(water) }] },
    desk,
  );
  channel = line;
  await until('read', () => desk.of(water).length > 0);
  return { street, desk, line };
}

async function powerLine(at: object = {}, settings: object = { access }) {
  const street = await SimulatedMeters.start([{ protocol: 'dlt645', addresses: [power] }]);
  meters = street;
  const desk = new ReadingDesk();
  const whole = lineSettings(street.ports[0] ?? 0, settings);
  const devices = [{ name: power, at: powerAt(power, at) }];
  const line = await dlt645Channel.open({ name: 'line', settings: whole, devices }, desk);
  channel = line;
  await until('read', () => desk.of(power).length > 0);
  return { street, desk, line };
}

test(clause('H-6.4-a', 'a valve is closed and opened: answered when the meter says that it stands there'), async () => {
  const { street, desk, line } = await waterLine();
  await street.meter(water, { moving: 700 });
  await expect(line.call(water, 'closeValve', {}, 10_000)).resolves.toEqual({ valveOpen: false });
  expect(await street.meter(water)).toMatchObject({ flows: false, orders: 1 });
  expect(desk.of(water).at(-1)?.values.valveOpen).toBe(false);
  await expect(line.call(water, 'openValve', {}, 10_000)).resolves.toEqual({ valveOpen: true });
  expect(await street.meter(water)).toMatchObject({ flows: true, orders: 2 });
});

test('an order whose answer is lost is not sent again: the valve itself tells that it was heard', async () => {
  const { street, line } = await waterLine();
  await street.wish({ faults: { loseAnswers: 0.6 } });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 6 }, (_, at) => line.call(water, at % 2 === 0 ? 'closeValve' : 'openValve', {}, 4_000)),
  );
  await street.wish({ faults: {} });
  expect((await street.meter(water)).orders).toBe(outcomes.length);
});

test('a stuck valve is told as such, a deaf meter as silent, a wish nobody knows as unknown', async () => {
  const { street, line } = await waterLine();
  await street.meter(water, { moving: -1 });
  await expect(line.call(water, 'closeValve', {}, 2_500)).rejects.toMatchObject({ type: 'device-refused' });
  await street.meter(water, { silent: true });
  await expect(line.call(water, 'openValve', {}, 1_000)).rejects.toMatchObject({ type: 'device-silent' });
  await street.meter(water, { silent: false });
  await expect(line.call(water, 'fly', {}, 1_000)).rejects.toMatchObject({ type: 'method-unknown' });
  await expect(line.call(water, 'openValve', { force: true }, 1_000)).rejects.toMatchObject({ type: 'device-refused' });
  expect((await street.meter(water)).orders).toBe(1);
});

test(
  clause('H-6.4-a', 'a meter that knows only the other order of identifiers is found out and then read at once'),
  async () => {
    const { desk, line } = await waterLine({ order: 'low' });
    await expect(line.call(water, 'read', {}, 2_000)).resolves.toMatchObject({ valveOpen: true });
    const { lost = 0 } = line.links().get(water) ?? {};
    expect(lost).toBe(1);
    expect(desk.of(water).length).toBe(2);
    await expect(line.call(water, 'readAddress', {}, 2_000)).resolves.toEqual({ address: water, type: '10' });
    await expect(line.call(water, 'readSettlementDay', {}, 2_000)).resolves.toEqual({ day: 1 });
  },
);

test('a relay is opened and closed with password and operator, and read back', async () => {
  const { street, desk, line } = await powerLine();
  await street.meter(power, { moving: 600 });
  await expect(line.call(power, 'openRelay', {}, 10_000)).resolves.toEqual({ relayClosed: false });
  expect(desk.of(power).at(-1)?.values).toEqual({ relayClosed: false });
  await expect(line.call(power, 'closeRelay', {}, 10_000)).resolves.toEqual({ relayClosed: true });
  expect(await street.meter(power)).toMatchObject({ flows: true, orders: 2 });
});

test('a relay that is only unlocked stays open until the resident closes it', async () => {
  const { street, line } = await powerLine({ closing: 'allow' });
  await line.call(power, 'openRelay', {}, 5_000);
  await expect(line.call(power, 'closeRelay', {}, 5_000)).resolves.toEqual({ relayClosed: false, allowed: true });
  expect(await street.meter(power)).toMatchObject({ flows: false });
});

test('without a password nothing is ordered, with a wrong one the meter says so', async () => {
  const { street, line } = await powerLine({}, {});
  await expect(line.call(power, 'openRelay', {}, 2_000)).rejects.toMatchObject({ type: 'device-refused' });
  await line.close();
  const wrong = { access: { ...access, password: '000000' } };
  const settings = lineSettings(street.ports[0] ?? 0, wrong);
  const again = await dlt645Channel.open(
    { name: 'x', settings, devices: [{ name: power, at: powerAt(power) }] },
    new ReadingDesk(),
  );
  channel = again;
  await expect(again.call(power, 'openRelay', {}, 2_000)).rejects.toMatchObject({
    type: 'device-refused',
    data: { detail: 'wrong password or no right' },
  });
  expect(await street.meter(power)).toMatchObject({ flows: true, orders: 0 });
});

test('data in parts is put together; what the meter lacks is absent; meters of 1997 are read', async () => {
  const { line } = await powerLine();
  const rates = await line.call(power, 'readItems', { items: ['energyRates', 'powerFactor'] }, 5_000);
  expect(Object.keys(Object(rates))).toEqual(['energy', 'energyRate1', 'energyRate2', 'energyRate3', 'energyRate4']);
  await expect(line.call(power, 'readItems', { items: ['colour'] }, 5_000)).rejects.toMatchObject({
    type: 'input-invalid',
  });
  await line.close();
  const settings = lineSettings(meters?.ports[0] ?? 0);
  const at = powerAt(power, { version: '1997', items: ['energy', 'voltage', 'current', 'power'] });
  const old = await dlt645Channel.open({ name: 'old', settings, devices: [{ name: power, at }] }, new ReadingDesk());
  channel = old;
  await expect(old.call(power, 'read', {}, 5_000)).resolves.toMatchObject({
    voltage: 230,
    current: 4.32,
    power: 987.6,
  });
});
