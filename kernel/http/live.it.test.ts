import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Actor, OrganisationId } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createLive } from './live.ts';

const organisation: OrganisationId = newId();
const actor: Actor = {
  ...{ kind: 'user', id: newId(), name: 'Tester', scope: { organisation, subtrees: [''] } },
  permissions: new Set(['telemetry:read']),
};

let server: WebSocketServer;
let page: WebSocket;
let opened: string[];
let live: ReturnType<typeof createLive>;

beforeEach(async () => {
  opened = [];
  live = createLive();
  live.topic('thing-values:*', { permission: 'telemetry:read', onFirst: (topic) => opened.push(topic) });
  live.topic('journal', { permission: 'journal:read' });
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket) => live.attach(socket, actor));
  page = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await once(page, 'open');
});
afterEach(() => {
  page.terminate();
  server.close();
});

/** Topics refused of those asked for. */
async function subscribe(...topics: string[]): Promise<string[]> {
  page.send(JSON.stringify({ subscribe: topics }));
  const [bytes] = await once(page, 'message');
  const [word] = JSON.parse(String(bytes)) as { data: { refused: string[] } }[];
  return word?.data.refused ?? [];
}

test('a member of a family is listened to; the bare name, the star and nothing are no members', async () => {
  const refused = await subscribe('thing-values:7', 'thing-values', 'thing-values:', 'thing-values:*');
  expect(refused).toEqual(['thing-values', 'thing-values:', 'thing-values:*']);
  expect(opened).toEqual(['thing-values:7']);
});

test('a topic without the right to it is refused, and so is one nobody declared', async () =>
  expect(await subscribe('journal', 'weather', 'weather:today')).toEqual(['journal', 'weather', 'weather:today']));

test('what is urgent leaves with what waited before it, in order and in one frame', async () => {
  await subscribe('thing-values:7');
  const frame = once(page, 'message');
  live.publish('thing-values:7', { organisation, place: '' }, 1);
  live.publish('thing-values:7', { organisation, place: '' }, 2, true);
  const [bytes] = await frame;
  expect(JSON.parse(String(bytes))).toEqual([
    { topic: 'thing-values:7', data: 1 },
    { topic: 'thing-values:7', data: 2 },
  ]);
});
