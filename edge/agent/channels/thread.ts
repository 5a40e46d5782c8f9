import { parentPort } from 'node:worker_threads';
import { createLog, systemClock } from '@keystead/kernel/base';
import type { Channel, ChannelHost, ChannelKind } from '@keystead/terminals/port';
import { kinds } from '../kinds.ts';
import { type FromThread, failureOf, problemFrom, type ToThread } from './thread-words.ts';

// The other end of `inThread`: one channel, alone with its event loop.
const port = parentPort;
if (port === null) throw new Error('started as a thread only');
const tell = (words: FromThread) => port.postMessage(words);
const taking = new Map<number, { done(): void; failed(cause: unknown): void }>();
let lastId = 0;
let channel: Channel | undefined;

const host: ChannelHost = {
  clock: systemClock,
  log: createLog('agent-channel', 'warn'),
  take: (uplink) =>
    new Promise((done, failed) => {
      const id = ++lastId;
      taking.set(id, { done, failed });
      tell({ say: 'take', id, uplink });
    }),
  refuse: ({ problem, detail }, _sample, device) => tell({ say: 'refuse', type: problem.type, detail, device }),
};

async function open(protocol: string, setup: unknown): Promise<void> {
  const kind = await kinds[protocol]?.load();
  if (kind === undefined) throw new Error(`no protocol ${protocol}`);
  channel = await kind.open(setup as Parameters<ChannelKind['open']>[0], host);
}

async function call(words: Extract<ToThread, { say: 'call' }>): Promise<void> {
  const { id, device, method, params, deadline } = words;
  try {
    if (channel === undefined) throw new Error('not open');
    tell({ say: 'answered', id, value: await channel.call(device, method, params, deadline) });
  } catch (cause) {
    tell({ say: 'answered', id, failure: failureOf(cause) });
  }
}

port.on('message', (words: ToThread) => {
  switch (words.say) {
    case 'open':
      open(words.protocol, words.setup).then(
        () => tell({ say: 'opened' }),
        (cause: unknown) => tell({ say: 'opened', failure: failureOf(cause) }),
      );
      break;
    case 'call':
      void call(words);
      break;
    case 'taken': {
      const waiting = taking.get(words.id);
      taking.delete(words.id);
      if (words.failure) waiting?.failed(problemFrom(words.failure));
      else waiting?.done();
      break;
    }
    case 'ping':
      tell({ say: 'links', links: [...(channel?.links() ?? [])] });
      break;
    case 'close':
      (channel?.close() ?? Promise.resolve()).then(
        () => tell({ say: 'closed' }),
        () => tell({ say: 'closed' }),
      );
      break;
  }
});
