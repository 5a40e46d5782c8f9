/** What the OSCORE option carries in its compressed form (RFC 8613 §6.1). */
export interface OscoreObject {
  /** Partial IV, 1 … 5 bytes. */
  piv?: Uint8Array;
  kid?: Uint8Array;
  kidContext?: Uint8Array;
}

export function writeObject({ piv, kid, kidContext }: OscoreObject): Uint8Array {
  const flags = (piv?.length ?? 0) | (kid ? 0x08 : 0) | (kidContext ? 0x10 : 0);
  if (flags === 0) return new Uint8Array(0);
  const context = kidContext ? [Uint8Array.of(kidContext.length), kidContext] : [];
  return Buffer.concat([Uint8Array.of(flags), piv ?? new Uint8Array(0), ...context, kid ?? new Uint8Array(0)]);
}

/** Undefined when the value has reserved bits, a reserved length, or is cut. */
export function readObject(value: Uint8Array): OscoreObject | undefined {
  const [flags] = value;
  if (flags === undefined) return {};
  const length = flags & 7;
  if (flags === 0 || flags >= 0x20 || length > 5) return undefined;
  let at = 1 + length;
  if (at > value.length) return undefined;
  const object: OscoreObject = {};
  if (length > 0) object.piv = value.slice(1, at);
  if (flags & 0x10) {
    const size = value[at];
    if (size === undefined || at + 1 + size > value.length) return undefined;
    object.kidContext = value.slice(at + 1, at + 1 + size);
    at += 1 + size;
  }
  if (flags & 0x08) object.kid = value.slice(at);
  else if (at !== value.length) return undefined;
  return object;
}

/** A number 0 … 2^40 - 1 as a partial IV: without leading zeros, zero as one byte. */
export function pivOf(number: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = number; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.from(bytes.length === 0 ? [0] : bytes);
}

export const numberOf = (piv: Uint8Array): number => piv.reduce((sum, byte) => sum * 256 + byte, 0);
