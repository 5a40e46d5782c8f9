import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clause } from '@keystead/kernel/testing';
import { eventually, recordingHost } from '@keystead/terminals/testing';
import { afterEach, expect, test } from 'vitest';
import { coapChannel } from './channel.ts';
import type { CoapDevice } from './settings.ts';
import { runClient, startClient, startServer } from './testing/programs.ts';

const ending: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const stop of ending.splice(0).reverse()) await stop();
});
const secret = 'a-secret-of-the-device';

async function open(at: CoapDevice) {
  const host = recordingHost();
  const settings = { listen: { port: 0 }, ackTimeout: 400 };
  const channel = await coapChannel.open({ name: 'coap', settings, devices: [{ name: 'd1', at }] }, host);
  ending.push(() => channel.close());
  return { channel, host, url: `coap://127.0.0.1:${channel.port}/v1/d1/${secret}` };
}

const post = (url: string, text: string, ...more: string[]) =>
  runClient('-m', 'post', '-t', '50', '-e', text, '-B', '10', ...more, url);

test(clause('H-6.1-1', 'libcoap posts a hundred readings, confirmable and not, and all are kept'), async () => {
  const { host, url } = await open({ secret });
  for (let n = 0; n < 10; n++) {
    const batch = Array.from({ length: 10 }, (_, i) => ({
      ts: 1_790_000_000_000 + n * 10 + i,
      values: { t: n * 10 + i },
    }));
    await post(`${url}/telemetry`, JSON.stringify(batch), ...(n % 2 ? ['-N'] : []));
  }
  const values = host.uplinks.flatMap((one) => (one.kind === 'readings' ? one.readings : []));
  expect(values.map((one) => one.values.t)).toEqual(Array.from({ length: 100 }, (_, index) => index));
  expect(values[99]).toEqual({ device: 'd1', time: 1_790_000_000_099_000, values: { t: 99 } });
  expect(await runClient('-m', 'put', '-e', '{"t":1}', `${url}/telemetry`)).toBe('');
  await post(`${url}/events`, '{"event":"door","data":{"open":true}}');
  await post(`${url}/attributes`, '{"firmware":"1.2"}');
  expect(host.uplinks.slice(-2)).toEqual([
    { kind: 'occurrences', occurrences: [{ device: 'd1', time: undefined, event: 'door', data: { open: true } }] },
    { kind: 'attributes', sets: [{ device: 'd1', values: { firmware: '1.2' } }] },
  ]);
});

test('libcoap is told why nothing was taken, and what is slow to be kept is answered apart', async () => {
  const { host, url } = await open({ secret });
  expect(await post(`${url}/telemetry`, '{"t":')).toContain('4.00 payload-malformed');
  expect(await post(`${url.replace('secret', 'sacred')}/telemetry`, '{}')).toContain('4.01 credential-unknown');
  expect(await post(`${url}/nothing`, '{}')).toContain('4.04');
  expect(await runClient('-m', 'delete', `${url}/telemetry`)).toContain('4.05');
  expect(await post(`${url}/telemetry`, '{}', '-O', '9999,x')).toContain('4.02');
  host.before = () => new Promise((done) => setTimeout(done, 700));
  expect(await post(`${url}/telemetry`, '{"slow":1}')).toBe('');
  expect(host.uplinks).toEqual([
    { kind: 'readings', readings: [{ device: 'd1', values: { slow: 1 } }], refused: undefined },
  ]);
  expect(host.refused.map(({ type }) => type)).toEqual(['payload-malformed', 'credential-unknown']);
});

test('libcoap sends a long body in blocks and observes what it is called to do', async () => {
  const { channel, host, url } = await open({ secret });
  const folder = mkdtempSync(join(tmpdir(), 'keystead-coap-'));
  ending.push(() => rmSync(folder, { recursive: true, force: true }));
  const many = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`p${index}`, index]));
  writeFileSync(join(folder, 'body'), JSON.stringify(many));
  await runClient('-m', 'put', '-t', '50', '-b', '256', '-f', join(folder, 'body'), `${url}/telemetry`);
  expect(host.uplinks).toMatchObject([{ kind: 'readings', readings: [{ values: many }] }]);
  await expect(channel.call('d1', 'open', {}, 500)).rejects.toMatchObject({ type: 'device-silent' });
  const observer = startClient('-s', '20', '-w', `${url}/rpc`);
  ending.push(() => observer.stop());
  let call: Promise<unknown> | undefined;
  await eventually(() => {
    call ??= channel.call('d1', 'open', { door: 3, why: 'x'.repeat(2000) }, 15_000).catch(() => {
      call = undefined;
    });
    return observer.said().includes('"method":"open"');
  }, 'the call reaches the observer');
  const id = /"id":(\d+)/.exec(observer.said())?.[1];
  await eventually(() => observer.said().includes(`${'x'.repeat(2000)}"}}`), 'the call is read whole, in blocks');
  await post(`${url}/rpc/${id}`, '{"done":true}');
  expect(await call).toEqual({ done: true });
  const refused = channel.call('d1', 'again', {}, 15_000);
  refused.catch(() => undefined);
  await eventually(() => observer.said().includes('"method":"again"'), 'the second call');
  await post(`${url}/rpc/${Number(id) + 1}`, '{"error":"jammed"}');
  await expect(refused).rejects.toMatchObject({ type: 'device-refused', data: { detail: 'jammed' } });
});

test(clause('I-6.4-c-5', 'I-7.1-a', 'libcoap’s server is read in turns, observed, and written'), async () => {
  const server = await startServer();
  ending.push(() => server.stop());
  const base = `coap://127.0.0.1:${server.port}`;
  await runClient('-m', 'put', '-t', '50', '-e', '{"temperature":21.5}', `${base}/room`);
  await runClient('-m', 'put', '-e', '7', `${base}/level`);
  const { channel, host } = await open({
    host: '127.0.0.1',
    port: server.port,
    resources: [
      { path: '/room', every: 200 },
      { path: '/level', observe: true, writable: true, form: 'text' },
      { path: '/long', name: 'text', writable: true, form: 'text' },
      { path: '/missing', every: 1000 },
    ],
  });
  const values = () => host.uplinks.flatMap((one) => (one.kind === 'readings' ? one.readings : []));
  await eventually(() => values().some((one) => one.values.temperature === 21.5), 'the room is read');
  await eventually(() => values().some((one) => one.values.level === 7), 'the level is observed');
  expect(await channel.call('d1', 'write', { point: 'level', value: 9 }, 5_000)).toEqual({
    point: 'level',
    value: 9,
    readBack: 9,
    verified: true,
  });
  await eventually(() => values().some((one) => one.values.level === 9), 'the change came by itself');
  await runClient('-m', 'put', '-e', '12', `${base}/level`);
  await eventually(() => values().some((one) => one.values.level === 12), 'and the next');
  const long = 'long '.repeat(700).trim();
  expect(await channel.call('d1', 'write', { point: 'text', value: long }, 5_000)).toMatchObject({ verified: true });
  expect(await runClient(`${base}/long`)).toBe(long);
  await expect(channel.call('d1', 'write', { point: 'room', value: 1 }, 5_000)).rejects.toMatchObject({
    type: 'input-invalid',
  });
  expect(channel.links().get('d1')).toMatchObject({ state: 'up', lost: 0 });
});

test(clause('H-6.1-3', 'libcoap fetches new firmware in blocks, and finds none before and after'), async () => {
  const { channel, url } = await open({ secret });
  const folder = mkdtempSync(join(tmpdir(), 'keystead-coap-'));
  ending.push(() => rmSync(folder, { recursive: true, force: true }));
  expect(await runClient('-B', '5', `${url}/firmware`)).toContain('4.04');
  const bytes = randomBytes(20_123);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const statement = { title: 'node', version: '2.0', models: ['node'], size: bytes.length, hash };
  const offer = { ...statement, signature: 'AAAA', algorithm: 'ed25519', signer: 'a'.repeat(64) } as const;
  const read = async (offset: number, length: number) => bytes.subarray(offset, offset + length);
  const brought = channel.update('d1', { offer, read }, new AbortController().signal);
  expect(await runClient('-B', '5', `${url}/offer`)).toContain(`"fw_checksum":"${hash}"`);
  const path = join(folder, 'firmware');
  await runClient('-B', '20', '-b', '256', '-o', path, `${url}/firmware`);
  expect(readFileSync(path).equals(bytes)).toBe(true);
  await brought;
  expect(await runClient('-B', '5', `${url}/firmware`)).toContain('4.04');
  expect(await runClient('-B', '5', `${url}/offer`)).toBe('{}');
  const withdrawn = new AbortController();
  const second = channel.update('d1', { offer, read }, withdrawn.signal);
  withdrawn.abort();
  await expect(second).rejects.toThrow('given up');
  await expect(channel.update('stranger', { offer, read }, withdrawn.signal)).rejects.toMatchObject({
    type: 'device-not-listed',
  });
}, 30_000);
