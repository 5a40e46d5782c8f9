import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { ensureCertificate, type ServerCertificate } from '@keystead/kernel/security/tls';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sensor } from './testing/models.ts';
import { openTestGateway, type TestGateway } from './testing/open.ts';

const anywhere = { port: 0, host: '127.0.0.1' };
let folder: string;
let server: ServerCertificate;
let device: ServerCertificate;
let open: TestGateway;
const clients: MqttClient[] = [];

const fingerprintOf = (certificate: string) =>
  new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gateway-tls-'));
  server = await ensureCertificate(join(folder, 'server'), new Date());
  device = await ensureCertificate(join(folder, 'device'), new Date());
  open = await openTestGateway({
    mqtt: { tls: { ...anywhere, key: server.key, cert: server.cert } },
    http: { tls: { ...anywhere, key: server.key, cert: server.cert } },
  });
  open.memory.list({ kind: 'token', token: 'one' }, 1, sensor);
  open.memory.list({ kind: 'certificate', fingerprint: fingerprintOf(device.cert), subject: '' }, 2, sensor);
});

afterAll(async () => {
  for (const client of clients) client.end(true);
  await open.gateway.close();
  rmSync(folder, { recursive: true });
});

async function publishOver(options: Record<string, unknown>): Promise<void> {
  const client = await connectAsync(`mqtts://127.0.0.1:${open.gateway.addresses.mqtt.tls}`, {
    ca: server.ca,
    reconnectPeriod: 0,
    ...options,
  });
  clients.push(client);
  await client.publishAsync('v1/devices/me/telemetry', '{"temperature":20}', { qos: 1 });
}

test('[H-8.1-2] data travel over TLS, acknowledged as over clear text', async () => {
  await publishOver({ username: 'one' });
  expect(open.memory.messages.at(-1)).toMatchObject({ thing: 1, values: [20] });
});

test('[H-11.2-d] a device is known by the certificate it proves to hold', async () => {
  await publishOver({ key: device.key, cert: device.cert });
  expect(open.memory.messages.at(-1)).toMatchObject({ thing: 2, values: [20] });
});

test('a certificate nobody listed is refused, and so is none at all', async () => {
  await expect(publishOver({ key: server.key, cert: server.cert })).rejects.toThrow(/Bad username|Not authorized/);
  await expect(publishOver({})).rejects.toThrow(/Bad username|Not authorized/);
});

test('TLS below 1.2 is refused', async () => {
  const socket = connectTls({
    host: '127.0.0.1',
    port: open.gateway.addresses.mqtt.tls,
    rejectUnauthorized: false,
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  });
  const failure = await new Promise<Error>((resolve) => socket.once('error', resolve));
  expect(failure.message).toMatch(/protocol version|alert|unsupported/i);
});

test('HTTP ingest listens on TLS as well', async () => {
  const { request } = await import('node:https');
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: open.gateway.addresses.http.tls,
        path: '/api/v1/one/telemetry',
        method: 'POST',
        ca: server.ca,
      },
      (answer) => resolve(answer.statusCode),
    );
    sent.on('error', reject);
    sent.end('{"temperature":1}');
  });
  expect(status).toBe(200);
});

test('[H-11.2-f] a waiting credential is told over TLS and never in clear text', async () => {
  const fresh = { kind: 'token', username: null, value: 'next-secret', until: '2026-12-01T00:00:00Z' };
  const asking = await openTestGateway({
    mqtt: { tls: { ...anywhere, key: server.key, cert: server.cert }, plain: anywhere },
  });
  asking.memory.list({ kind: 'token', token: 'one' }, 1, sensor);
  asking.memory.list({ kind: 'token', token: 'two' }, 2, sensor);
  asking.memory.ports.attributes.fresh = async () => fresh;
  const told = async (url: string, username: string): Promise<string[]> => {
    const client = await connectAsync(url, { ca: server.ca, reconnectPeriod: 0, username });
    const heard: string[] = [];
    client.on('message', (topic, payload) => heard.push(`${topic} ${payload}`));
    await client.subscribeAsync(['v1/devices/me/attributes', 'v1/devices/me/attributes/response/+'], { qos: 1 });
    await client.publishAsync('v1/devices/me/attributes/request/1', '{"sharedKeys":"credential"}', { qos: 1 });
    while (!heard.some((line) => line.includes('response/1'))) await new Promise((resolve) => setTimeout(resolve, 10));
    client.end(true);
    return heard.filter((line) => line.includes('next-secret'));
  };
  const { tls, plain } = asking.gateway.addresses.mqtt;
  expect((await told(`mqtts://127.0.0.1:${tls}`, 'one')).length).toBe(2);
  expect(await told(`mqtt://127.0.0.1:${plain}`, 'two')).toEqual([]);
  await asking.gateway.close();
});
