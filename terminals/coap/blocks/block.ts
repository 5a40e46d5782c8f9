import { type Option, optionOf, uintOf, uintOption } from '../message/option.ts';

/** A block of a body that is longer than one message (RFC 7959 §2.2). */
export interface Block {
  /** Which, counted in blocks of `size`. */
  number: number;
  more: boolean;
  /** 16 … 1024 bytes, a power of two. */
  size: number;
}

export const largestBlock = 1024;
/** Bytes of a body put together of blocks. */
export const largestBody = 64 * 1024;

/** Undefined when the option is not there; a text when it says nothing possible. */
export function readBlock(options: readonly Option[], option: number): Block | undefined | string {
  if (optionOf(options, option) === undefined) return undefined;
  const value = uintOf(options, option);
  if (value === undefined || value > 0xffffff || (value & 7) === 7) return 'a block of no possible size';
  return { number: value >> 4, more: (value & 8) !== 0, size: 16 << (value & 7) };
}

export function blockOption(option: number, { number, more, size }: Block): Option {
  return uintOption(option, (number << 4) | (more ? 8 : 0) | (Math.log2(size) - 4));
}
