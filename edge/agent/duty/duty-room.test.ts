import { request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import type { LocalAlarm } from '../local/alarm-book.ts';
import { DutyRoom } from './duty-room.ts';

const alarm: LocalAlarm = {
  id: '1',
  rule: 'r',
  name: { zh: '火警', en: 'Fire' },
  device: 'S-1',
  severity: 1,
  state: 'active',
  raised: 1,
  changed: 1,
  occurrences: 1,
  values: { smoke: true },
};
const seen: string[] = [];
let room: DutyRoom | undefined;

afterEach(async () => {
  await room?.close();
  room = undefined;
  seen.length = 0;
});

async function open(code?: string): Promise<number> {
  room = new DutyRoom(
    { host: '127.0.0.1', port: 0, code },
    {
      alarms: () => [alarm],
      acknowledge: async (id) => {
        seen.push(id);
        return id === '1';
      },
      isConnected: () => false,
    },
  );
  return room.listen();
}

const ask = (port: number, path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<number | undefined>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject);
    sent.end();
  });

test('a page seen beyond this machine needs a code, and asks for it', async () => {
  const ports = { alarms: () => [], acknowledge: async () => true, isConnected: () => true };
  expect(() => new DutyRoom({ host: '0.0.0.0', port: 0 }, ports)).toThrow('duty-room-invalid');
  const port = await open('correct-horse');
  const basic = (word: string) => ({ authorization: `Basic ${Buffer.from(`x:${word}`).toString('base64')}` });
  expect(await ask(port, '/')).toBe(401);
  expect(await ask(port, '/', basic('wrong-horse'))).toBe(401);
  expect(await ask(port, '/', basic('correct-horse'))).toBe(200);
});

test('another site’s page can neither read the alarms under its own name nor say that one was seen', async () => {
  const port = await open();
  expect(await ask(port, '/alarms', { host: 'evil.example' })).toBe(421);
  expect(await ask(port, '/alarms/1/acknowledgement', { 'content-type': 'text/plain' }, 'POST')).toBe(415);
  expect(seen).toEqual([]);
  expect(await ask(port, '/alarms/1/acknowledgement', { 'content-type': 'application/json' }, 'POST')).toBe(204);
  expect(await ask(port, '/alarms/9/acknowledgement', { 'content-type': 'application/json' }, 'POST')).toBe(404);
});

test('who looks sees a change at once', async () => {
  const port = await open();
  const answer = await fetch(`http://127.0.0.1:${port}/events`);
  const reader = answer.body?.getReader();
  const first = new TextDecoder().decode((await reader?.read())?.value);
  expect(first).toContain('"severity":1');
  room?.changed();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('"platform":false');
  await reader?.cancel();
});
