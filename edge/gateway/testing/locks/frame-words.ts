/** Seconds of 1 January 2000, from which the maker's clock counts. */
const epoch = 946_684_800;
export const secondsOf = (ms: number): number => ms / 1_000 - epoch;
export const millisOf = (seconds: number): number => (seconds + epoch) * 1_000;

function crc(bytes: Uint8Array): number {
  let sum = 0xffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >> 1) ^ 0xa001 : sum >> 1;
  }
  return sum;
}

/** Body of a frame under way. */
export class FrameBody {
  readonly #bytes: number[] = [];
  one(value: number): this {
    this.#bytes.push(value & 255);
    return this;
  }
  pair = (value: number): this => this.one(value >> 8).one(value);
  quad = (value: number): this => this.pair(value >>> 16).pair(value);
  text(word: string): this {
    this.one(word.length);
    for (const byte of Buffer.from(word, 'latin1')) this.one(byte);
    return this;
  }
  add(more: FrameBody): this {
    this.#bytes.push(...more.#bytes);
    return this;
  }

  frame(address: number, kind: number): Buffer {
    const head = Buffer.from([0xaa, 0x5a, 0, 0, 0, 0, kind, 0, 0]);
    head.writeUInt32BE(address, 2);
    head.writeUInt16BE(this.#bytes.length, 7);
    const whole = Buffer.concat([head, Buffer.from(this.#bytes), Buffer.alloc(2)]);
    whole.writeUInt16LE(crc(whole.subarray(0, -2)), whole.length - 2);
    return whole;
  }
}

export class FrameReading {
  readonly #bytes: Buffer;
  #at = 0;
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }
  one(): number {
    return this.#bytes[this.#at++] ?? 0;
  }
  pair = (): number => this.one() * 256 + this.one();
  quad = (): number => this.pair() * 65_536 + this.pair();
  text(): string {
    const length = this.one();
    this.#at += length;
    return this.#bytes.toString('latin1', this.#at - length, this.#at);
  }
}

/** Whole frames at the head of what came, and what is left; a wrong checksum drops one byte and looks on. */
export function framesOf(stream: Buffer): { frames: { kind: number; body: Buffer }[]; rest: Buffer } {
  const frames: { kind: number; body: Buffer }[] = [];
  let rest = stream;
  for (;;) {
    const start = rest.indexOf(0xaa);
    if (start < 0) return { frames, rest: Buffer.alloc(0) };
    rest = rest.subarray(start);
    if (rest.length < 9) return { frames, rest };
    const length = rest.readUInt16BE(7) + 11;
    if (rest[1] !== 0x5a || length > 4_000) {
      rest = rest.subarray(1);
      continue;
    }
    if (rest.length < length) return { frames, rest };
    const good = crc(rest.subarray(0, length - 2)) === rest.readUInt16LE(length - 2);
    if (good) frames.push({ kind: rest.readUInt8(6), body: rest.subarray(9, length - 2) });
    rest = rest.subarray(good ? length : 1);
  }
}
