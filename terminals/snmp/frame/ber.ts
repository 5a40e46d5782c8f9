/** One element of the basic encoding rules: where it stands, and where its content does. */
export interface Element {
  tag: number;
  start: number;
  content: number;
  end: number;
}

/** The element that begins at `start` and ends at `limit` at the latest; undefined when it does not. Lengths up to 3 bytes. */
export function elementAt(bytes: Uint8Array, start: number, limit: number): Element | undefined {
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return undefined;
  let length = first;
  let content = start + 2;
  if (first >= 0x80) {
    const more = first & 0x7f;
    if (more === 0 || more > 3) return undefined;
    length = 0;
    for (let n = 0; n < more; n++) length = length * 256 + (bytes[content++] ?? Number.NaN);
  }
  const end = content + length;
  return end <= limit && !Number.isNaN(end) ? { tag, start, content, end } : undefined;
}

/** The elements a constructed one is made of; undefined when they do not fill it exactly, or are more than `most`. */
export function partsOf(bytes: Uint8Array, whole: Element, most = 256): Element[] | undefined {
  const parts: Element[] = [];
  for (let at = whole.content; at < whole.end; ) {
    const part = elementAt(bytes, at, whole.end);
    if (part === undefined || parts.length >= most) return undefined;
    parts.push(part);
    at = part.end;
  }
  return parts;
}

/** Signed, of at most eight bytes; as decimal text, so that nothing is lost. */
export function integerText(bytes: Uint8Array, { content, end }: Element, signed = true): string | undefined {
  if (end - content < 1 || end - content > 9) return undefined;
  let value = 0n;
  for (let at = content; at < end; at++) value = value * 256n + BigInt(bytes[at] ?? 0);
  const bits = 8 * (end - content);
  return String(signed ? BigInt.asIntN(bits, value) : value);
}

/** Dotted; undefined when it ends within a number or has one beyond 32 bits. */
export function oidText(bytes: Uint8Array, { content, end }: Element): string | undefined {
  const arcs: number[] = [];
  let arc = 0;
  let open = false;
  for (let at = content; at < end; at++) {
    const byte = bytes[at] ?? 0;
    arc = arc * 128 + (byte & 0x7f);
    open = byte >= 0x80;
    if (arc > 0xffff_ffff || arcs.length > 128) return undefined;
    if (open) continue;
    if (arcs.length === 0) arcs.push(Math.min(2, Math.floor(arc / 40)), arc - 40 * Math.min(2, Math.floor(arc / 40)));
    else arcs.push(arc);
    arc = 0;
  }
  return open || arcs.length === 0 ? undefined : arcs.join('.');
}

/** Octets as text where they are text, else as pairs of digits. */
export function octetsText(bytes: Uint8Array, { content, end }: Element): string {
  const octets = Buffer.from(bytes.subarray(content, Math.min(end, content + 256)));
  const text = octets.toString('utf8');
  const more = end - content > 256 ? '…' : '';
  const plain = [...text].every((sign) => (sign.codePointAt(0) ?? 0) >= 0x20 && sign !== '\ufffd');
  return plain ? text + more : (octets.toString('hex').match(/../g)?.join(':') ?? '') + more;
}
