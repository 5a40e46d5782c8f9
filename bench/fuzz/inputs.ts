/** Numbers that look random and come in the same order for the same seed (xorshift). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0 || 1;
  }

  /** A whole number from 0 up to `below`. */
  below(below: number): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (x >>> 0) % below;
  }

  of<T>(list: readonly T[], otherwise: T): T {
    return list[this.below(list.length)] ?? otherwise;
  }
}

const noneAtAll = new Uint8Array(0);

function noise(chance: Chance, most: number): Uint8Array {
  const bytes = new Uint8Array(chance.below(most + 1));
  for (let at = 0; at < bytes.length; at++) bytes[at] = chance.below(256);
  return bytes;
}

const glued = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

/** A frame as a bad line makes it of a good one: bits turned, halves, two in one, noise around it, or noise alone. */
export function damaged(chance: Chance, frames: readonly Uint8Array[]): Uint8Array {
  const frame = chance.of(frames, noneAtAll);
  switch (chance.below(8)) {
    case 0:
      return noise(chance, 300);
    case 1:
      return frame.slice(0, chance.below(frame.length + 1));
    case 2:
      return glued([noise(chance, 20), frame, chance.of(frames, noneAtAll)]);
    case 3: {
      const at = chance.below(frame.length + 1);
      return glued([frame.subarray(0, at), noise(chance, 8), frame.subarray(at)]);
    }
    default: {
      const bytes = frame.slice();
      for (let turn = chance.below(4); turn >= 0; turn--)
        bytes[chance.below(bytes.length || 1)] = chance.of([0, 0xff, 0x7f, 0x80, chance.below(256)], 0);
      return bytes;
    }
  }
}

const odd: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  -0.5,
  2 ** 53,
  '',
  'NaN',
  '\u0000',
  '\ud800',
  '中文',
  'x'.repeat(300),
  [],
  {},
  [[[[[[[[]]]]]]]],
  { __proto__: null, constructor: 1, toString: 'no' },
  '2026-02-30T25:61:00Z',
  'AAAA====',
];

/** A document with some of its parts replaced, left out or doubled; now and then its text is damaged as bytes are. */
export function strange(chance: Chance, documents: readonly unknown[]): Uint8Array {
  const whole = twisted(chance, chance.of(documents, null), 0);
  const bytes = Buffer.from(JSON.stringify(whole));
  return chance.below(10) === 0 ? damaged(chance, [bytes]) : bytes;
}

function twisted(chance: Chance, value: unknown, depth: number): unknown {
  if (chance.below(12) === 0) return chance.of(odd, null);
  if (value === null || typeof value !== 'object' || depth > 8) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => twisted(chance, item, depth + 1));
    return chance.below(10) === 0 ? [...items, ...items] : items;
  }
  const entries: [string, unknown][] = [];
  for (const [key, item] of Object.entries(value)) {
    if (chance.below(20) === 0) continue;
    entries.push([chance.below(40) === 0 ? '__proto__' : key, twisted(chance, item, depth + 1)]);
  }
  return Object.fromEntries(entries);
}
