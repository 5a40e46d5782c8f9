import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { FirmwareOffer } from '@keystead/contracts/firmware';
import { PartLater, type UpdateLine, UpdateRefused } from './update.ts';

const partSize = 32 * 1024;
const pauseMs = 2_000;
const mostWaits = 900;

async function partOf(line: Pick<UpdateLine, 'part'>, chunk: number): Promise<Buffer> {
  for (let waits = 0; ; waits++) {
    try {
      return await line.part(chunk, partSize);
    } catch (cause) {
      const later = cause instanceof PartLater && waits < mostWaits;
      if (!later) throw cause;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

/**
 * Fetches what is offered into `folder`, under its hash; resolves with its path. Goes on where an earlier try was cut off:
 * half a part is fetched again. `told`: bytes that are there. Throws UpdateRefused; what it fetched is not proven yet.
 */
export async function download(
  folder: string,
  { hash, size }: Pick<FirmwareOffer, 'hash' | 'size'>,
  line: Pick<UpdateLine, 'part'>,
  told: (bytes: number) => void = () => {},
): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, hash);
  const file = await open(path, 'a+', 0o600);
  try {
    let at = (await file.stat()).size;
    at = at >= size ? size : at - (at % partSize);
    await file.truncate(at);
    while (at < size) {
      const bytes = await partOf(line, at / partSize);
      if (bytes.length === 0 || at + bytes.length > size) throw new UpdateRefused({ detail: 'wrong-part' });
      await file.appendFile(bytes);
      at += bytes.length;
      told(at);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return path;
}

/** SHA-256 of a file, hexadecimal. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest('hex');
}
