import { InputInvalid } from '@keystead/contracts/problem';

/** Bytes one look of the desk takes. */
export const mostBytes = 65_536;

export interface FrameInput {
  hex?: string;
  base64?: string;
  text?: string;
}

const wrong = (pointer: string, code: string): InputInvalid => new InputInvalid({}, [{ pointer, code }]);

/** Reads hexadecimal as people paste it: with or without `0x`, separators and line breaks. Throws InputInvalid. */
export function bytesOfPaste(hex: string, pointer = '/hex'): Uint8Array {
  const digits = hex.replace(/0x|\\x/gi, '').replace(/[\s,;:_-]+/g, '');
  if (!/^[0-9a-f]*$/i.test(digits)) throw wrong(pointer, 'not-hex');
  if (digits.length % 2 === 1) throw wrong(pointer, 'half-byte');
  return bounded(Buffer.from(digits, 'hex'), pointer);
}

function bounded(bytes: Uint8Array, pointer: string): Uint8Array {
  if (bytes.length === 0) throw wrong(pointer, 'empty');
  if (bytes.length > mostBytes) throw wrong(pointer, 'too-long');
  return bytes;
}

/** The bytes of exactly one of the three forms. Throws InputInvalid. */
export function bytesOf({ hex, base64, text }: FrameInput): Uint8Array {
  if ([hex, base64, text].filter((each) => each !== undefined).length !== 1) throw wrong('', 'one-of');
  if (hex !== undefined) return bytesOfPaste(hex);
  if (text !== undefined) return bounded(Buffer.from(text, 'utf8'), '/text');
  const plain = (base64 ?? '').replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(plain)) throw wrong('/base64', 'not-base64');
  return bounded(Buffer.from(plain, 'base64'), '/base64');
}
