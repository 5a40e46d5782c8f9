/** The few forms of CBOR that key derivation and additional data are made of (RFC 8949 §3). */
type Item = number | string | null | Uint8Array | readonly Item[];

function head(major: number, value: number): Uint8Array {
  if (value < 24) return Uint8Array.of((major << 5) | value);
  if (value < 256) return Uint8Array.of((major << 5) | 24, value);
  return Uint8Array.of((major << 5) | 25, value >> 8, value & 0xff);
}

/** Numbers 0 … 65535, texts, byte strings, null and arrays of these. */
export function cbor(item: Item): Uint8Array {
  if (item === null) return Uint8Array.of(0xf6);
  if (typeof item === 'number') return head(0, item);
  if (typeof item === 'string') {
    const text = Buffer.from(item);
    return Buffer.concat([head(3, text.length), text]);
  }
  if (item instanceof Uint8Array) return Buffer.concat([head(2, item.length), item]);
  return Buffer.concat([head(4, item.length), ...item.map(cbor)]);
}
