import { createHmac } from 'node:crypto';
import { newId } from '@keystead/contracts/ids';
import { afterEach, describe, expect, test } from 'vitest';
import type { Channel } from '../channel-store.ts';
import { httpListener } from '../testing/http-listener.ts';
import type { Outgoing } from './sender.ts';
import { mayConnect, readTarget } from './target.ts';
import { sendWebhook } from './webhook.ts';

const servers: { close(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listener(status?: number, headers?: Record<string, string>) {
  const opened = await httpListener(status, headers);
  servers.push(opened);
  return opened;
}

const message: Outgoing = {
  id: newId(),
  organisation: newId(),
  trigger: 'alarm.raised',
  phase: 'open',
  severity: 2,
  title: '告警',
  body: '请处理',
  about: { kind: 'alarm', id: newId() },
  at: new Date('2026-06-01T01:00:00Z'),
};

const send = (url: string, allowed: string[] = ['127.0.0.1'], secret: string | undefined = 'hush') => {
  const channel: Channel = {
    id: newId(),
    organisation: message.organisation,
    kind: 'webhook',
    name: 'hook',
    enabled: true,
    settings: { url },
    secret: null,
    version: 1,
  };
  return sendWebhook(message, { channel, secret, receiver: undefined, allowed, now: message.at });
};

describe('a webhook', () => {
  test('[I-5.1-d-0] is posted as JSON, signed over time and body', async () => {
    const { calls, port } = await listener();
    expect(await send(`http://127.0.0.1:${port}/in?x=1`)).toEqual({ ok: true, sentTo: `127.0.0.1:${port}` });
    const [call] = calls;
    const [, seconds, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(call?.headers['x-keystead-signature'])) ?? [];
    expect(createHmac('sha256', 'hush').update(`${seconds}.${call?.body}`).digest('hex')).toBe(mac);
    expect(call?.headers['x-keystead-delivery']).toBe(message.id);
    expect(JSON.parse(call?.body ?? '')).toMatchObject({ trigger: 'alarm.raised', severity: 2, title: '告警' });
  });

  test('is tried again after a fault of the other side, and not after a refusal', async () => {
    const answer = async (status: number) => send(`http://127.0.0.1:${(await listener(status)).port}/`);
    expect(await answer(500)).toMatchObject({ ok: false, permanent: false });
    expect(await answer(429)).toMatchObject({ ok: false, permanent: false });
    expect(await answer(404)).toMatchObject({ ok: false, permanent: true });
  });

  test('does not follow a redirect, which would lead past the address check', async () => {
    const inner = await listener();
    const { port } = await listener(302, { location: `http://127.0.0.1:${inner.port}/` });
    expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ ok: false });
    expect(inner.calls).toEqual([]);
  });

  test('reaches nothing inside unless that is allowed by address, by whatever name it is called', async () => {
    const { calls, port } = await listener();
    for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0.0.0.0', '2130706433', '0x7f.1'])
      expect(await send(`http://${host}:${port}/`, ['10.0.0.0/8'])).toMatchObject({
        ok: false,
        permanent: true,
        error: expect.stringContaining('target-refused'),
      });
    expect(calls).toEqual([]);
    expect(await send(`http://localhost:${port}/`, ['127.0.0.0/8'])).toMatchObject({ ok: true });
  });
});

test('inner and outer addresses are told apart', () => {
  const inner =
    '10.1.2.3 172.31.0.1 192.168.1.1 169.254.169.254 100.64.0.1 224.0.0.1 ::1 fe80::1 fd00::1 64:ff9b::7f00:1';
  for (const address of inner.split(' ')) expect(mayConnect(address, []), address).toBe(false);
  for (const address of ['8.8.8.8', '172.32.0.1', '2400:3200::1']) expect(mayConnect(address, []), address).toBe(true);
  expect(mayConnect('10.1.2.3', ['10.1.0.0/16'])).toBe(true);
  expect(mayConnect('10.2.2.3', ['10.1.0.0/16'])).toBe(false);
});

test('an allow-list entry is an address or a network', () => {
  for (const text of ['10.1.2.3', '10.0.0.0/8', 'fd00::/8']) expect(readTarget(text)).toBeDefined();
  for (const text of ['example.org', '10.0.0.0/33', '10.0.0.0/', '1/2/3', '', '10.0.0.0/8/8'])
    expect(readTarget(text), text).toBeUndefined();
});
