/** One value of DER: where it stands, what is in it. */
export interface DerValue {
  tag: number;
  /** Tag, length and contents. */
  whole: Buffer;
  contents: Buffer;
}

/** The bytes are no DER, or not as much as they announce. */
export class DerBroken extends Error {
  constructor(detail: string) {
    super(`DER: ${detail}`);
  }
}

const mostValues = 1_000;

/** The values that stand one after the other; throws DerBroken. Lengths over four bytes are of no certificate. */
export function readDer(bytes: Buffer): DerValue[] {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (values.length >= mostValues) throw new DerBroken('too many values');
    const tag = bytes[at] ?? 0;
    let length = bytes[at + 1];
    if (length === undefined) throw new DerBroken('cut off');
    let begin = at + 2;
    if (length >= 0x80) {
      const size = length & 0x7f;
      if (size === 0 || size > 4 || begin + size > bytes.length) throw new DerBroken('bad length');
      length = bytes.readUIntBE(begin, size);
      begin += size;
    }
    const end = begin + length;
    if (end > bytes.length) throw new DerBroken('cut off');
    values.push({ tag, whole: bytes.subarray(at, end), contents: bytes.subarray(begin, end) });
    at = end;
  }
  return values;
}

/** The same, of a value that must be there. */
export function inside(value: DerValue | undefined): DerValue[] {
  if (!value) throw new DerBroken('a value is missing');
  return readDer(value.contents);
}
