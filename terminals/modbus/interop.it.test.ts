import { clause } from '@keystead/kernel/testing';
import type { Channel } from '@keystead/terminals/port';
import { eventually, type RecordingHost, recordingHost } from '@keystead/terminals/testing';
import { afterEach, expect, test } from 'vitest';
import { modbusChannel } from './channel.ts';
import type { ModbusDevice } from './device.ts';
import { memoryBank } from './server/bank.ts';
import { startModbusServer } from './server/server.ts';
import type { ModbusSettings } from './settings.ts';
import { output, type Peer, startPymodbus, startSerialPair } from './testing/peers.ts';

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of ending.splice(0).reverse()) await stop();
});

const at: ModbusDevice = {
  every: 200,
  points: [
    { name: 'coil4', area: 'coil', address: 4, writable: true },
    { name: 'coil5', area: 'coil', address: 5 },
    { name: 'input7', area: 'discrete', address: 7 },
    { name: 'reg3', area: 'holding', address: 3 },
    { name: 'temperature', area: 'input', address: 10, scale: 0.1 },
    { name: 'setpoint', area: 'holding', address: 20, form: 'float32', order: 'CDAB', writable: true, min: 0, max: 90 },
    { name: 'speed', area: 'holding', address: 30, writable: true, max: 3000 },
    { name: 'label', area: 'holding', address: 40, form: 'string', length: 4, writable: true },
    { name: 'lamp', area: 'holding', address: 50, bit: 9, writable: true },
  ],
};

async function open(settings: ModbusSettings): Promise<{ channel: Channel; host: RecordingHost }> {
  const host = recordingHost();
  const channel = await modbusChannel.open({ name: 'line', settings, devices: [{ name: 'plc', at }] }, host);
  ending.push(() => channel.close());
  return { channel, host };
}

/** Reads every kind of point and writes every kind that can be written, against what pymodbus is known to hold. */
async function readAndWrite({ channel, host }: { channel: Channel; host: RecordingHost }): Promise<void> {
  const reading = await host.reading('plc');
  expect(reading.values).toMatchObject({ coil4: true, coil5: false, input7: true, reg3: 1003, temperature: 201 });
  expect(reading.time).toBeGreaterThan(1.7e15);
  const write = (point: string, value: unknown) => channel.call('plc', 'write', { point, value }, 5000);
  const verified = (point: string, value: unknown) => ({ point, value, readBack: value, verified: true });
  expect(await write('coil4', false)).toEqual(verified('coil4', false));
  expect(await write('speed', 1450)).toEqual(verified('speed', 1450));
  expect(await write('setpoint', 55.5)).toEqual(verified('setpoint', 55.5));
  expect(await write('label', 'PUMP-1')).toEqual(verified('label', 'PUMP-1'));
  expect(await write('lamp', true)).toEqual(verified('lamp', true));
  expect(await channel.call('plc', 'read', { point: 'speed' }, 5000)).toEqual({ point: 'speed', value: 1450 });
  const later = await host.reading('plc', ({ values }) => 'reg3' in values);
  expect(later.values).toMatchObject({ coil4: false, speed: 1450, setpoint: 55.5, label: 'PUMP-1', lamp: true });
  expect(host.refused).toEqual([]);
  expect(channel.links().get('plc')).toMatchObject({ state: 'up', lost: 0, damaged: 0, breaks: 0 });
}

async function pymodbus(...mode: string[]): Promise<Peer> {
  const peer = await startPymodbus(...mode);
  ending.push(peer.stop);
  return peer;
}

test(clause('H-7.1-b-1', 'I-7.1-a', 'I-5.3.1-c', 'I-6.4-c-3', 'I-6.4-c-5', 'Modbus TCP against pymodbus'), async () => {
  const { said } = await pymodbus('tcp');
  await readAndWrite(await open({ transport: 'tcp', host: '127.0.0.1', port: Number(said) }));
});

test(clause('H-7.1-b-1', 'I-7.1-a', 'Modbus RTU over TCP against pymodbus'), async () => {
  const { said } = await pymodbus('rtu-over-tcp');
  await readAndWrite(await open({ transport: 'rtu-over-tcp', host: '127.0.0.1', port: Number(said) }));
});

test(clause('H-7.1-b-1', 'I-7.1-a', 'I-6.4-c-4', 'Modbus RTU on a serial port against pymodbus'), async () => {
  const pair = await startSerialPair();
  ending.push(pair.stop);
  await pymodbus('serial', pair.theirs);
  const opened = await open({ transport: 'serial', path: pair.ours, baudRate: 19_200 });
  await readAndWrite(opened);
});

test(clause('I-7.1-d', 'a serial port that is pulled out and put back is used again within 10 s'), async () => {
  const first = await startSerialPair();
  ending.push(first.stop);
  const server = await startPymodbus('serial', first.theirs);
  const { channel, host } = await open({ transport: 'serial', path: first.ours, baudRate: 19_200, timeout: 300 });
  await host.reading('plc');
  await server.stop();
  await first.unplug();
  await eventually(() => channel.links().get('plc')?.state === 'down', 'the break to be seen');
  await first.plug();
  await pymodbus('serial', first.theirs);
  const back = performance.now();
  await host.reading('plc');
  expect(performance.now() - back).toBeLessThan(10_000);
  expect(channel.links().get('plc')).toMatchObject({ state: 'up', breaks: 1 });
});

test('an address that is not there in pymodbus costs only its own point', async () => {
  const { said } = await pymodbus('tcp');
  const host = recordingHost();
  const points = [
    { name: 'inside', area: 'holding' as const, address: 99 },
    { name: 'outside', area: 'holding' as const, address: 100 },
  ];
  const settings: ModbusSettings = { transport: 'tcp', host: '127.0.0.1', port: Number(said) };
  const devices = [{ name: 'plc', at: { every: 100, points } }];
  const channel = await modbusChannel.open({ name: 'line', settings, devices }, host);
  ending.push(() => channel.close());
  expect((await host.reading('plc')).values).toEqual({ inside: 1099 });
  expect(host.refused[0]).toMatchObject({ type: 'device-refused', device: 'plc' });
});

test(clause('I-7.1-a', 'mbpoll reads and writes our own server'), async () => {
  const bank = memoryBank();
  bank.tables.holding.set([11, 22, 33], 0);
  bank.tables.coil.set([1, 0, 1], 0);
  const server = await startModbusServer({ units: new Map([[1, bank]]) });
  ending.push(server.close);
  const target = ['-m', 'tcp', '-p', String(server.port), '-a', '1', '-0', '-1'];
  const read = await output('mbpoll', [...target, '-t', '4', '-r', '0', '-c', '3', '127.0.0.1']);
  expect(read.match(/\[\d\]:\s+\d+/g)?.map((each) => each.replaceAll(/\s/g, ''))).toEqual([
    '[0]:11',
    '[1]:22',
    '[2]:33',
  ]);
  const coils = await output('mbpoll', [...target, '-t', '0', '-r', '0', '-c', '3', '127.0.0.1']);
  expect(coils.match(/\[\d\]:\s+\d/g)?.map((each) => each.slice(-1))).toEqual(['1', '0', '1']);
  await output('mbpoll', [...target, '-t', '4', '-r', '7', '127.0.0.1', '77', '88']);
  expect([...bank.tables.holding.subarray(7, 9)]).toEqual([77, 88]);
  const beyond = await output('mbpoll', [...target, '-t', '4', '-r', '300', '-c', '1', '127.0.0.1']);
  expect(beyond).toMatch(/Illegal data address/i);
});
