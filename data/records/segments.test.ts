import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { RecordDamaged } from './record.ts';
import { headBytes, seal, segmentBytes, unseal } from './segments.ts';

const key = randomBytes(32);

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function gather(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

const sealed = (plain: Buffer, size = 7919) => gather(seal(key, 'a', inPieces(plain, size)));
const opened = (bytes: Buffer, id = 'a', with_ = key) => gather(unseal(with_, id, inPieces(bytes, 4001)));

test.each([0, 1, segmentBytes - 1, segmentBytes, segmentBytes + 1, 3 * segmentBytes, 3 * segmentBytes + 17])(
  '%i bytes come back as they went in, whatever the pieces they travel in',
  async (size) => {
    const plain = randomBytes(size);
    expect((await opened(await sealed(plain))).equals(plain)).toBe(true);
    expect((await opened(await sealed(plain, 1_000_000))).equals(plain)).toBe(true);
  },
);

test('a bit changed, segments exchanged, one left out, or the end cut off is found out', async () => {
  const one = segmentBytes + 16;
  const bytes = await sealed(Buffer.alloc(3 * segmentBytes + 5, 'x'));
  const head = bytes.subarray(0, headBytes);
  const segment = (n: number) => bytes.subarray(headBytes + n * one, headBytes + (n + 1) * one);
  const flipped = Buffer.from(bytes);
  flipped[headBytes + one + 3] = (flipped[headBytes + one + 3] ?? 0) ^ 1;
  for (const damaged of [
    flipped,
    Buffer.concat([head, segment(1), segment(0), segment(2), segment(3)]),
    Buffer.concat([head, segment(0), segment(2), segment(3)]),
    Buffer.concat([head, segment(0), segment(1), segment(2)]),
    bytes.subarray(0, bytes.length - 1),
    bytes.subarray(0, headBytes),
    bytes.subarray(0, 3),
    Buffer.alloc(0),
  ])
    await expect(opened(damaged)).rejects.toThrow(RecordDamaged);
});

test('it opens with its own key and for its own object only', async () => {
  const bytes = await sealed(Buffer.from('secret'));
  await expect(opened(bytes, 'b')).rejects.toThrow(RecordDamaged);
  await expect(opened(bytes, 'a', randomBytes(32))).rejects.toThrow(RecordDamaged);
});
