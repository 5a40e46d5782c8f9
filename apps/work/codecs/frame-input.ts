import { InputInvalid } from '@keystead/contracts/problem';

/** Bytes one look of the desk takes. */
export const mostBytes = 65_536;

export interface FrameInput {
  hex?: string;
  base64?: string;
  text?: string;
}

const wrong = (pointer: string, code: string): InputInvalid => new InputInvalid({}, [{ pointer, code }]);

/** `0010  68 10 …   text` of Wireshark, `00000010  68 10 …  |text|` of hexdump, `00000010: 6810 …  text` of xxd and tcpdump. */
const dumpLine = /^\s*(?:0x)?([0-9a-f]{4,8})(:\s*|\s{2,})(\S.*)$/i;

/** The digits of a dump with offsets and text beside them; undefined when it is none: then every line is bytes. */
function digitsOfDump(paste: string): string | undefined {
  let [digits, begin] = ['', 0];
  for (const line of paste.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const [, offset = '', gap = '', rest = ''] = dumpLine.exec(line) ?? [];
    const at = offset === '' ? Number.NaN : Number.parseInt(offset, 16);
    // The next packet of a capture begins at nought again.
    if (at === 0) begin = digits.length;
    if (at !== (digits.length - begin) / 2) return undefined;
    const [bytes = ''] = rest.split(gap.startsWith(':') ? /\s{2,}/ : /\s{3,}|\s*\|/);
    const row = bytes.replace(/\s+/g, '');
    if (!/^(?:[0-9a-f]{2})+$/i.test(row)) return undefined;
    digits += row;
  }
  return digits;
}

/** Reads hexadecimal as people paste it: with or without `0x`, separators and line breaks, or a dump. Throws InputInvalid. */
export function bytesOfPaste(hex: string, pointer = '/hex'): Uint8Array {
  const dumped = digitsOfDump(hex);
  if (dumped !== undefined) return bounded(Buffer.from(dumped, 'hex'), pointer);
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
