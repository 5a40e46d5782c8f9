import { createWriteStream } from 'node:fs';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { BackupDamaged } from './problems.ts';
import { readTar } from './tar.ts';

/** A name from an archive as a path below the folder; never outside of it. */
function inside(folder: string, name: string): string {
  const path = normalize(name);
  if (isAbsolute(path) || path.split(/[\\/]/).includes('..'))
    throw new BackupDamaged({ path: name, reason: 'leads outside' });
  return join(folder, path);
}

/** Unpacks an archive of a base backup; returns how many bytes of files it held. */
export async function extractTar(source: AsyncIterable<Buffer>, folder: string): Promise<number> {
  let bytes = 0;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for await (const entry of readTar(source)) {
    const path = inside(folder, entry.name);
    if (entry.kind === 'folder') await mkdir(path, { recursive: true, mode: 0o700 });
    else if (entry.kind === 'link') await symlink(entry.target, path);
    else {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      bytes += entry.size;
      if (entry.size < 1 << 20) await writeFile(path, await buffer(entry.content), { mode: 0o600 });
      else
        await pipeline(Readable.from(entry.content, { objectMode: false }), createWriteStream(path, { mode: 0o600 }));
    }
  }
  return bytes;
}

/**
 * Tablespaces of a restored cluster lie beside it from now on: their places are rewritten in `tablespace_map`, which
 * the server turns into links at its start.
 */
export async function placeTablespaces(cluster: string, folderOf: (oid: string) => string): Promise<void> {
  const file = join(cluster, 'tablespace_map');
  const text = await readFile(file, 'utf8');
  const lines = text.split('\n').map((line) => {
    const oid = line.split(' ')[0] ?? '';
    return oid === '' ? line : `${oid} ${folderOf(oid)}`;
  });
  await writeFile(file, lines.join('\n'));
}
