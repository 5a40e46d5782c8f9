import { type ChannelHost, DeviceSilent, type LinkCounter, rest } from '@keystead/terminals/port';
import { methods } from '../message/code.ts';
import { optionNumbers, optionOf, targetOptions, uintOf, uintOption } from '../message/option.ts';
import type { CoapResource } from '../settings.ts';
import type { Content, Endpoint } from '../transport/endpoint.ts';
import { type Answer, type Asked, findPeer, openAsking } from './asking.ts';
import { get, wholeBody } from './bodies.ts';

export interface WatchUse {
  endpoint: Endpoint;
  host: ChannelHost;
  links: LinkCounter;
  /** ms one question may take. */
  patience: number;
  /** A representation; rejects never. */
  took(resource: CoapResource, content: Content): Promise<void>;
}

const none = new Uint8Array(0);
const standardEvery = 60_000;
const standardMaxAge = 60;

export const readRequest = (path: string, observe?: 0 | 1): Content => ({
  code: methods.get,
  options: [...targetOptions(path), ...(observe === undefined ? [] : [uintOption(optionNumbers.observe, observe)])],
  payload: none,
});

/** Later than the last one, though numbers of 24 bits begin again (RFC 7641 §3.4). */
export function isNewer(next: number, last: number, passed: number): boolean {
  const ahead = (next - last) & 0xffffff;
  return passed > 128_000 || (ahead > 0 && ahead < 0x800000);
}

/** Reads one resource: in turns that hang on the start of their series. Ends with `closed`. */
export async function poll(asked: Asked, resource: CoapResource, use: WatchUse, closed: AbortSignal): Promise<void> {
  const every = resource.every ?? standardEvery;
  const started = performance.now();
  while (!closed.aborted) {
    await readOnce(asked, resource, use);
    const next = every - ((performance.now() - started) % every);
    await rest(next, closed);
  }
}

async function readOnce(asked: Asked, resource: CoapResource, use: WatchUse): Promise<void> {
  const { endpoint, links, patience } = use;
  const began = performance.now();
  links.sent(asked.name);
  try {
    const peer = await findPeer(asked);
    const content = await get({ endpoint, peer, asked, until: began + patience }, readRequest(resource.path));
    links.received(asked.name, performance.now() - began);
    await use.took(resource, content);
  } catch (cause) {
    failed(asked, resource, use, cause);
  }
}

function failed(asked: Asked, { path }: CoapResource, { links, host }: WatchUse, cause: unknown): void {
  if (cause instanceof DeviceSilent) links.lost(asked.name);
  else links.received(asked.name);
  host.log.warn({ err: cause, device: asked.name, path }, 'resource not read');
}

/** Observes one resource; registers anew when nothing came for longer than the last value is good. Ends with `closed`. */
export async function observe(asked: Asked, resource: CoapResource, use: WatchUse, closed: AbortSignal): Promise<void> {
  for (let wait = 1_000; !closed.aborted; ) {
    const registered = await observeOnce(asked, resource, use, closed);
    if (registered) wait = 1_000;
    else {
      await rest(wait, closed);
      wait = Math.min(wait * 2, resource.every ?? standardEvery);
    }
  }
}

/** One registration, up to its end; false when there was none. */
async function observeOnce(asked: Asked, resource: CoapResource, use: WatchUse, closed: AbortSignal): Promise<boolean> {
  const { endpoint, links, patience } = use;
  const request = readRequest(resource.path, 0);
  const over = new AbortController();
  const stop = AbortSignal.any([closed, over.signal]);
  let quiet: NodeJS.Timeout | undefined;
  let last: { order: number; at: number } | undefined;
  let work = Promise.resolve();
  const began = performance.now();
  const take = (answer: Answer) => {
    const order = uintOf(answer.content.options, optionNumbers.observe);
    const at = performance.now();
    // Protected notifications are ordered by their message numbers, others by the option.
    const number = answer.number ?? order;
    const passed = last && answer.number === undefined ? at - last.at : 0;
    const newer =
      last === undefined || number === undefined
        ? true
        : answer.number === undefined
          ? isNewer(number, last.order, passed)
          : number > last.order;
    if (!newer) return;
    if (number !== undefined) last = { order: number, at };
    clearTimeout(quiet);
    const maxAge = uintOf(answer.content.options, optionNumbers.maxAge) ?? standardMaxAge;
    quiet = setTimeout(() => over.abort(), Math.min(maxAge, 86_400) * 1000 + patience);
    if (order === undefined || answer.content.code >> 5 !== 2) over.abort();
    links.received(asked.name, last === undefined ? at - began : undefined);
    work = work.then(() => settle(answer.content)).catch((cause: unknown) => failed(asked, resource, use, cause));
  };
  const settle = async (content: Content) => {
    const until = performance.now() + patience;
    const way = { endpoint, peer: await findPeer(asked), asked, until };
    if (content.code >> 5 === 2) await use.took(resource, await wholeBody(way, request, content));
  };
  links.sent(asked.name);
  try {
    const peer = await findPeer(asked);
    let content = request;
    for (let turn = 0; ; turn++) {
      const asking = openAsking(endpoint, peer, asked, content, patience, take);
      const first = await asking.first;
      const echo = optionOf(first.content.options, optionNumbers.echo);
      if (echo && turn === 0) {
        asking.end();
        content = { ...request, options: [...request.options, { number: optionNumbers.echo, value: echo }] };
        continue;
      }
      take(first);
      const listened = !stop.aborted;
      if (listened) await new Promise<void>((done) => stop.addEventListener('abort', () => done(), { once: true }));
      asking.end();
      await work;
      return listened;
    }
  } catch (cause) {
    failed(asked, resource, use, cause);
    return false;
  } finally {
    clearTimeout(quiet);
  }
}
