import { clause } from '@keystead/kernel/testing';
import type { Channel } from '@keystead/terminals/port';
import { eventually, recordingHost } from '@keystead/terminals/testing';
import { afterEach, expect, test } from 'vitest';
import { modbusChannel } from './channel.ts';
import type { ModbusDevice } from './device.ts';
import { memoryBank } from './server/bank.ts';
import { startModbusServer } from './server/server.ts';
import type { ModbusSettings } from './settings.ts';
import { type BadLine, badLine } from './testing/bad-line.ts';

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of ending.splice(0).reverse()) await stop();
});

const registers = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({ name: `r${from + at}`, area: 'holding' as const, address: from + at }));

async function lineTo(framing: 'tcp' | 'rtu', units = new Map([[1, memoryBank()]])): Promise<BadLine> {
  const server = await startModbusServer({ units, framing });
  const line = await badLine(server.port);
  ending.push(server.close, line.close);
  return line;
}

async function open(settings: ModbusSettings, devices: Record<string, ModbusDevice>) {
  const host = recordingHost();
  const list = Object.entries(devices).map(([name, at]) => ({ name, at }));
  const channel = await modbusChannel.open({ name: 'line', settings, devices: list }, host);
  ending.push(() => channel.close());
  return { channel, host };
}

const figures = (channel: Channel, device: string) => {
  const link = channel.links().get(device);
  if (!link) throw new Error(`no link of ${device}`);
  return link;
};

const becomes = (channel: Channel, device: string, state: string) =>
  eventually(() => figures(channel, device).state === state, `${device} ${state}`);

test(clause('I-7.1-d', '20 drops: each is shown, and each time the device is back within 10 s'), async () => {
  const line = await lineTo('tcp');
  const settings: ModbusSettings = { transport: 'tcp', host: '127.0.0.1', port: line.port, timeout: 100 };
  const { channel, host } = await open(settings, { plc: { every: 50, points: registers(0, 4) } });
  await becomes(channel, 'plc', 'up');
  for (let drop = 1; drop <= 20; drop++) {
    // By turns: the connection is cut and cannot be made again for a while, or it stays open and nothing passes.
    if (drop % 2 === 0) line.mute = true;
    else {
      line.refusing = true;
      line.cut();
    }
    await becomes(channel, 'plc', 'down');
    expect(figures(channel, 'plc').breaks).toBe(drop);
    const back = performance.now();
    line.mute = false;
    line.refusing = false;
    await becomes(channel, 'plc', 'up');
    await host.reading('plc');
    expect(performance.now() - back).toBeLessThan(10_000);
  }
  expect(figures(channel, '')).toMatchObject({ state: 'up', breaks: 20 });
}, 120_000);

test('a PLC that is dead does not slow the others of its channel', async () => {
  const [alive, dead] = [await lineTo('tcp'), await lineTo('tcp')];
  dead.mute = true;
  const settings: ModbusSettings = { transport: 'tcp', host: '127.0.0.1', timeout: 2000 };
  const { channel, host } = await open(settings, {
    dead: { port: dead.port, every: 50, points: registers(0, 4) },
    alive: { port: alive.port, every: 50, points: registers(0, 4) },
  });
  await host.reading('alive');
  const { received } = figures(channel, 'alive');
  await eventually(() => figures(channel, 'alive').received >= received + 10, 'ten more turns', 1900);
  expect(figures(channel, 'dead').received).toBe(0);
});

test('a unit that is silent on a shared line is asked ever more rarely, the others keep their turn', async () => {
  const line = await lineTo('rtu');
  const settings: ModbusSettings = {
    transport: 'rtu-over-tcp',
    host: '127.0.0.1',
    port: line.port,
    timeout: 60,
    retries: 0,
  };
  const { channel } = await open(settings, {
    gone: { unit: 9, every: 50, points: registers(0, 4) },
    here: { unit: 1, every: 50, points: registers(0, 4) },
  });
  await becomes(channel, 'here', 'up');
  const before = { here: figures(channel, 'here').received, gone: figures(channel, 'gone').sent };
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const asked = figures(channel, 'gone').sent - before.gone;
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThan(6); // at once, then after 0.5, 1 and 2 s, instead of 40 times
  expect(figures(channel, 'here').received - before.here).toBeGreaterThan(asked * 3);
  expect(figures(channel, 'gone').state).toBe('down');
});

test('a wrong checksum is refused and counted, and the next answer is taken', async () => {
  const bank = memoryBank();
  bank.tables.holding.set([5, 6, 7], 0);
  const line = await lineTo('rtu', new Map([[1, bank]]));
  const settings: ModbusSettings = {
    transport: 'rtu-over-tcp',
    host: '127.0.0.1',
    port: line.port,
    timeout: 500,
    retries: 1,
  };
  const { channel, host } = await open(settings, { meter: { every: 50, points: registers(0, 3) } });
  await host.reading('meter');
  let bent = 0;
  line.bend = (bytes) => {
    bent += 1;
    if (bent % 3 !== 0) return bytes;
    const broken = Buffer.from(bytes);
    broken[4] = (broken[4] ?? 0) ^ 0x40;
    return broken;
  };
  await eventually(() => figures(channel, 'meter').damaged >= 5, 'five damaged answers');
  line.bend = (bytes) => bytes;
  await host.reading('meter');
  expect(host.refused.filter(({ type }) => type === 'checksum-wrong').length).toBe(figures(channel, 'meter').damaged);
  expect(host.readings.every(({ values }) => values.r0 === 5 && values.r1 === 6 && values.r2 === 7)).toBe(true);
  expect(figures(channel, 'meter').state).toBe('up');
});

for (const framing of ['tcp', 'rtu'] as const) {
  test(`${framing}: halves, glued noise and late answers never become values`, async () => {
    const bank = memoryBank();
    bank.tables.holding.fill(321);
    const line = await lineTo(framing, new Map([[1, bank]]));
    const transport = framing === 'tcp' ? 'tcp' : 'rtu-over-tcp';
    const settings: ModbusSettings = { transport, host: '127.0.0.1', port: line.port, timeout: 200 };
    const { channel, host } = await open(settings, { meter: { every: 50, points: registers(0, 10) } });
    await becomes(channel, 'meter', 'up');
    let turn = 0;
    line.bend = (bytes) => {
      turn += 1;
      if (turn % 4 === 1) return bytes.subarray(0, bytes.length >> 1);
      if (turn % 4 === 2)
        return Buffer.concat([Buffer.from([1, 3, 0, 0xff, 0, 0, 1, 131]), bytes, Buffer.from([1, 3])]);
      return bytes;
    };
    await eventually(() => host.readings.length >= 15, 'fifteen readings through the noise');
    for (const { values } of host.readings) expect(new Set(Object.values(values))).toEqual(new Set([321]));
    expect(figures(channel, 'meter').lost).toBeGreaterThan(0);
  });
}

test('addresses that are not there split the request; the rest is read and the missing ones are named', async () => {
  const bank = memoryBank({ missing: [{ area: 'holding', from: 20, to: 29 }] });
  bank.tables.holding.fill(8);
  const line = await lineTo('tcp', new Map([[1, bank]]));
  const settings: ModbusSettings = { transport: 'tcp', host: '127.0.0.1', port: line.port };
  const points = [...registers(0, 20), ...registers(30, 20), ...registers(25, 1)];
  const { channel, host } = await open(settings, { plc: { every: 50, points } });
  const whole = await host.reading('plc', ({ values }) => Object.keys(values).length === 40);
  expect(whole.values.r25).toBeUndefined();
  expect(host.refused[0]).toMatchObject({ type: 'device-refused', detail: 'exception 2: address not there' });
  // Once the plan has settled, a turn costs two requests, and now and then one for the point that may come back.
  const { sent } = figures(channel, 'plc');
  const readings = host.readings.length;
  await eventually(() => host.readings.length >= readings + 10, 'ten more turns');
  expect(figures(channel, 'plc').sent - sent).toBeLessThan(35);
});

test('a device table that cannot be meant is refused at once, with every fault', async () => {
  const points = [
    { name: 'a', area: 'input' as const, address: 65_535, form: 'uint32' as const, writable: true },
    { name: 'a', area: 'coil' as const, address: 0, form: 'float32' as const },
  ];
  const opening = open({ transport: 'tcp', host: '127.0.0.1', port: 1 }, { plc: { points } });
  await expect(opening).rejects.toMatchObject({
    type: 'input-invalid',
    errors: [
      { pointer: '/devices/0/at/points/0/address', code: 'out-of-range' },
      { pointer: '/devices/0/at/points/0/writable', code: 'read-only-area' },
      { pointer: '/devices/0/at/points/1/name', code: 'duplicate' },
      { pointer: '/devices/0/at/points/1/form', code: 'only-bits-there' },
    ],
  });
});

test(clause('I-5.3.2-1', 'a line with many devices that is cut breaks once, and says since when'), async () => {
  const units = new Map([1, 2, 3].map((unit) => [unit, memoryBank()]));
  const line = await lineTo('rtu', units);
  const settings: ModbusSettings = { transport: 'rtu-over-tcp', host: '127.0.0.1', port: line.port, timeout: 100 };
  const device = (unit: number): ModbusDevice => ({ unit, every: 50, points: registers(0, 4) });
  const { channel } = await open(settings, { a: device(1), b: device(2), c: device(3) });
  for (const name of ['a', 'b', 'c']) await becomes(channel, name, 'up');
  const began = figures(channel, '').since;
  for (let cut = 1; cut <= 3; cut++) {
    line.refusing = true;
    line.cut();
    await becomes(channel, '', 'down');
    expect([figures(channel, '').breaks, figures(channel, 'b').breaks]).toEqual([cut, cut]);
    line.refusing = false;
    for (const name of ['a', 'b', 'c']) await becomes(channel, name, 'up');
  }
  expect(figures(channel, '')).toMatchObject({ state: 'up', breaks: 3 });
  expect(figures(channel, '').since).toBeGreaterThanOrEqual(began);
}, 30_000);
