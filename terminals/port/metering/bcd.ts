/** Decimal digits packed two to a byte, the lowest byte first, as both meter standards send numbers and addresses. */

/** Every byte FF: the meter has no such thing. */
export const allFf = (bytes: Uint8Array): boolean => bytes.length > 0 && bytes.every((byte) => byte === 0xff);

/** The digits, highest first; undefined when a half byte is no digit. */
export function digitsOf(bytes: Uint8Array): string | undefined {
  let text = '';
  for (const byte of bytes) {
    if (byte >> 4 > 9 || (byte & 0x0f) > 9) return undefined;
    text = `${byte >> 4}${byte & 0x0f}${text}`;
  }
  return text;
}

/** The bytes of a digit text, lowest first; the text is cut or filled with zeros on its high side. */
export function bytesOfDigits(digits: string, length: number): Uint8Array {
  const text = digits.padStart(length * 2, '0').slice(-length * 2);
  return Uint8Array.from({ length }, (_, at) => {
    const end = text.length - at * 2;
    return Number.parseInt(text.slice(end - 2, end), 16);
  });
}

/** The number with so many decimals, without binary noise; undefined when a half byte is no digit. */
export function decimalOf(bytes: Uint8Array, decimals: number): number | undefined {
  const digits = digitsOf(bytes);
  if (digits === undefined) return undefined;
  return decimals === 0 ? Number(digits) : Number(`${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`);
}

/** Text such as `68 10 AA`; anything that is no hex digit is passed over. */
export function bytesOfHex(text: string): Uint8Array {
  const digits = text.replace(/[^0-9a-fA-F]/g, '');
  return Uint8Array.from({ length: digits.length >> 1 }, (_, at) =>
    Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16),
  );
}

/** `68 10 AA`. */
export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join(' ')
    .toUpperCase();
