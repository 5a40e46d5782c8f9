import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { clause } from '@keystead/kernel/testing';
import { bytesOfHex, CommitFailed, countLinks, DeviceSilent, FrameScanner } from '@keystead/terminals/port';
import { recordingHost } from '@keystead/terminals/testing';
import { afterEach, expect, test } from 'vitest';
import type { Gb26875Channel } from './channel.ts';
import { FireDirectory } from './directory.ts';
import { addressBytes, command, type Frame, gb26875Channel, gb26875Form, readFrame, writeFrame } from './index.ts';
import { TransmitterSession } from './session.ts';

const address = '110000000001';
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

/** A channel with one transmitter and one pump, and what it handed on. */
async function listening(before: () => Promise<void> = async () => {}) {
  const host = recordingHost();
  host.before = before;
  const devices = [
    { name: 'TX', at: { transmitter: address } },
    { name: 'PUMP', at: { transmitter: address, system: '11.1', component: '00000007' } },
  ];
  const channel = (await gb26875Channel.open({ name: 'fire', settings: { port: 0 }, devices }, host)) as Gb26875Channel;
  open.push(channel);
  return { channel, taken: host.uplinks, refused: host.refused };
}

/** The transmitter's end of a connection, made of plain bytes. */
async function transmitter(port: number) {
  const socket: Socket = connect(port, '127.0.0.1');
  open.push({ close: () => socket.destroy() });
  const scanner = new FrameScanner(gb26875Form);
  const heard: Frame[] = [];
  socket.on('data', (part: Buffer) => heard.push(...scanner.push(part).map(({ bytes }) => readFrame(bytes))));
  await new Promise((done) => socket.once('connect', done));
  const say = (kind: number, data: Uint8Array, sequence = 1, source = address) =>
    socket.write(
      writeFrame({
        sequence,
        version: [1, 0],
        time: bytesOfHex('05 1E 0E 13 09 1A'),
        source: addressBytes(source),
        destination: new Uint8Array(6),
        command: kind,
        data,
      }),
    );
  return { socket, heard, say };
}

const pumpStarted = Uint8Array.from([
  2,
  1,
  11,
  1,
  91,
  7,
  0,
  0,
  0,
  0x21,
  0,
  ...new Uint8Array(31),
  5,
  30,
  14,
  19,
  9,
  26,
]);

test(clause('H-7.1-0', 'a pump start comes through and is confirmed when it is durable'), async () => {
  let commit: () => void = () => {};
  const durable = new Promise<void>((done) => {
    commit = done;
  });
  const { channel, taken } = await listening(() => durable);
  const { heard, say } = await transmitter(channel.port);
  say(command.send, pumpStarted, 77);
  await new Promise((later) => setTimeout(later, 50));
  expect(heard).toEqual([]);
  commit();
  await expect
    .poll(() => heard.map(({ sequence, command: kind }) => [sequence, kind]))
    .toEqual([[77, command.confirm]]);
  expect(taken).toMatchObject([{ readings: [{ device: 'PUMP', values: { started: true, fire: false } }] }]);
  expect(channel.links().get('TX')).toMatchObject({ state: 'up', received: 1 });
});

test('what could not be stored is not confirmed, and taken when it comes again', async () => {
  let failures = 1;
  const { channel, taken } = await listening(async () => {
    if (failures-- > 0) throw new CommitFailed();
  });
  const { heard, say } = await transmitter(channel.port);
  say(command.send, pumpStarted, 5);
  await new Promise((later) => setTimeout(later, 50));
  expect(heard).toEqual([]);
  say(command.send, pumpStarted, 5);
  await expect.poll(() => heard.length).toBe(1);
  expect(taken).toHaveLength(1);
});

test('a damaged frame and a stranger are denied and counted', async () => {
  const { channel, taken, refused } = await listening();
  const { socket, heard, say } = await transmitter(channel.port);
  say(command.send, pumpStarted, 3, '990000000001');
  const damaged = bytesOfHex(
    '40 40 07 00 01 00 05 1E 0E 13 09 1A 01 00 00 00 00 11 00 00 00 00 00 00 00 00 02 99 23 23',
  );
  socket.write(damaged);
  await expect.poll(() => heard.map(({ command: kind }) => kind)).toEqual([command.deny, command.deny]);
  expect(refused.map(({ type }) => type).sort()).toEqual(['checksum-wrong', 'device-not-listed']);
  expect(taken).toEqual([]);
});

test('a duty check ends with the button in the duty room, or with silence', async () => {
  const { channel } = await listening();
  const { heard, say } = await transmitter(channel.port);
  await expect(channel.call('TX', 'dutyCheck', {}, 100)).rejects.toThrow(DeviceSilent);
  say(command.send, Uint8Array.from([21, 1, 1, 5, 30, 14, 19, 9, 26]));
  await expect.poll(() => heard.length).toBe(1);
  const answered = channel.call('TX', 'dutyCheck', { minutes: 3 }, 5000);
  await expect.poll(() => heard.at(-1)?.data).toEqual(Uint8Array.of(91, 1, 3));
  say(command.send, Uint8Array.from([24, 1, 0x20, 4, 5, 30, 14, 19, 9, 26]));
  await expect(answered).resolves.toMatchObject({ dutyAnswer: true, operator: 4 });
  const synchronized = channel.call('TX', 'synchronizeClock', {}, 5000);
  await expect.poll(() => heard.at(-1)?.data[0]).toBe(90);
  say(command.confirm, new Uint8Array(0), heard.at(-1)?.sequence);
  await expect(synchronized).resolves.toEqual({ confirmed: true });
});

test('bytes that drip and never become a frame lose the connection; whole frames keep it, however late', async () => {
  const host = recordingHost();
  const directory = new FireDirectory([{ name: 'TX', at: { transmitter: address } }]);
  const use = { host, directory, clock: 'auto' as const, zone: 'Asia/Shanghai', patience: 150, known: () => {} };
  const server = createServer((socket) => {
    socket.on('error', () => {});
    new TransmitterSession(socket, { ...use, links: countLinks(host.clock, ['TX']) });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  open.push({ close: () => server.close() });
  const { port } = server.address() as AddressInfo;
  const whole = await transmitter(port);
  const dripping = await transmitter(port);
  const gone = new Promise((done) => dripping.socket.once('close', done));
  dripping.socket.on('error', () => {});
  const drops = setInterval(() => dripping.socket.write(Uint8Array.of(0x40)), 20);
  whole.say(command.send, pumpStarted, 1);
  await gone;
  clearInterval(drops);
  await new Promise((later) => setTimeout(later, 200));
  whole.say(command.send, pumpStarted, 2);
  await expect.poll(() => whole.heard.map(({ sequence }) => sequence)).toEqual([1, 2]);
});
