import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '@keystead/contracts/access';
import { messageFateKnown } from '@keystead/contracts/events/notify';
import { newId } from '@keystead/contracts/ids';
import { defineModule } from '@keystead/kernel/module';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signature } from './channels/webhook.ts';
import { installNotify } from './module.ts';
import type { NotifyService } from './notify.ts';
import { channelSecrets } from './secrets.ts';
import { directory } from './testing/directory.ts';
import { httpListener } from './testing/http-listener.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'keystead-sms-'));
const module = defineModule({
  name: 'notify',
  files: import.meta.dirname,
  setup: (kernel) => {
    kernel.bus.on(messageFateKnown, 'test.fates', async ({ payload }) => void fates.push(payload));
    return installNotify(kernel, channelSecrets(dataDir), directory([]));
  },
});
const fates: { message: string; fate: string }[] = [];
const secret = 'a-secret-of-the-carrier';
let platform: TestPlatform;
let service: NotifyService;
let admin: Actor;
let carrier: Awaited<ReturnType<typeof httpListener>>;
let channel: string;

beforeAll(async () => {
  platform = await startPlatform(module);
  service = platform.services.notify as NotifyService;
  admin = platform.actor('notify:read', 'notify:write', 'system:write');
  carrier = await httpListener(200);
  await service.setAllowedTargets(admin, ['127.0.0.1']);
  const sms = (await service.channels(admin)).find(({ kind }) => kind === 'sms');
  channel = sms?.id ?? '';
  await set(`http://127.0.0.1:${carrier.port}/send`);
});
afterAll(async () => {
  carrier.close();
  await platform.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function set(url: string) {
  const version = (await service.channels(admin)).find(({ id }) => id === channel)?.version;
  const payload = { kind: 'sms', name: '短信', enabled: true, secret };
  return platform.http.app.inject({
    ...{ method: 'PUT', url: `/api/v1/notify-channels/${channel}` },
    headers: { authorization: `Test ${admin.id}`, 'if-match': `"${version}"` },
    payload: { ...payload, settings: { provider: 'http', url, sign: '安居公寓', template: 'SMS_1001' } },
  });
}
const carry = (id: string) =>
  service.carry({
    ...{
      id,
      organisation: platform.organisation,
      place: '',
      text: 'tenant.dunning',
      title: '催缴通知',
      detail: '六月租金 500 元',
    },
    ...{ about: { kind: 'lease', id: newId() }, to: { name: '王秀英', phone: '13800001234' } },
  });
async function tell(rows: unknown, how: { secret?: string; at?: Date } = {}) {
  const payload = JSON.stringify(rows);
  const signed = signature(how.secret ?? secret, payload, how.at ?? platform.clock.now());
  const answer = await platform.http.app.inject({
    ...{ method: 'POST', url: `/api/v1/notify-receipts/${channel}`, payload },
    headers: { 'content-type': 'application/octet-stream', 'x-keystead-signature': signed },
  });
  return answer.statusCode;
}

test(
  clause('I-5.1-d-0', 'a text goes to the carrier as a signed template message; the log keeps the number masked'),
  async () => {
    const id = newId();
    expect(await carry(id)).toMatchObject([{ way: 'sms', ok: true, sentTo: expect.stringContaining('*') }]);
    const [call] = carrier.calls;
    const [, seconds, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(call?.headers['x-keystead-signature'])) ?? [];
    expect(createHmac('sha256', secret).update(`${seconds}.${call?.body}`).digest('hex')).toBe(mac);
    expect(JSON.parse(call?.body ?? '')).toMatchObject({
      ...{ id, to: '13800001234', sign: '安居公寓', template: 'SMS_1001' },
      ...{ text: expect.stringMatching(/^【安居公寓】.*六月租金 500 元/), params: { title: expect.any(String) } },
    });
  },
);

test('a receipt tells whether it arrived: the first word stands, forged, stale and broken ones are refused', async () => {
  const id = newId();
  await carry(id);
  const at = platform.clock.now().toISOString();
  const row = { id, state: 'delivered', code: 'DELIVRD', at };
  expect(await tell([row], { secret: 'of-somebody-else' })).toBe(401);
  expect(await tell([row], { at: new Date(platform.clock.now().getTime() - 301_000) })).toBe(401);
  expect(await tell([{ ...row, state: 'maybe' }])).toBe(401);
  expect(await tell({ id })).toBe(401);
  expect(await service.receiptOf(platform.organisation, id)).toBeUndefined();
  expect(await tell([row])).toBeLessThan(300);
  expect(await tell([{ ...row, state: 'failed', code: 'LATE' }])).toBeLessThan(300);
  expect(await service.receiptOf(platform.organisation, id)).toMatchObject({ state: 'delivered', code: 'DELIVRD' });
});

test('that a text was read follows that it arrived, and each is told to the module that had it carried', async () => {
  const [id, other] = [newId(), newId()];
  const at = platform.clock.now().toISOString();
  const row = (state: string, message = id) => ({ id: message, state, code: state.toUpperCase(), at });
  expect(await tell([row('delivered'), row('failed', other), row('delivered')])).toBeLessThan(300);
  expect(await tell([row('read'), row('read', other)])).toBeLessThan(300);
  expect(await tell([row('read'), row('failed')])).toBeLessThan(300);
  expect(await service.receiptOf(platform.organisation, id)).toMatchObject({ state: 'read' });
  expect(await service.receiptOf(platform.organisation, other)).toMatchObject({ state: 'failed' });
  await platform.drain();
  expect(fates.filter(({ message }) => message === id || message === other).map(({ fate }) => fate)).toEqual([
    'delivered',
    'failed',
    'read',
  ]);
});

test('a channel is tried as it is saved: one signed test text, and what stood in the way in words of what to do', async () => {
  const attempt = async (body: object) => {
    const answer = await platform.http.app.inject({
      ...{ method: 'POST', url: `/api/v1/notify-channels/${channel}/trial`, payload: body },
      headers: { authorization: `Test ${admin.id}`, 'accept-language': 'en' },
    });
    return { status: answer.statusCode, body: answer.json() };
  };
  const before = carrier.calls.length;
  expect(await attempt({ to: '13900005678' })).toEqual({
    status: 200,
    body: { ok: true, sentTo: '139****5678', kept: false },
  });
  expect(carrier.calls).toHaveLength(before + 1);
  expect(JSON.parse(carrier.calls.at(-1)?.body ?? '')).toMatchObject({ to: '13900005678', sign: '安居公寓' });
  expect(await attempt({ to: 'nobody' })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/to' }] } });
  const refusing = await httpListener(401);
  await set(`http://127.0.0.1:${refusing.port}/send`);
  expect((await attempt({ to: '13900005678' })).body).toMatchObject({ ok: false, obstacle: 'signature' });
  refusing.close();
  await set('http://10.9.8.7/send');
  expect((await attempt({ to: '13900005678' })).body).toMatchObject({ ok: false, obstacle: 'inner-address' });
  const shown = JSON.stringify(await service.channels(admin));
  expect([shown.includes(secret), shown.includes('"secretSet":true')]).toEqual([false, true]);
  await set(`http://127.0.0.1:${carrier.port}/send`);
});

test('a carrier that fails is tried again; one in an inner network that is not allowed is never reached', async () => {
  const busy = await httpListener(503);
  await set(`http://127.0.0.1:${busy.port}/send`);
  expect(await carry(newId())).toMatchObject([{ way: 'sms', ok: false, permanent: false }]);
  await service.setAllowedTargets(admin, []);
  expect(await carry(newId())).toMatchObject([
    { ok: false, permanent: true, error: expect.stringContaining('target-refused') },
  ]);
  expect(busy.calls).toHaveLength(1);
  busy.close();
  expect((await set('ftp://carrier.example.org')).statusCode).toBe(422);
});
