import { createHash } from 'node:crypto';
import { code, isSuccess } from '../message/code.ts';
import { type Option, optionNumbers, uintOption } from '../message/option.ts';
import type { Content } from '../transport/endpoint.ts';
import { blockOption, largestBlock, readBlock } from './block.ts';

const none = new Uint8Array(0);

/** The part of an answer that was asked for, or its first when it does not fit into one message (RFC 7959 §2.4). */
export function blockOf(answer: Content, requested: readonly Option[]): Content {
  const asked = readBlock(requested, optionNumbers.block2);
  if (typeof asked === 'string') return { code: code('4.00'), options: [], payload: Buffer.from(asked) };
  const { payload, options } = answer;
  const size = asked?.size ?? largestBlock;
  if (!isSuccess(answer.code) || (payload.length <= size && !asked)) return answer;
  const number = asked?.number ?? 0;
  const start = number * size;
  if (start > 0 && start >= payload.length) return { code: code('4.02'), options: [], payload: none };
  const etag = createHash('sha256').update(payload).digest().subarray(0, 4);
  const part = { code: answer.code, options, payload: payload.subarray(start, start + size) };
  return partAnswer(part, { etag, whole: payload.length, number, size });
}

/** One block as an answer; `whole`: bytes of all of it. */
export function partAnswer(
  { code, options, payload }: Content,
  { etag, whole, number, size }: { etag: Uint8Array; whole: number; number: number; size: number },
): Content {
  const more = (number + 1) * size < whole;
  return {
    code,
    options: [
      ...options,
      { number: optionNumbers.etag, value: etag },
      blockOption(optionNumbers.block2, { number, more, size }),
      ...(number === 0 && more ? [uintOption(optionNumbers.size2, whole)] : []),
    ],
    payload,
  };
}
