import { Worker } from 'node:worker_threads';
import {
  type Channel,
  type ChannelKind,
  CodecFailed,
  DeviceSilent,
  type LinkFigures,
  PayloadMalformed,
  refuse,
} from '@keystead/terminals/port';
import { useCodec } from './codec-words.ts';
import { failureOf, problemFrom, problemNamed } from './problem-words.ts';
import type { FromThread, ToThread } from './thread-words.ts';

const pulseMs = 2_000;
/** A thread that does not answer for so long hangs: it is ended. */
const silenceMs = 10_000;

/**
 * The same protocol, run in a thread of its own: however long it computes or however it ends, the agent goes on. A thread
 * that hangs is ended; its line learns of it by `onLost` and opens a new one.
 */
export function inThread(kind: ChannelKind, onLost: (channel: string, cause: unknown) => void): ChannelKind {
  return {
    ...kind,
    open: async (setup, host): Promise<Channel> => {
      const worker = new Worker(new URL('./thread.ts', import.meta.url), { name: setup.name });
      const tell = (words: ToThread) => worker.postMessage(words);
      const calls = new Map<number, { done(value: unknown): void; failed(cause: unknown): void }>();
      let links: ReadonlyMap<string, LinkFigures> = new Map();
      let lastId = 0;
      let heard = performance.now();
      let over = false;
      let opened = (_failure?: unknown): void => {};
      const opening = new Promise<void>((resolve, reject) => {
        opened = (failure) => (failure === undefined ? resolve() : reject(failure));
      });
      let closed = (): void => {};
      const closing = new Promise<void>((resolve) => {
        closed = resolve;
      });
      const end = (cause: unknown) => {
        if (over) return;
        over = true;
        clearInterval(pulse);
        opened(cause);
        closed();
        for (const call of calls.values()) call.failed(new DeviceSilent({ detail: 'the channel ended' }));
        calls.clear();
        worker.terminate().catch((failure: unknown) => host.log.warn({ err: failure }, 'thread not ended'));
      };
      const lost = (cause: unknown) => {
        if (over) return;
        end(cause);
        onLost(setup.name, cause);
      };
      const pulse = setInterval(() => {
        if (performance.now() - heard > silenceMs) lost(new DeviceSilent({ detail: 'the thread hangs' }));
        else tell({ say: 'ping' });
      }, pulseMs);
      worker.on('error', lost);
      worker.on('exit', (code) => lost(new DeviceSilent({ detail: `the thread ended with ${code}` })));
      worker.on('message', (words: FromThread) => {
        heard = performance.now();
        switch (words.say) {
          case 'opened':
            opened(words.failure && problemFrom(words.failure));
            break;
          case 'answered': {
            const call = calls.get(words.id);
            calls.delete(words.id);
            if (words.failure) call?.failed(problemFrom(words.failure));
            else call?.done(words.value);
            break;
          }
          case 'take':
            host.take(words.uplink).then(
              () => tell({ say: 'taken', id: words.id }),
              (cause: unknown) => tell({ say: 'taken', id: words.id, failure: failureOf(cause) }),
            );
            break;
          case 'code': {
            const { id } = words;
            useCodec(host.codec?.(words.codec), words.use).then(
              (result) => tell({ say: 'coded', id, result }),
              (cause: unknown) =>
                tell({ say: 'coded', id, result: { refused: CodecFailed.type, detail: String(cause).slice(0, 200) } }),
            );
            break;
          }
          case 'refuse':
            host.refuse(
              refuse(problemNamed(words.type) ?? PayloadMalformed, words.detail, words.pointer),
              new Uint8Array(0),
              words.device,
            );
            break;
          case 'links':
            links = new Map(words.links);
            break;
          case 'closed':
            closed();
            break;
        }
      });
      tell({ say: 'open', protocol: kind.protocol, setup });
      await opening;
      return {
        call: (device, method, params, deadline) =>
          new Promise((done, failed) => {
            const id = ++lastId;
            calls.set(id, { done, failed });
            tell({ say: 'call', id, device, method, params, deadline });
          }),
        links: () => links,
        close: async () => {
          tell({ say: 'close' });
          await Promise.race([closing, new Promise((resolve) => setTimeout(resolve, 3_000).unref())]);
          end(new DeviceSilent({ detail: 'closed' }));
        },
      };
    },
  };
}
