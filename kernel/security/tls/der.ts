/** The few pieces of DER (X.690) an X.509 certificate is made of. */

function node(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const size = Buffer.from(body.length.toString(16).padStart(body.length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | size.length]), size, body]);
}

export const sequence = (...parts: Buffer[]): Buffer => node(0x30, ...parts);
export const set = (...parts: Buffer[]): Buffer => node(0x31, ...parts);
export const octets = (body: Buffer): Buffer => node(0x04, body);
export const utf8 = (text: string): Buffer => node(0x0c, Buffer.from(text));
export const yes: Buffer = node(0x01, Buffer.from([0xff]));

/** Context tag holding other nodes. */
export const explicit = (n: number, ...parts: Buffer[]): Buffer => node(0xa0 | n, ...parts);
/** Context tag in place of a primitive's own. */
export const implicit = (n: number, body: Buffer): Buffer => node(0x80 | n, body);

/** A non-negative number, big-endian. */
export function integer(bytes: Buffer): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const trimmed = bytes.subarray(start);
  return node(0x02, ((trimmed[0] ?? 0) & 0x80) === 0 ? trimmed : Buffer.concat([Buffer.alloc(1), trimmed]));
}

/** Bits from the highest down, the last `unused` of them not counting. */
export const bits = (body: Buffer, unused = 0): Buffer => node(0x03, Buffer.from([unused]), body);

export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return node(0x06, Buffer.from(bytes));
}

/** UTCTime until 2049, GeneralizedTime after, as RFC 5280 asks. */
export function time(at: Date): Buffer {
  const text = `${at.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
  return at.getUTCFullYear() < 2050 ? node(0x17, Buffer.from(text.slice(2))) : node(0x18, Buffer.from(text));
}
