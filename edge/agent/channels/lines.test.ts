import type { ChannelConfiguration } from '@keystead/contracts/agent';
import { createLog, systemClock } from '@keystead/kernel/base';
import { clause } from '@keystead/kernel/testing';
import type { ChannelHost, ChannelKind, LinkFigures, Uplink } from '@keystead/terminals/port';
import { Type } from 'typebox';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { trialChannel } from '../trial-channel.ts';
import { CallQueue } from './call-queue.ts';
import { tellOwner } from './failure-scope.ts';
import type { LineEvents } from './line.ts';
import { Lines } from './lines.ts';
import { inThread } from './thread-channel.ts';

const log = createLog('lines', 'silent');
const figures: LinkFigures = { state: 'up', since: 0, sent: 0, received: 0, lost: 0, damaged: 0, breaks: 0 };
const taken: [string, Uplink][] = [];
const failed: string[] = [];
const events: LineEvents = {
  take: async (line, uplink) => void taken.push([line, uplink]),
  refused: () => {},
  failed: (line) => failed.push(line),
};
const opened: string[] = [];
const closed: string[] = [];
const hosts = new Map<string, ChannelHost>();
let lines: Lines;
// The runner's own handlers step aside: what a channel throws later is told to its line, as in the agent's process.
let before: NodeJS.UncaughtExceptionListener[] = [];
const handler = (cause: unknown) => {
  if (!tellOwner(cause)) throw cause;
};

beforeEach(() => {
  for (const list of [taken, failed, opened, closed]) list.length = 0;
  lines = new Lines(events, systemClock, log);
  before = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', handler);
});
afterEach(async () => {
  await lines.close();
  process.removeAllListeners('uncaughtException');
  for (const listener of before) process.on('uncaughtException', listener);
});

/** A protocol that does what its settings say. */
const kind = {
  protocol: 'test',
  name: { zh: '测试', en: 'Test' },
  settings: Type.Object({}),
  device: Type.Object({}),
  bearers: ['rs485'],
  open: async ({ name, settings }, host) => {
    const does = (settings as { does?: string }).does;
    if (does === 'refuse') throw new Error('no such port');
    opened.push(name);
    hosts.set(name, host);
    if (does === 'throw-later' && opened.filter((each) => each === name).length === 1)
      setTimeout(() => {
        throw new Error('in a timer');
      }, 20);
    return {
      call: async (_device, method, params) => {
        if (method === 'never') return new Promise(() => {});
        return params;
      },
      links: () => {
        if (does === 'throw-links') throw new Error('in links');
        return new Map([['', figures]]);
      },
      close: async () => {
        closed.push(name);
        if (does === 'hang-close') await new Promise(() => {});
      },
    };
  },
} satisfies ChannelKind as ChannelKind;

const channel = (name: string, does = '', more: object = {}): ChannelConfiguration => ({
  name,
  protocol: 'test',
  settings: { does, ...more },
  devices: [{ name: `${name}-device`, at: {} }],
});
const apply = (...channels: ChannelConfiguration[]) =>
  lines.apply(channels.map((configuration) => ({ configuration, kind })));
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('what one channel throws where nobody waits is its own: it is opened anew, the others never notice', async () => {
  await apply(channel('bad', 'throw-later'), channel('good'));
  await wait(100);
  expect(failed).toEqual(['bad']);
  expect(await lines.call('good-device', 'echo', 7, 1_000)).toBe(7);
  await wait(1_200);
  expect(opened).toEqual(['bad', 'good', 'bad']);
  expect(await lines.call('bad-device', 'echo', 8, 1_000)).toBe(8);
});

test('a new configuration touches only the channels that changed', async () => {
  await apply(channel('a'), channel('b'), channel('c'));
  await apply(channel('a'), channel('b', '', { speed: 2 }), channel('d'));
  expect(closed.sort()).toEqual(['b', 'c']);
  expect(opened).toEqual(['a', 'b', 'c', 'b', 'd']);
  expect(lines.names()).toEqual(['a', 'b', 'd']);
  await expect(lines.call('c-device', 'echo', 1, 100)).rejects.toThrow('not-found');
});

test(
  clause('I-5.3.2-2', 'a channel runs with its other settings when it is told to, and with its own again'),
  async () => {
    const two = { ...channel('a'), alternatives: [{ does: 'refuse' }, { does: '' }] };
    await lines.apply([{ configuration: two, kind }]);
    expect([...lines.alternatives()]).toEqual([['a', 2]]);
    await lines.change('a', 2);
    expect([opened, closed]).toEqual([['a', 'a'], ['a']]);
    expect(await lines.call('a-device', 'echo', 5, 1_000)).toBe(5);
    // Settings that cannot be opened are tried on; the line is not lost for that.
    await lines.change('a', 1);
    expect(failed).toEqual(['a']);
    await lines.change('a', 0);
    expect(await lines.call('a-device', 'echo', 6, 1_000)).toBe(6);
  },
);

test('a closed channel that goes on talking is not heard', async () => {
  await apply(channel('a'));
  const old = hosts.get('a');
  await apply();
  await expect(old?.take({ kind: 'readings', readings: [] })).rejects.toThrow('device-silent');
  expect(taken).toEqual([]);
});

test('a channel that cannot be opened is refused by its place, and tried on when the configuration is a good one', async () => {
  await expect(apply(channel('a'), channel('b', 'refuse'))).rejects.toMatchObject({
    type: 'channel-refused',
    errors: [{ pointer: '/channels/1' }],
  });
  expect(await lines.call('a-device', 'echo', 1, 1_000)).toBe(1);
  lines.persevere();
  expect(failed).toEqual(['b']);
});

test('a call that is never answered ends with its deadline and holds up nobody longer; figures that throw are the last ones', async () => {
  await apply(channel('a', 'throw-links'));
  const began = Date.now();
  await expect(lines.call('a-device', 'never', null, 100)).rejects.toThrow('device-silent');
  expect(Date.now() - began).toBeLessThan(2_000);
  expect([...(lines.links().get('a') ?? [])]).toEqual([]);
  expect(failed).toEqual(['a']);
});

test('urgent calls go before all that wait', async () => {
  const queue = new CallQueue(1);
  const order: string[] = [];
  const run = (name: string) => async () => {
    order.push(name);
    await wait(10);
  };
  await Promise.all([
    queue.call(5_000, false, run('first')),
    queue.call(5_000, false, run('second')),
    queue.call(5_000, true, run('fire')),
  ]);
  expect(order).toEqual(['first', 'fire', 'second']);
});

test('a channel in a thread of its own speaks, is called, and ends alone', async () => {
  const lost: string[] = [];
  const threaded = inThread(trialChannel as unknown as ChannelKind, (name) => lost.push(name));
  const values = { temperature: 21 };
  const configuration: ChannelConfiguration = {
    name: 'threaded',
    protocol: 'trial',
    settings: { interval: 0.05, past: 0, once: false },
    devices: [{ name: 'x', at: { values } }],
  };
  await lines.apply([{ configuration, kind: threaded }]);
  expect(await lines.call('x', 'echo', { a: 1 }, 5_000)).toEqual({ a: 1 });
  await expect(lines.call('x', 'dance', {}, 5_000)).rejects.toThrow('method-unknown');
  for (let i = 0; i < 100 && taken.length === 0; i++) await wait(50);
  expect(taken[0]).toMatchObject(['threaded', { kind: 'readings', readings: [{ device: 'x', values }] }]);
  await lines.close();
  expect(lost).toEqual([]);
});
