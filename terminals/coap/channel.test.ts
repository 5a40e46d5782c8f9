import { Overloaded } from '@keystead/terminals/port';
import { eventually, recordingHost } from '@keystead/terminals/testing';
import { afterEach, expect, test } from 'vitest';
import { coapChannel } from './channel.ts';
import type { Message } from './message/message.ts';
import { targetOptions, uintOption } from './message/option.ts';
import type { CoapDevice } from './settings.ts';
import { rawDevice } from './testing/device.ts';

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of ending.splice(0).reverse()) await stop();
});
const secret = 'a-secret-of-the-device';
const none = new Uint8Array(0);

async function open(at: CoapDevice = { secret }, ackTimeout = 200) {
  const host = recordingHost();
  const settings = { listen: { port: 0 }, ackTimeout };
  const channel = await coapChannel.open({ name: 'coap', settings, devices: [{ name: 'd 1', at }] }, host);
  ending.push(() => channel.close());
  return { host, channel };
}

async function device(port: () => number, heard?: Parameters<typeof rawDevice>[1]) {
  const raw = await rawDevice(port, heard);
  ending.push(() => raw.close());
  return raw;
}

const reading = (id: number, value: number, type: Message['type'] = 'CON'): Message => ({
  type,
  code: 2,
  id,
  token: Uint8Array.of(1, 2),
  options: targetOptions(`/v1/d%201/${secret}/telemetry`),
  payload: Buffer.from(JSON.stringify({ value })),
});
const acknowledgement = ({ id }: Message, type: Message['type'] = 'ACK'): Message => ({
  type,
  code: 0,
  id,
  token: none,
  options: [],
  payload: none,
});

test('a message that comes again is answered again and not taken again', async () => {
  const { host, channel } = await open();
  const raw = await device(() => channel.port);
  for (let n = 0; n < 3; n++) raw.send(reading(7, 1));
  raw.send(reading(8, 2));
  for (let n = 0; n < 2; n++) raw.send(reading(9, 3, 'NON'));
  await eventually(() => raw.received.length === 6, 'six answers');
  expect(host.uplinks).toHaveLength(3);
  const told = raw.received.map(({ type, code, id }) => `${type} ${code} ${type === 'ACK' ? id : ''}`).toSorted();
  expect(told).toEqual(['ACK 68 7', 'ACK 68 7', 'ACK 68 7', 'ACK 68 8', 'NON 68 ', 'NON 68 ']);
});

test('a reading is acknowledged as changed only after it was kept; the answer apart is repeated until acknowledged', async () => {
  const { host, channel } = await open();
  let keep: () => void = () => undefined;
  host.before = () =>
    new Promise((done) => {
      keep = done;
    });
  const raw = await device(() => channel.port);
  raw.send(reading(7, 1));
  await eventually(() => raw.received.length === 1, 'an empty acknowledgement');
  expect(raw.received[0]).toMatchObject({ type: 'ACK', code: 0, id: 7 });
  raw.send(reading(7, 1));
  await eventually(() => raw.received.length === 2, 'the same for the repetition');
  keep();
  await eventually(() => raw.received.length >= 4, 'the answer, and again');
  const [, , first, second] = raw.received;
  expect([first, second]).toMatchObject([
    { type: 'CON', code: 68, id: first?.id },
    { type: 'CON', code: 68, id: first?.id },
  ]);
  if (first) raw.send(acknowledgement(first));
  expect(host.uplinks).toHaveLength(1);
});

test('where the host has no room the device is told to come again', async () => {
  const { host, channel } = await open();
  host.before = () => Promise.reject(new Overloaded());
  const raw = await device(() => channel.port);
  raw.send(reading(7, 1));
  await eventually(() => raw.received.length === 1, 'an answer');
  expect(raw.received[0]).toMatchObject({ type: 'ACK', code: 0xa3, options: [{ number: 14 }] });
  expect(host.refused).toEqual([{ type: 'overloaded', device: 'd 1' }]);
  host.before = async () => undefined;
  raw.send(reading(8, 1));
  await eventually(() => host.uplinks.length === 1, 'it is taken the second time');
});

test('a ping, an answer nobody waits for and a broken message are reset; NON with an unknown critical option too', async () => {
  const { host, channel } = await open();
  const raw = await device(() => channel.port);
  raw.send(acknowledgement({ ...reading(1, 1), id: 1 }, 'CON'));
  raw.send({ ...reading(2, 1), code: 0x45 });
  raw.send(Uint8Array.of(0x49, 1, 0, 3));
  raw.send({ ...reading(4, 1, 'NON'), options: [{ number: 9999, value: none }] });
  raw.send(Uint8Array.of(0xff, 0xff, 0xff, 0xff));
  await eventually(() => raw.received.length === 4, 'four resets');
  expect(raw.received.map(({ type, id }) => `${type} ${id}`)).toEqual(['RST 1', 'RST 2', 'RST 3', 'RST 4']);
  expect(host.refused.map(({ type }) => type)).toEqual(['protocol-violated', 'protocol-violated']);
});

test('a question is repeated with rising pauses and given up; one that is reset is not', async () => {
  const times: number[] = [];
  const silent = await device(
    () => 0,
    () => void times.push(performance.now()),
  );
  const at: CoapDevice = { host: '127.0.0.1', port: silent.port, resources: [{ path: '/a', writable: true }] };
  const { channel } = await open(at, 40);
  await expect(channel.call('d 1', 'read', { point: 'a' }, 10_000)).rejects.toMatchObject({ type: 'device-silent' });
  expect(times).toHaveLength(5);
  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  expect((pauses[3] ?? 0) > (pauses[0] ?? 0) * 3).toBe(true);
  expect(new Set(silent.received.map(({ id }) => id)).size).toBe(1);
  expect(channel.links().get('d 1')).toMatchObject({ sent: 1, lost: 1 });
});

test('an answer that comes apart, after an empty acknowledgement, is taken and acknowledged', async () => {
  const raw = await device(
    () => 0,
    (message, reply) => {
      if (message.code !== 1) return;
      reply(acknowledgement(message));
      reply({ ...message, code: 0x45, id: 500, options: [uintOption(12, 50)], payload: Buffer.from('[5]') });
    },
  );
  const { channel } = await open({ host: '127.0.0.1', port: raw.port, resources: [{ path: '/a' }] });
  expect(await channel.call('d 1', 'read', { point: '/a' }, 5_000)).toEqual({ point: 'a', value: [5] });
  await eventually(() => raw.received.some(({ type, id }) => type === 'ACK' && id === 500), 'an acknowledgement');
});

test('clear CoAP is for this machine and for networks somebody listed', async () => {
  const host = recordingHost();
  const at = { host: '203.0.113.9', resources: [{ path: '/a' }] };
  const setup = { name: 'coap', settings: { networks: ['10.0.0.0/8'] }, devices: [{ name: 'd', at }] };
  const channel = await coapChannel.open(setup, host);
  ending.push(() => channel.close());
  await expect(channel.call('d', 'read', { point: 'a' }, 500)).rejects.toMatchObject({ type: 'protocol-violated' });
  const wrong = {
    ...setup,
    settings: { networks: ['10.0.0.0/40', 'x/8'] },
    devices: [{ name: 'd', at: { resources: at.resources } }],
  };
  await expect(coapChannel.open(wrong, host)).rejects.toMatchObject({
    errors: [{ code: 'network' }, { code: 'network' }, { code: 'required' }],
  });
});
