import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { Overloaded } from '@keystead/contracts/problem';
import { systemClock } from '@keystead/kernel/base';
import { clause } from '@keystead/kernel/testing';
import type { Channel } from '@keystead/terminals/port';
import { recordingHost } from '@keystead/terminals/testing';
import { afterEach, expect, test, vi } from 'vitest';
import { createCodecs, type ScriptSettings, scriptChannel } from './index.ts';

const kiln = readFileSync(join(import.meta.dirname, 'fixtures/kiln.js'), 'utf8');

/** The same protocol from the other side, as the maker's firmware has it. */
const kilnFrame = (unit: number, kind: number, body: number[]): Buffer => {
  const bytes = [0x4b, 0x21, body.length, unit >> 8, unit & 255, kind, ...body];
  return Buffer.from([...bytes, bytes.reduce((sum, byte) => sum ^ byte, 0)]);
};
const measured = (unit: number, tenths: number, sequence: number) =>
  kilnFrame(unit, 1, [tenths >> 8, tenths & 255, 0, 100, sequence]);

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function open(over: ScriptSettings['over'], more: Partial<ScriptSettings> = {}) {
  const codecs = createCodecs(systemClock);
  await codecs.put('kiln', kiln);
  const host = recordingHost(systemClock, (name) => codecs.codec(name));
  const { uplinks: taken, refusedLines: refused } = host;
  const full = { times: 0 };
  host.before = async () => {
    if (full.times-- > 0) throw new Overloaded();
  };
  const devices = [7, 8].map((unit) => ({ name: `kiln ${unit}`, at: { address: String(unit) } }));
  const channel = await scriptChannel.open({ name: 'hall', settings: { over, codec: 'kiln', ...more }, devices }, host);
  ends.push(() => codecs.close());
  ends.push(() => channel.close());
  const readings = () => host.readings;
  return { codecs, taken, refused, channel, readings, full };
}

async function dial(port: number): Promise<{ socket: Socket; heard: () => string; write(bytes: Uint8Array): void }> {
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  let heard = '';
  socket.on('data', (bytes) => {
    heard += bytes.toString('hex');
  });
  ends.push(() => socket.destroy());
  return { socket, heard: () => heard, write: (bytes) => socket.write(bytes) };
}

test(
  clause('I-7.1-b', 'a plug-in of under 100 lines speaks an invented protocol, and is replaced while it runs'),
  async () => {
    expect(kiln.split('\n').length).toBeLessThan(100);
    const { codecs, channel, readings, taken, refused } = await open({ kind: 'tcp-server', port: 0 });
    const device = await dial(channel.port);
    // Garbage, two frames glued, one in three pieces, one with a wrong checksum.
    const broken = Buffer.from(measured(7, 1, 9));
    broken.writeUInt8(broken.readUInt8(7) ^ 1, 7);
    const stream = Buffer.concat([
      Buffer.from('00ff4b', 'hex'),
      measured(7, 8_501, 1),
      measured(8, 9_000, 2),
      broken,
      kilnFrame(7, 2, [1]),
      measured(7, 8_502, 3),
    ]);
    for (let at = 0; at < stream.length; at += 5) device.write(stream.subarray(at, at + 5));
    await vi.waitFor(() => expect(readings()).toHaveLength(3));
    expect(readings()).toEqual([
      { device: 'kiln 7', values: { temperature: 850.1, pressure: 100 } },
      { device: 'kiln 8', values: { temperature: 900, pressure: 100 } },
      { device: 'kiln 7', values: { temperature: 850.2, pressure: 100 } },
    ]);
    expect(taken).toContainEqual({
      kind: 'occurrences',
      occurrences: [{ device: 'kiln 7', event: 'overheat', data: { code: 1 } }],
    });
    expect(refused.every((line) => line.startsWith('protocol-violated'))).toBe(true);
    expect(refused.length).toBeGreaterThan(0);
    await vi.waitFor(() => expect(device.heard()).toContain(kilnFrame(7, 0x81, [3]).toString('hex')));

    // The next version names things otherwise; the connection stays.
    await codecs.put('kiln', kiln.replace('temperature: word(0) / 10', 'celsius: word(0) / 10'));
    device.write(measured(7, 8_600, 4));
    await vi.waitFor(() => expect(readings()).toHaveLength(4));
    expect(readings()[3]).toEqual({ device: 'kiln 7', values: { celsius: 860, pressure: 100 } });
    // A version that does not even parse is not taken; the one before goes on.
    await expect(codecs.put('kiln', 'function frame( {')).rejects.toMatchObject({ type: 'codec-failed' });
    device.write(measured(7, 8_700, 5));
    await vi.waitFor(() => expect(readings()).toHaveLength(5));
  },
);

test('a command goes to the connection where the device was heard, and its reply comes back', async () => {
  const { channel, readings } = await open({ kind: 'tcp-server', port: 0 });
  await expect(channel.call('kiln 7', 'set-temperature', { to: 900 }, 500)).rejects.toMatchObject({
    type: 'device-silent',
  });
  const device = await dial(channel.port);
  const other = await dial(channel.port);
  device.write(measured(7, 1, 1));
  other.write(measured(8, 1, 1));
  await vi.waitFor(() => expect(readings()).toHaveLength(2));
  const asked = channel.call('kiln 7', 'set-temperature', { to: 912.5 }, 5_000);
  const down = /4b21040007100(....)(....)/;
  await vi.waitFor(() => expect(device.heard()).toMatch(/4b2104000710/));
  const at = device.heard().indexOf('4b2104000710') + 12;
  const request = Number.parseInt(device.heard().slice(at, at + 4), 16);
  expect(Number.parseInt(device.heard().slice(at + 4, at + 8), 16)).toBe(9_125);
  expect(other.heard()).not.toMatch(down);
  device.write(kilnFrame(7, 3, [request >> 8, request & 255, 0, 0x23, 0xa5]));
  expect(await asked).toEqual({ set: 912.5 });

  const refused = channel.call('kiln 7', 'set-temperature', { to: 1 }, 5_000);
  device.write(kilnFrame(7, 3, [(request + 1) >> 8, (request + 1) & 255, 1]));
  await expect(refused).rejects.toMatchObject({ type: 'device-refused', data: { detail: 'locked' } });
  await expect(channel.call('kiln 7', 'explode', {}, 500)).rejects.toMatchObject({ type: 'codec-failed' });
  expect(channel.links().get('kiln 7')).toMatchObject({ state: 'up', sent: 2 });
  device.socket.destroy();
  await vi.waitFor(() => expect(channel.links().get('kiln 7')).toMatchObject({ state: 'down', breaks: 1 }));
  expect(channel.links().get('kiln 8')).toMatchObject({ state: 'up', breaks: 0 });
});

test('a receipt is sent only after the data is safe', async () => {
  const { channel, readings, full } = await open({ kind: 'tcp-server', port: 0 });
  full.times = 1;
  const device = await dial(channel.port);
  device.write(measured(7, 1, 1));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(device.heard()).toBe('');
  await vi.waitFor(() => expect(device.heard()).toBe(kilnFrame(7, 0x81, [1]).toString('hex')), 5_000);
  expect(readings()).toHaveLength(1);
});

test('devices that speak only when asked are asked in turn, over a connection that comes back', async () => {
  const asked: number[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('data', (bytes) => {
      const unit = bytes.readUInt16BE(3);
      asked.push(unit);
      if (unit === 7) socket.write(measured(7, 5, 1));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const poll = { every: 100, timeout: 50 };
  const { channel, readings } = await open({ kind: 'tcp-client', host: '127.0.0.1', port }, { poll });
  ends.push(() => sockets.map((socket) => socket.destroy()));
  await vi.waitFor(() => expect(readings().length).toBeGreaterThan(2), 5_000);
  expect(asked).toContain(8);
  expect(channel.links().get('kiln 7')).toMatchObject({ state: 'up' });
  await vi.waitFor(() => expect(channel.links().get('kiln 8')?.lost).toBeGreaterThan(2), 5_000);
  expect(channel.links().get('kiln 8')?.state).toBe('down');
  sockets[0]?.destroy();
  const before = readings().length;
  await vi.waitFor(() => expect(readings().length).toBeGreaterThan(before + 2), 10_000);
  expect(channel.links().get('')?.breaks).toBe(1);
});

test('datagrams are frames by themselves', async () => {
  const { channel, readings, refused } = await open({ kind: 'udp', port: 0 });
  const socket = createSocket('udp4');
  ends.push(() => socket.close());
  const answered = once(socket, 'message');
  socket.send(measured(8, 210, 6), channel.port, '127.0.0.1');
  const [answer] = await answered;
  expect(answer).toEqual(kilnFrame(8, 0x81, [6]));
  expect(readings()).toEqual([{ device: 'kiln 8', values: { temperature: 21, pressure: 100 } }]);
  socket.send(kilnFrame(8, 99, []), channel.port, '127.0.0.1');
  await vi.waitFor(() => expect(refused).toEqual(['codec-failed: unknown kind 99']));
});

test('a flood without a frame is dropped in bounded memory, and the next frame is found', async () => {
  const { channel, readings, refused } = await open({ kind: 'tcp-server', port: 0 }, { longest: 256 });
  const device = await dial(channel.port);
  // A head that announces a body which never ends in the right checksum, again and again.
  for (let i = 0; i < 40; i++) device.write(Buffer.concat([Buffer.from('4b21ff', 'hex'), Buffer.alloc(200, 0x4b)]));
  device.write(Buffer.alloc(300));
  device.write(measured(7, 42, 1));
  await vi.waitFor(
    () => expect(readings()).toEqual([{ device: 'kiln 7', values: { temperature: 4.2, pressure: 100 } }]),
    20_000,
  );
  expect(refused.length).toBeGreaterThan(0);
  const stranger = await dial(channel.port);
  stranger.write(measured(99, 1, 1));
  await vi.waitFor(() => expect(stranger.heard()).not.toBe(''));
  expect(readings()).toHaveLength(1);
});

test('without the codec nothing is guessed', async () => {
  const { channel, refused, readings } = await open({ kind: 'tcp-server', port: 0 }, { codec: 'nobody wrote it' });
  const device = await dial(channel.port);
  device.write(measured(7, 1, 1));
  await vi.waitFor(() => expect(refused).toEqual(['codec-unknown: nobody wrote it']));
  expect(readings()).toEqual([]);
  const call: Channel['call'] = channel.call.bind(channel);
  await expect(call('kiln 7', 'poll', {}, 100)).rejects.toMatchObject({ type: 'codec-unknown' });
});
