import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalResponse } from '@keystead/contracts/agent';
import { createLog, systemClock } from '@keystead/kernel/base';
import { clause } from '@keystead/kernel/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LocalWatch } from './local-watch.ts';
import { Responses } from './responses.ts';
import type { Found } from './watched-device.ts';

const log = createLog('test', 'silent');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keystead-responses-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const found = {
  device: { name: 'detector', family: 'smoke' },
  rule: { definition: { id: 'fire' } },
  finding: { kind: 'raised', severity: 1, time: 0, values: {} },
} as unknown as Found;
const scene: LocalResponse = {
  name: 'sounder',
  when: { severity: 1, kind: 'raised' },
  calls: [{ device: 'siren', method: 'on', params: {} }],
};

/** A process of its own over the same folder: `called` are the devices it was asked to act on. */
function processOf(act: () => Promise<unknown>) {
  const watch = new LocalWatch(join(folder, 'local.json'), systemClock, log);
  const [called, told]: [string[], string[]] = [[], []];
  const responses = new Responses(
    {
      call: ({ device }) => {
        called.push(device);
        return act();
      },
      tell: async (event) => void told.push(event),
      owed: watch.owed,
      changed: () => watch.changed(),
    },
    systemClock,
    log,
  );
  responses.apply([scene]);
  return { watch, responses, called, told };
}

test(
  clause('H-7.2-a-2', 'a scene that was begun when the process was killed is carried out by the next, once'),
  async () => {
    const killed = processOf(() => new Promise(() => {}));
    killed.responses.take(found);
    await killed.watch.close(); // what is on disk when it dies
    const next = processOf(async () => 'done');
    await next.responses.resume();
    expect([next.called, next.told]).toEqual([['siren'], ['response-done']]);
    await next.watch.close();
    const later = processOf(async () => 'done');
    await later.responses.resume();
    expect(later.called).toEqual([]);
    await later.watch.close();
  },
);

test('what was begun too long ago says nothing of now', async () => {
  const killed = processOf(() => new Promise(() => {}));
  killed.responses.take(found);
  await killed.watch.close();
  vi.useFakeTimers({ now: Date.now() + 11 * 60_000, toFake: ['Date'] });
  try {
    const next = processOf(async () => 'done');
    await next.responses.resume();
    expect(next.called).toEqual([]);
    await next.watch.close();
  } finally {
    vi.useRealTimers();
  }
});

test('an alarm is not kept before it is in the log', async () => {
  const { watch } = processOf(async () => 'done');
  const logged = Promise.withResolvers<void>();
  watch.after(logged.promise);
  const order: string[] = [];
  const kept = watch.close().then(() => order.push('kept'));
  await new Promise((resolve) => setTimeout(resolve, 30));
  order.push('logged');
  logged.resolve();
  await kept;
  expect(order).toEqual(['logged', 'kept']);
});
