import { once } from 'node:events';
import type { Actor } from '@keystead/contracts/access';
import { startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type AddressInfo, WebSocket, WebSocketServer } from 'ws';
import { message, startTelemetry, type TelemetryBench } from './testing.ts';

let bench: TelemetryBench<TestPlatform>;
let pages: WebSocketServer;
const readers: Actor[] = [];

beforeAll(async () => {
  bench = await startTelemetry(startPlatform);
  pages = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  pages.on('connection', (socket) => {
    const actor = readers.shift();
    if (actor) bench.live.attach(socket, actor);
  });
  await once(pages, 'listening');
  await bench.telemetry.openStreams('things');
});
afterAll(async () => {
  bench.live.close();
  pages.close();
  await bench.stop();
});

interface Frame {
  topic: string;
  data: { refused?: string[]; values?: Record<string, { value: unknown }> };
}

/** A page somebody has open: what it was sent, frame by frame. */
async function openPage(actor: Actor, topics: string[]): Promise<{ frames: Frame[]; close(): void }> {
  readers.push(actor);
  const socket = new WebSocket(`ws://127.0.0.1:${(pages.address() as AddressInfo).port}`);
  const frames: Frame[] = [];
  socket.on('message', (bytes: Buffer) => frames.push(...(JSON.parse(bytes.toString()) as Frame[])));
  await once(socket, 'open');
  socket.send(JSON.stringify({ subscribe: topics }));
  await vi.waitFor(() => expect(frames[0]?.topic).toBe('subscribed'));
  return { frames, close: () => socket.close() };
}

const now = () => bench.clock.now().getTime() * 1000;
const topic = (thing: number) => `thing-values:${bench.things[thing - 1]?.id}`;
const valuesOf = ({ frames }: { frames: Frame[] }) => frames.filter(({ data }) => data.values);

test('new values reach the pages that look at the thing, gathered, and only where it is in scope', async () => {
  const mine = await openPage(bench.actor('telemetry:read'), [topic(1)]);
  const elsewhere = await openPage(bench.actorAt(['1/2/'], 'telemetry:read'), [topic(1), topic(2)]);
  const forbidden = await openPage(bench.actor('place:read'), [topic(1)]);
  expect(forbidden.frames[0]?.data.refused).toEqual([topic(1)]);
  await vi.waitFor(async () => {
    await bench.telemetry.accept({ messages: [message(1, now(), { 1: 20 })] });
    expect(valuesOf(mine).length).toBeGreaterThan(0);
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  const before = valuesOf(mine).length;
  for (let n = 1; n <= 50; n++)
    await bench.telemetry.accept({ messages: [message(1, now() + n, { 1: n, 4: 3 }), message(2, now(), { 1: 7 })] });
  await vi.waitFor(() =>
    expect(valuesOf(mine).at(-1)).toMatchObject({
      topic: topic(1),
      data: { values: { temperature: { value: 50, quality: 'good' }, state: { value: 'fault' } } },
    }),
  );
  // Fifty batches came as a handful of pushes.
  expect(valuesOf(mine).length - before).toBeLessThan(25);
  expect(new Set(valuesOf(elsewhere).map((frame) => frame.topic))).toEqual(new Set([topic(2)]));
  expect(valuesOf(forbidden)).toEqual([]);
  for (const page of [mine, elsewhere, forbidden]) page.close();
});
