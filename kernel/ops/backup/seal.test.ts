import { randomBytes } from 'node:crypto';
import { clause } from '@keystead/kernel/testing';
import { expect, test } from 'vitest';
import { seal, unseal } from './seal.ts';

const key = randomBytes(32);

async function* chunks(...parts: Buffer[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield part;
}

async function all(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

/** The bytes again in chunks of a length that fits no boundary. */
async function* cut(bytes: Buffer, size = 7777): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test.each([0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])('%i bytes come back as they were', async (length) => {
  const plain = randomBytes(length);
  const sealed = await all(seal(cut(plain, 300_001), key, 'a'));
  expect((await all(unseal(cut(sealed), key, 'a'))).equals(plain)).toBe(true);
});

test(
  clause('H-8.4-b-3', 'nothing readable is left in a sealed file, and only its key under its own name opens it'),
  async () => {
    const sealed = await all(seal(chunks(Buffer.from('resident 110101199003074258 '.repeat(100))), key, 'a'));
    expect(sealed.includes('110101199003074258')).toBe(false);
    expect(sealed.includes('resident')).toBe(false);
    await expect(all(unseal(chunks(sealed), randomBytes(32), 'a'))).rejects.toMatchObject({ type: 'backup-damaged' });
    await expect(all(unseal(chunks(sealed), key, 'b'))).rejects.toMatchObject({ type: 'backup-damaged' });
    expect((await all(unseal(chunks(sealed), key, 'a'))).length).toBe(2800);
  },
);

test('a changed byte, a lost end, a lost piece and pieces in another order are found', async () => {
  const piece = (1 << 20) + 4 + 16;
  const sealed = await all(seal(chunks(randomBytes(3 << 20)), key, 'a'));
  const changed = Buffer.from(sealed);
  changed[5000] = (changed[5000] ?? 0) ^ 1;
  const head = sealed.subarray(0, 36);
  const part = (n: number) => sealed.subarray(36 + n * piece, 36 + (n + 1) * piece);
  const broken = [
    changed,
    sealed.subarray(0, -1),
    Buffer.concat([head, part(0), part(1)]),
    Buffer.concat([head, part(0), part(2)]),
    Buffer.concat([head, part(1), part(0), part(2)]),
    Buffer.concat([sealed, part(0)]),
    Buffer.alloc(0),
  ];
  for (const bytes of broken) {
    await expect(all(unseal(cut(bytes), key, 'a'))).rejects.toMatchObject({ type: 'backup-damaged' });
  }
});
