import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { BackupDamaged } from './problems.ts';
import { seal, unseal } from './seal.ts';

/** One file of a backup: compressed (zstd), then sealed. */
export interface Stored {
  /** Below the backup's folder, with `/`. */
  path: string;
  /** Bytes as they lie in the backup, and as they were. */
  stored: number;
  bytes: number;
  /** SHA-256 of the bytes as they lie in the backup, hex: checking a backup needs no key. */
  sha256: string;
  /** Permission bits of the original, where they matter. */
  mode?: number;
}

async function* counted(source: AsyncIterable<Buffer>, seen: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    seen(chunk);
    yield chunk;
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // There a folder cannot be opened; the rename is journaled.
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes text or bytes so that after a power cut the whole new file or the old one is there. */
export async function writeWhole(file: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
  await syncFolder(dirname(file));
}

/** Compresses, seals and writes a stream to `folder`/`path`; the file has its name only when it is whole and on disk. */
export async function store(
  folder: string,
  path: string,
  key: Buffer,
  source: AsyncIterable<Buffer>,
  progress: (bytes: number) => void = () => {},
): Promise<Stored> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  let bytes = 0;
  let stored = 0;
  const counting = counted(source, (chunk) => {
    bytes += chunk.length;
    progress(chunk.length);
  });
  const compress = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 } });
  const out = await open(`${file}.new`, 'w', 0o600);
  try {
    const packed = pipeline(Readable.from(counting, { objectMode: false, highWaterMark: 1 << 20 }), compress);
    // A source that fails also ends the packed side with its error, which the loop below meets first.
    packed.catch(() => {});
    for await (const chunk of seal(compress, key, path)) {
      hash.update(chunk);
      stored += chunk.length;
      await out.writeFile(chunk);
    }
    await packed;
    await out.sync();
  } catch (cause) {
    await out.close();
    await rm(`${file}.new`, { force: true });
    throw cause;
  }
  await out.close();
  await rename(`${file}.new`, file);
  await syncFolder(dirname(file));
  return { path, stored, bytes, sha256: hash.digest('hex') };
}

/** SHA-256 of a file; throws `BackupDamaged` when it is not there. */
async function digestOf(folder: string, path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(join(folder, path), { highWaterMark: 1 << 20 })) hash.update(chunk);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw new BackupDamaged({ path, reason: 'missing' });
    throw cause;
  }
  return hash.digest('hex');
}

/** Throws `BackupDamaged` unless the stored bytes are those that were written. */
export async function check(folder: string, file: Stored): Promise<void> {
  if ((await digestOf(folder, file.path)) !== file.sha256)
    throw new BackupDamaged({ path: file.path, reason: 'its bytes are not what was written' });
}

/** The original bytes of a stored file, checked while they are read. */
export async function* load(folder: string, file: Stored, key: Buffer): AsyncGenerator<Buffer> {
  const source = createReadStream(join(folder, file.path), { highWaterMark: 1 << 20 });
  const decompress = createZstdDecompress();
  const opened = pipeline(Readable.from(unseal(source, key, file.path), { objectMode: false }), decompress);
  opened.catch(() => {}); // Told below, by the side that is read.
  let bytes = 0;
  try {
    for await (const chunk of decompress) {
      bytes += chunk.length;
      yield chunk;
    }
    await opened;
  } catch (cause) {
    if (cause instanceof BackupDamaged) throw cause;
    throw new BackupDamaged({ path: file.path, reason: cause instanceof Error ? cause.message : String(cause) });
  }
  if (bytes !== file.bytes) throw new BackupDamaged({ path: file.path, reason: 'shorter than it was' });
}
