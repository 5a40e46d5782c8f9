import { clause } from '@keystead/kernel/testing';
import type { Channel } from '@keystead/terminals/port';
import { eventually, type RecordingHost, recordingHost } from '@keystead/terminals/testing';
import { afterEach, expect, test } from 'vitest';
import { modbusChannel } from './channel.ts';
import type { ModbusDevice } from './device.ts';
import { type MemoryBank, memoryBank } from './server/bank.ts';
import { startModbusServer } from './server/server.ts';
import { type BadLine, badLine } from './testing/bad-line.ts';

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of ending.splice(0).reverse()) await stop();
});

/** A drive: coil 0 runs it, holding 0 is the wanted speed, input register 0 the real one, discrete 0 "it turns". */
const motorBank = (): MemoryBank =>
  memoryBank({
    written: (_area, _address, _values, { tables }) => {
      setTimeout(() => {
        const turns = tables.coil[0] === 1;
        tables.discrete[0] = turns ? 1 : 0;
        tables.input[0] = turns ? (tables.holding[0] ?? 0) : 0;
      }, 30);
    },
  });

const motor: ModbusDevice = {
  every: 50,
  points: [
    { name: 'run', area: 'coil', address: 0, writable: true },
    { name: 'running', area: 'discrete', address: 0 },
    { name: 'speedWanted', area: 'holding', address: 0, writable: true, min: 0, max: 1500 },
    { name: 'speed', area: 'input', address: 0 },
  ],
  actions: [
    {
      name: 'start',
      writes: [
        { point: 'speedWanted', param: 'speed' },
        { point: 'run', value: true },
      ],
    },
    { name: 'stop', writes: [{ point: 'run', value: false }] },
  ],
};

/** A valve whose register follows slowly: 25 % with each look. */
function valveBank(): MemoryBank {
  const bank = memoryBank();
  let wanted = 0;
  return {
    ...bank,
    read: (area, address, count) => {
      const at = bank.tables.holding[0] ?? 0;
      bank.tables.holding[0] = at + Math.sign(wanted - at) * Math.min(250, Math.abs(wanted - at));
      return bank.read(area, address, count);
    },
    write: (_area, _address, values) => {
      wanted = values[0] ?? 0;
      return true;
    },
  };
}

const valve: ModbusDevice = {
  unit: 2,
  every: 500,
  points: [
    { name: 'opening', area: 'holding', address: 0, scale: 0.1, writable: true, min: 0, max: 100, settle: 3000 },
  ],
};

const relay: ModbusDevice = {
  unit: 3,
  every: 50,
  points: [
    { name: 'contact', area: 'coil', address: 3, writable: true },
    { name: 'reset', area: 'coil', address: 4, writable: true, readBack: false },
    { name: 'horn', area: 'holding', address: 0, bit: 2, writable: true },
  ],
};

interface Plant {
  channel: Channel;
  host: RecordingHost;
  line: BadLine;
  banks: { motor: MemoryBank; valve: MemoryBank; relay: MemoryBank };
}

async function plant(): Promise<Plant> {
  const banks = { motor: motorBank(), valve: valveBank(), relay: memoryBank() };
  const units = new Map([
    [1, banks.motor],
    [2, banks.valve],
    [3, banks.relay],
  ]);
  const server = await startModbusServer({ units });
  const line = await badLine(server.port);
  const host = recordingHost();
  const devices = Object.entries({ motor, valve, relay }).map(([name, at]) => ({ name, at }));
  const settings = { transport: 'tcp' as const, host: '127.0.0.1', port: line.port, timeout: 300 };
  const channel = await modbusChannel.open({ name: 'plant', settings, devices }, host);
  ending.push(server.close, line.close, () => channel.close());
  await eventually(() => [...channel.links().values()].every(({ state }) => state === 'up'), 'all up');
  return { channel, host, line, banks };
}

test(clause('I-6.4-c-2', 'a motor starts with a speed, is seen to turn, and stops'), async () => {
  const { channel, host, banks } = await plant();
  const result = await channel.call('motor', 'start', { speed: 1450 }, 3000);
  expect(result).toEqual({
    writes: [
      { point: 'speedWanted', value: 1450, readBack: 1450, verified: true },
      { point: 'run', value: true, readBack: true, verified: true },
    ],
  });
  await host.reading('motor', ({ values }) => values.running === true && values.speed === 1450);
  await channel.call('motor', 'stop', {}, 3000);
  await host.reading('motor', ({ values }) => values.running === false && values.speed === 0);
  expect(banks.motor.tables.coil[0]).toBe(0);
});

test(clause('I-6.4-c-2', 'a valve is driven to a position and confirmed when it is there'), async () => {
  const { channel } = await plant();
  const result = await channel.call('valve', 'write', { point: 'opening', value: 75 }, 5000);
  expect(result).toEqual({ point: 'opening', value: 75, readBack: 75, verified: true });
});

test(
  clause('I-6.4-c-2', 'a relay closes and opens; a pulse is not read back; a bit leaves its neighbours'),
  async () => {
    const { channel, host, banks } = await plant();
    for (const value of [true, false]) {
      expect(await channel.call('relay', 'write', { point: 'contact', value }, 3000)).toMatchObject({ verified: true });
      expect(banks.relay.tables.coil[3]).toBe(Number(value));
      await host.reading('relay', ({ values }) => values.contact === value);
    }
    const pulse = await channel.call('relay', 'write', { point: 'reset', value: true }, 3000);
    expect(pulse).toEqual({ point: 'reset', value: true, verified: false });
    banks.relay.tables.holding[0] = 0b1010_0001;
    await channel.call('relay', 'write', { point: 'horn', value: true }, 3000);
    expect(banks.relay.tables.holding[0]).toBe(0b1010_0101);
  },
);

test('what is outside the limits never reaches the wire', async () => {
  const { channel, banks } = await plant();
  const sent = channel.links().get('motor')?.sent;
  for (const [method, params, code] of [
    ['write', { point: 'speedWanted', value: 1501 }, 'above-max'],
    ['write', { point: 'speedWanted', value: -1 }, 'below-min'],
    ['write', { point: 'speedWanted', value: '5' }, 'wrong-type'],
    ['write', { point: 'speed', value: 5 }, 'not-writable'],
    ['write', { point: 'speedWanted' }, 'point-and-value'],
    ['start', {}, 'wrong-type'],
    ['start', { speed: 9000 }, 'above-max'],
  ] as const) {
    const calling = channel.call('motor', method, params, 1000);
    await expect(calling, `${method} ${code}`).rejects.toMatchObject({ type: 'input-invalid', errors: [{ code }] });
  }
  await expect(channel.call('motor', 'dance', {}, 1000)).rejects.toMatchObject({ type: 'method-unknown' });
  await expect(channel.call('motor', 'read', { point: 'x' }, 1000)).rejects.toMatchObject({ type: 'property-unknown' });
  await expect(channel.call('pump', 'read', { point: 'x' }, 1000)).rejects.toMatchObject({ type: 'device-not-listed' });
  expect(banks.motor.tables.coil[0]).toBe(0);
  expect(banks.motor.tables.holding[0]).toBe(0);
  expect(sent).toBeGreaterThan(0);
});

test('a device that keeps another value, or does not answer, is told from one that obeyed', async () => {
  const { channel, line, banks } = await plant();
  banks.relay.write = () => true;
  await expect(channel.call('relay', 'write', { point: 'contact', value: true }, 3000)).rejects.toMatchObject({
    type: 'device-refused',
    data: { detail: 'wrote true, reads false' },
  });
  banks.relay.write = () => false;
  await expect(channel.call('relay', 'write', { point: 'contact', value: true }, 3000)).rejects.toMatchObject({
    type: 'device-refused',
    data: { detail: 'exception 2: address not there' },
  });
  line.mute = true;
  const writes: unknown[] = [];
  banks.relay.write = (...args) => writes.push(args) > 0;
  const started = performance.now();
  await expect(channel.call('relay', 'write', { point: 'contact', value: true }, 400)).rejects.toMatchObject({
    type: 'device-silent',
  });
  expect(performance.now() - started).toBeLessThan(2000);
  line.mute = false;
  await eventually(() => channel.links().get('relay')?.state === 'up', 'the relay back');
  expect(writes).toEqual([]); // sent once at most, and never later
});
