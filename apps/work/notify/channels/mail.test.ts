import { newId } from '@keystead/contracts/ids';
import { smtpRelay } from '@keystead/kernel/testing';
import { afterEach, expect, test } from 'vitest';
import type { Channel } from '../channel-store.ts';
import { sendMail } from './mail.ts';
import type { Outgoing } from './sender.ts';

const relays: { close(): void }[] = [];
afterEach(() => {
  for (const each of relays.splice(0)) each.close();
});

async function relay(mood?: 'kind' | 'refuse' | 'busy') {
  const opened = await smtpRelay(mood);
  relays.push(opened);
  return opened;
}

const channelAt = (port: number, user?: string): Channel => ({
  id: newId(),
  organisation: newId(),
  kind: 'mail',
  name: 'mail',
  enabled: true,
  settings: { host: '127.0.0.1', port, security: 'none', from: '安枢 <notice@example.org>', ...(user ? { user } : {}) },
  secret: null,
  version: 1,
});

const message: Outgoing = {
  id: newId(),
  organisation: newId(),
  trigger: 'alarm.raised',
  phase: 'open',
  severity: 1,
  title: '【一级告警】12 号楼烟感：火警',
  body: '请及时处理。',
  about: { kind: 'alarm', id: newId() },
  at: new Date('2026-06-01T01:00:00Z'),
};
const receiver = { id: newId(), name: '王一', email: 'wang@example.org', language: 'zh-CN' as const };
const send = (channel: Channel, secret?: string) =>
  sendMail(message, { channel, secret, receiver, allowed: [], now: message.at });

test('[I-5.1-d-0] a notice arrives at a real relay as a letter with its own lasting id', async () => {
  const { port, letters } = await relay();
  expect(await send(channelAt(port, 'notice'), 'hush')).toEqual({ ok: true, sentTo: 'wa***@example.org' });
  await send(channelAt(port));
  expect(letters).toHaveLength(2);
  const [letter] = letters;
  expect(letter?.to).toEqual(['RCPT TO:<wang@example.org>']);
  expect(letter?.auth).toBe('\u0000notice\u0000hush');
  const subject = /^Subject: (.*(?:\n[ \t].*)*)/m.exec(letter?.data ?? '')?.[1] ?? '';
  const words = [...subject.matchAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/g)].map(([, how, text]) =>
    how === 'B'
      ? Buffer.from(text ?? '', 'base64')
      : Buffer.from(
          (text ?? '')
            .replaceAll('_', ' ')
            .replace(/=([0-9A-F]{2})/g, (_all, hex) => String.fromCharCode(parseInt(hex, 16))),
          'latin1',
        ),
  );
  expect(Buffer.concat(words).toString('utf8')).toBe(message.title);
  for (const each of letters) expect(each.data).toContain(`Message-ID: <${message.id}@keystead>`);
});

test('a letter takes files along, byte for byte, under their names', async () => {
  const { port, letters } = await relay();
  const content = Buffer.from([0, 255, 10, 13, 46, 10, 200]);
  const files = [{ name: '收缴月报 2026-05.pdf', type: 'application/pdf', content }];
  const context = { channel: channelAt(port), secret: undefined, receiver, allowed: [], now: message.at };
  expect(await sendMail({ ...message, files }, context)).toMatchObject({ ok: true });
  const data = letters[0]?.data ?? '';
  expect(data).toMatch(/Content-Type: application\/pdf/);
  expect(data.replace(/\s/g, '')).toContain(content.toString('base64'));
  expect(data).toContain(encodeURIComponent('收缴月报'));
});

test('a mailbox that does not exist is given up, a busy relay and a silent one are tried again', async () => {
  expect(await send(channelAt((await relay('refuse')).port))).toMatchObject({ ok: false, permanent: true });
  expect(await send(channelAt((await relay('busy')).port))).toMatchObject({ ok: false, permanent: false });
  const { port } = await relay();
  relays.pop()?.close();
  expect(await send(channelAt(port))).toMatchObject({ ok: false, permanent: false });
});

test('someone without an address is no error to try again', async () => {
  const context = { channel: channelAt(1), secret: undefined, allowed: [], now: message.at };
  const result = await sendMail(message, { ...context, receiver: { ...receiver, email: undefined } });
  expect(result).toEqual({ ok: false, error: 'no-address', permanent: true });
});
