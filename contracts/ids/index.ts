import { randomFillSync } from 'node:crypto';

declare const kind: unique symbol;

/** A UUIDv7 that remembers, for the compiler only, what it identifies. */
export type Id<Kind extends string> = string & { readonly [kind]?: Kind };

/** Before every id: where going through rows page by page begins. */
export const nilId = '00000000-0000-0000-0000-000000000000';

const pool = new Uint8Array(4096);
let used = pool.length;
let lastTime = 0;
let sequence = 0;

/**
 * A new UUIDv7 (RFC 9562): 48 bits of milliseconds, a 12-bit counter that keeps ids made in the same
 * millisecond in order, and 62 random bits.
 */
export function newId<Kind extends string>(now: number = Date.now()): Id<Kind> {
  if (now > lastTime) {
    lastTime = now;
    sequence = 0;
  } else if (++sequence > 0xfff) {
    lastTime += 1;
    sequence = 0;
  }
  if (used + 8 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const time = lastTime.toString(16).padStart(12, '0');
  const counter = (0x7000 | sequence).toString(16);
  let random = '';
  for (let i = 0; i < 8; i++) {
    const byte = pool[used++] as number;
    random += (i === 0 ? (byte & 0x3f) | 0x80 : byte).toString(16).padStart(2, '0');
  }
  return `${time.slice(0, 8)}-${time.slice(8)}-${counter}-${random.slice(0, 4)}-${random.slice(4)}`;
}

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isId(text: string): boolean {
  return shape.test(text);
}
