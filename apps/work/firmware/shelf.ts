import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { problem } from '@keystead/contracts/problem';

/** The bytes here are not those that were signed. */
export class PackageDamaged extends problem('firmware-package-damaged', 500) {}

const mostOpen = 8;
const mostKept = 16;

/**
 * Packages as files of the gateway's own, so that any part of them can be read at once. Each is proven by its hash
 * before a byte of it goes out, also when the file was there before.
 */
export function createShelf(dataDir: string) {
  const folder = join(dataDir, 'cache', 'firmware');
  const opened = new Map<string, Promise<FileHandle>>();

  async function proven(path: string, hash: string): Promise<FileHandle> {
    const file = await open(path, 'r');
    const digest = createHash('sha256');
    for await (const chunk of file.createReadStream({ autoClose: false, start: 0 })) digest.update(chunk as Buffer);
    if (digest.digest('hex') === hash) return file;
    await file.close();
    await rm(path, { force: true });
    throw new PackageDamaged({ hash });
  }

  async function copy(path: string, bytes: Readable): Promise<void> {
    const beside = `${path}.${process.pid}.part`;
    const file = await open(beside, 'w', 0o600);
    try {
      for await (const chunk of bytes) await file.writeFile(chunk as Buffer);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  }

  async function keepFew(): Promise<void> {
    const names = await readdir(folder);
    if (names.length <= mostKept) return;
    const aged = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
    aged.sort((a, b) => a.at - b.at);
    for (const { name } of aged.slice(0, names.length - mostKept))
      if (!opened.has(name)) await rm(join(folder, name), { force: true });
  }

  async function take(hash: string, fetch: () => Promise<Readable>): Promise<FileHandle> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, hash);
    try {
      return await proven(path, hash);
    } catch (cause) {
      const isGone = (cause as NodeJS.ErrnoException).code === 'ENOENT' || cause instanceof PackageDamaged;
      if (!isGone) throw cause;
    }
    await copy(path, await fetch());
    await keepFew();
    return proven(path, hash);
  }

  function handleOf(hash: string, fetch: () => Promise<Readable>): Promise<FileHandle> {
    const known = opened.get(hash);
    if (known) return known;
    const [oldest] = opened;
    if (opened.size >= mostOpen && oldest) {
      opened.delete(oldest[0]);
      void oldest[1].then((file) => file.close()).catch(() => {});
    }
    const taken = take(hash, fetch);
    opened.set(hash, taken);
    taken.catch(() => opened.delete(hash));
    return taken;
  }

  return {
    /** Part of a package, shorter at its end. `fetch` is asked when it is not here. Throws PackageDamaged. */
    read: async (hash: string, fetch: () => Promise<Readable>, offset: number, length: number): Promise<Buffer> => {
      const file = await handleOf(hash, fetch);
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    },
    close: async (): Promise<void> => {
      const files = [...opened.values()];
      opened.clear();
      for (const file of await Promise.allSettled(files)) if (file.status === 'fulfilled') await file.value.close();
    },
  };
}

export type Shelf = ReturnType<typeof createShelf>;
