import { parentPort } from 'node:worker_threads';
import { createLog, systemClock } from '@keystead/kernel/base';
import type { Channel, ChannelHost, ChannelKind, Uplink } from '@keystead/terminals/port';
import { kinds } from '../kinds.ts';
import { type CodecResult, distantCodec } from './codec-words.ts';
import { failureOf, problemFrom } from './problem-words.ts';
import type { FromThread, ToThread } from './thread-words.ts';

// The other end of `inThread`: one channel, alone with its event loop.
const port = parentPort;
if (port === null) throw new Error('started as a thread only');
const tell = (words: FromThread) => port.postMessage(words);
const taking = new Map<number, { done(): void; failed(cause: unknown): void }>();
const coding = new Map<number, (result: CodecResult) => void>();
let lastId = 0;
let channel: Channel | undefined;

/** What is refused names a class, which cannot cross to another thread: it goes as words of its own. */
function withoutRefused(uplink: Uplink): Uplink {
  if (!('refused' in uplink)) return uplink;
  const { refused, ...taken } = uplink;
  for (const part of refused ?? []) host.refuse(part, new Uint8Array(0), part.device);
  return taken;
}

const host: ChannelHost = {
  clock: systemClock,
  log: createLog('agent-channel', 'warn'),
  take: (uplink) =>
    new Promise((done, failed) => {
      const id = ++lastId;
      taking.set(id, { done, failed });
      tell({ say: 'take', id, uplink: withoutRefused(uplink) });
    }),
  refuse: ({ problem, detail, pointer }, _sample, device) =>
    tell({ say: 'refuse', type: problem.type, detail, pointer, device }),
  // Scripts are kept where all channels find them; this thread only asks. Whether there is one, the answer tells.
  codec: (codec) =>
    distantCodec(
      (use) =>
        new Promise((done) => {
          const id = ++lastId;
          coding.set(id, done);
          tell({ say: 'code', id, codec, use });
        }),
    ),
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
    case 'coded':
      coding.get(words.id)?.(words.result);
      coding.delete(words.id);
      break;
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
