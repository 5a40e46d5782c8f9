import { createReadStream } from 'node:fs';
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Files of objects: two levels of folders by the random end of the id, whole or not there at all. */
export interface ObjectFiles {
  /** Writes, syncs and names the file; when anything fails, nothing is left. */
  write(id: string, bytes: AsyncIterable<Buffer>): Promise<void>;
  read(id: string): AsyncIterable<Buffer>;
  remove(id: string): Promise<void>;
  /** Deletes what no object stands for and is older than `before`: half-written files, files of undone transactions. */
  sweep(before: Date, isKnown: (ids: string[]) => Promise<ReadonlySet<string>>): Promise<number>;
}

const sweptAtOnce = 500;

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (cause) {
    // Windows has no such thing as syncing a folder.
    if ((cause as NodeJS.ErrnoException).code !== 'EPERM') throw cause;
  } finally {
    await handle.close();
  }
}

export function openObjectFiles(dataDir: string): ObjectFiles {
  const root = join(dataDir, 'objects');
  const incoming = join(root, 'incoming');
  const pathOf = (id: string): string => join(root, id.slice(-2), id.slice(-4, -2), id);

  async function write(id: string, bytes: AsyncIterable<Buffer>): Promise<void> {
    const part = join(incoming, id);
    const path = pathOf(id);
    await mkdir(incoming, { recursive: true, mode: 0o700 });
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const handle = await open(part, 'wx', 0o600);
    try {
      try {
        for await (const chunk of bytes) await handle.writeFile(chunk);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(part, path);
      await syncFolder(dirname(path));
    } catch (cause) {
      await rm(part, { force: true });
      throw cause;
    }
  }

  async function* files(folder: string): AsyncGenerator<{ id: string; path: string }> {
    for await (const entry of await opendir(folder, { recursive: true })) {
      if (entry.isFile()) yield { id: entry.name, path: join(entry.parentPath, entry.name) };
    }
  }

  async function sweep(before: Date, isKnown: (ids: string[]) => Promise<ReadonlySet<string>>): Promise<number> {
    await mkdir(root, { recursive: true, mode: 0o700 });
    let gone = 0;
    let old: { id: string; path: string }[] = [];
    const judge = async (): Promise<void> => {
      const known = await isKnown(old.map(({ id }) => id));
      for (const { id, path } of old) {
        if (known.has(id) && !path.startsWith(incoming)) continue;
        await rm(path, { force: true });
        gone += 1;
      }
      old = [];
    };
    for await (const file of files(root)) {
      if ((await stat(file.path)).mtime >= before) continue;
      old.push(file);
      if (old.length >= sweptAtOnce) await judge();
    }
    if (old.length > 0) await judge();
    return gone;
  }

  return {
    write,
    read: (id) => createReadStream(pathOf(id), { highWaterMark: 65_536 }),
    remove: (id) => rm(pathOf(id), { force: true }),
    sweep,
  };
}
