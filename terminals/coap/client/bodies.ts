import { DeviceRefused, PayloadTooLarge } from '@keystead/terminals/port';
import { blockOption, largestBlock, largestBody, readBlock } from '../blocks/block.ts';
import { code, codeText, isSuccess } from '../message/code.ts';
import { optionNumbers, optionOf, uintOption } from '../message/option.ts';
import type { Content, Endpoint, Peer } from '../transport/endpoint.ts';
import { type Asked, ask } from './asking.ts';

/** How a device is reached for one piece of work. */
export interface Way {
  endpoint: Endpoint;
  peer: Peer;
  asked: Asked;
  /** ms of a monotonic clock. */
  until: number;
}

const once = ({ endpoint, peer, asked, until }: Way, content: Content): Promise<Content> =>
  ask(endpoint, peer, asked, content, Math.max(1, until - performance.now()));

function succeeded(answer: Content, device: string): Content {
  if (isSuccess(answer.code)) return answer;
  const said = Buffer.from(answer.payload).toString('utf8').slice(0, 100);
  throw new DeviceRefused({ device, detail: `${codeText(answer.code)} ${said}`.trim() });
}

const tagOf = (content: Content): string =>
  Buffer.from(optionOf(content.options, optionNumbers.etag) ?? []).toString('hex');

/** The whole body whose first block is `first`, asked for block by block (RFC 7959 §2.4). At most 64 KiB. */
export async function wholeBody(way: Way, request: Content, first: Content): Promise<Content> {
  const device = way.asked.name;
  const parts: Uint8Array[] = [first.payload];
  let length = first.payload.length;
  const wrong = (detail: string) => new DeviceRefused({ device, detail });
  let block = readBlock(first.options, optionNumbers.block2);
  if (typeof block === 'object' && block.number !== 0) throw wrong('begins in the middle');
  while (typeof block === 'object' && block.more) {
    if (length % block.size !== 0) throw wrong('a block that is not full');
    const next = { number: length / block.size, more: false, size: block.size };
    const kept = request.options.filter(({ number }) => number !== optionNumbers.observe);
    const options = [...kept, blockOption(optionNumbers.block2, next)];
    const answer = succeeded(await once(way, { code: request.code, options, payload: new Uint8Array(0) }), device);
    const given = readBlock(answer.options, optionNumbers.block2);
    if (typeof given !== 'object' || given.number * given.size !== length) throw wrong('another block than asked for');
    if (tagOf(answer) !== tagOf(first)) throw wrong('changed while it was read');
    if (given.more && answer.payload.length === 0) throw wrong('an empty block');
    parts.push(answer.payload);
    length += answer.payload.length;
    if (length > largestBody) throw new PayloadTooLarge({ device });
    block = given;
  }
  if (typeof block === 'string') throw wrong(block);
  return { ...first, payload: Buffer.concat(parts) };
}

/** Reads a resource whole; anything but success rejects with `DeviceRefused`. */
export async function get(way: Way, request: Content): Promise<Content> {
  return wholeBody(way, request, succeeded(await once(way, request), way.asked.name));
}

/** Sends a body, in blocks when it is longer than one (RFC 7959 §2.5); the device may ask for smaller ones. */
export async function put(way: Way, request: Content): Promise<Content> {
  const device = way.asked.name;
  const { payload } = request;
  if (payload.length <= largestBlock) return succeeded(await once(way, request), device);
  let size = largestBlock;
  for (let start = 0; ; ) {
    const more = start + size < payload.length;
    const block = blockOption(optionNumbers.block1, { number: start / size, more, size });
    const announced = start === 0 ? [uintOption(optionNumbers.size1, payload.length)] : [];
    const options = [...request.options, block, ...announced];
    const part = payload.subarray(start, start + size);
    const answer = succeeded(await once(way, { code: request.code, options, payload: part }), device);
    if (!more) return answer;
    if (answer.code !== code('2.31')) throw new DeviceRefused({ device, detail: 'ended before the last block' });
    start += size;
    const wanted = readBlock(answer.options, optionNumbers.block1);
    if (typeof wanted === 'object' && wanted.size < size) size = wanted.size;
  }
}
