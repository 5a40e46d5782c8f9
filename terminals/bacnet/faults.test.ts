import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { bytesOfHex } from '@keystead/terminals/port';
import { recordingHost } from '@keystead/terminals/testing';
import { afterEach, expect, test, vi } from 'vitest';
import { bacnetChannel } from './index.ts';
import type { BacnetDevice } from './settings.ts';

// A device made of bytes, for what no library does.
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
const within = { timeout: 10_000, interval: 20 };

/** `answer`: hexadecimal after the number of the request, by its service and bytes; undefined = silence. */
async function device(answer: (service: number, request: Uint8Array, invoke: string) => string | undefined) {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const asked: string[] = [];
  socket.on('message', (bytes, { port }) => {
    // Heads: BVLC 4, network 2, then 00 05 invoke service.
    const invoke = bytes.subarray(8, 9).toString('hex');
    asked.push(bytes.subarray(6).toString('hex'));
    const said = bytes[6] === 0 ? answer(bytes[9] ?? 0, bytes, invoke) : undefined;
    if (said === undefined) return;
    const apdu = Buffer.from(said.replaceAll(' ', ''), 'hex');
    const head = Buffer.from([0x81, 0x0a, 0, apdu.length + 6, 1, 0]);
    socket.send(Buffer.concat([head, apdu]), port, '127.0.0.1');
  });
  ends.push(() => socket.close());
  return { port: socket.address().port, asked, socket };
}

async function open(port: number, at: Partial<BacnetDevice> = {}) {
  const host = recordingHost();
  const points = Array.from({ length: 8 }, (_, index) => ({ name: `p${index}`, object: `analog-input:${index}` }));
  const channel = await bacnetChannel.open(
    {
      name: 'bac',
      settings: { bind: '127.0.0.1', port: 0, timeout: 1_500, retries: 1 },
      devices: [{ name: 'ahu', at: { device: 77, host: '127.0.0.1', port, every: 60_000, points, ...at } }],
    },
    host,
  );
  ends.push(() => channel.close());
  return { host, channel };
}

/** An answer to a question for one property: its value is 1. */
const one = (request: Uint8Array, invoke: string) =>
  `30 ${invoke} 0C 0C ${Buffer.from(request.subarray(11, 15)).toString('hex')} 19 55 3E 44 3F 80 00 00 3F`;

test('an answer that would need segments is asked for in smaller parts, in the end one by one', async () => {
  const { port, asked } = await device((service, request, invoke) =>
    service === 14 ? `71 ${invoke} 04` : one(request, invoke),
  );
  const { host } = await open(port);
  await vi.waitFor(() => expect(host.readings).toHaveLength(1), within);
  expect(Object.keys(host.readings[0]?.values ?? {})).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7']);
  // 8, 4, 2, then ones; and nothing else.
  expect(asked).toHaveLength(1 + 2 + 4 + 8);
});

test('segments that nobody asked for are declined with an abort', async () => {
  const { port, asked } = await device((_service, _request, invoke) => `3C ${invoke} 00 04 0C 0C 00 00 00 01`);
  const { host } = await open(port, { points: [{ name: 'p', object: 'analog-input:1' }] });
  await vi.waitFor(() => expect(host.refusedLines).toHaveLength(1), within);
  expect(host.refusedLines).toEqual(['device-refused: it answers in segments, which were not asked for']);
  await vi.waitFor(() => expect(asked.filter((apdu) => /^70..04$/.test(apdu))).toHaveLength(1), within);
});

test('an answer from elsewhere, to another question or of another service is no answer', async () => {
  const stranger = createSocket('udp4').bind(0, '127.0.0.1');
  await once(stranger, 'listening');
  ends.push(() => stranger.close());
  const { port, asked } = await device((_service, _request, invoke) => `20 ${invoke} 0F`);
  const { channel } = await open(port, { points: [{ name: 'p', object: 'analog-input:1' }] });
  const ours = (channel as unknown as { port: number }).port;
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0), within);
  for (let invoke = 0; invoke < 256; invoke++) {
    const number = invoke.toString(16).padStart(2, '0');
    const frame = `81 0A 00 17 01 00 30 ${number} 0C 0C 00 00 00 01 19 55 3E 44 3F 80 00 00 3F`;
    stranger.send(bytesOfHex(frame), ours, '127.0.0.1');
  }
  await expect(channel.call('ahu', 'read', { point: 'p' }, 700)).rejects.toMatchObject({ type: 'device-silent' });
});

test('a write is sent once, also when nothing is heard of it', async () => {
  const { port, asked } = await device((service, request, invoke) =>
    service === 15 ? undefined : one(request, invoke),
  );
  const points = [{ name: 'p', object: 'analog-value:1', writable: true }];
  const { channel } = await open(port, { points });
  const called = channel.call('ahu', 'write', { point: 'p', value: 5 }, 2_000);
  await expect(called).rejects.toMatchObject({ type: 'device-silent' });
  expect(asked.filter((apdu) => apdu.slice(6, 8) === '0f')).toHaveLength(1);
});

test('a confirmed notification is not acknowledged before it is kept, and a foreign one never', async () => {
  const notification = (process: string, invoke: string) =>
    `00 02 ${invoke} 01 09 ${process} 1C 02 00 00 4D 2C 00 00 00 01 39 00 4E 09 55 2E 44 42 82 00 00 2F 4F`;
  const { port, asked, socket } = await device((_service, _request, invoke) => `20 ${invoke} 05`);
  const { channel, host } = await open(port, { points: [{ name: 'p', object: 'analog-input:1', cov: 'confirmed' }] });
  const ours = (channel as unknown as { port: number }).port;
  await vi.waitFor(() => expect(asked).toHaveLength(1), within);
  const send = (process: string, invoke: string) => {
    const apdu = bytesOfHex(notification(process, invoke));
    socket.send(Uint8Array.from([0x81, 0x0a, 0, apdu.length + 6, 1, 4, ...apdu]), ours, '127.0.0.1');
  };
  let failures = 1;
  host.before = async () => {
    if (failures-- > 0) throw new Error('the disk is full');
  };
  send('01', '11');
  await vi.waitFor(() => expect(host.refusedLines).toEqual(['commit-failed: undefined']), within);
  send('01', '12');
  await vi.waitFor(() => expect(host.readings.map(({ values }) => values)).toEqual([{ p: 65 }]), within);
  await vi.waitFor(() => expect(asked.filter((apdu) => apdu.startsWith('20'))).toEqual(['201201']), within);
  send('02', '13');
  await vi.waitFor(() => expect(host.refused.at(-1)?.type).toBe('device-not-listed'), within);
  expect(host.readings).toHaveLength(1);
});

test('noise is refused and counted, and the line goes on', async () => {
  const { port, socket } = await device((_service, request, invoke) => one(request, invoke));
  const { channel, host } = await open(port, { points: [{ name: 'p', object: 'analog-input:1' }], every: 100 });
  const ours = (channel as unknown as { port: number }).port;
  for (const noise of ['ff', '81 0A 00 04', '81 0A 00 06 02 00', '81 0A 00 08 01 00 F0 00', '81 0A 00 08 01 00 10 00'])
    socket.send(bytesOfHex(noise), ours, '127.0.0.1');
  await vi.waitFor(() => expect(host.refused).toHaveLength(5), within);
  const before = host.readings.length;
  await vi.waitFor(() => expect(host.readings.length).toBeGreaterThan(before + 1), within);
  expect(channel.links().get('')?.damaged).toBe(5);
});
