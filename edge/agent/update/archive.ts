import { gunzipSync } from 'node:zlib';
import { problem } from '@keystead/contracts/problem';

/** The package is no archive that is taken; `detail` says why. */
export class ArchiveInvalid extends problem('update-archive-invalid', 422) {}

export interface ArchiveFile {
  /** Relative, with `/`. */
  path: string;
  bytes: Buffer;
}

const blockSize = 512;
const mostFiles = 20_000;
const mostBytes = 512 * 1024 * 1024;

const textAt = (block: Buffer, from: number, length: number): string => {
  const part = block.subarray(from, from + length);
  const end = part.indexOf(0);
  return part.toString('utf8', 0, end < 0 ? length : end);
};

function checkPath(path: string): string {
  const parts = path.replace(/^\.\//, '').split('/');
  if (path.startsWith('/') || path.includes('\\') || parts.some((part) => part === '' || part === '.' || part === '..'))
    throw new ArchiveInvalid({ detail: `path ${path.slice(0, 80)}` });
  return parts.join('/');
}

/** Files of a `.tar.gz` (ustar, plain files and folders only). Links and ways out of the folder are refused whole. */
export function readArchive(packed: Buffer): ArchiveFile[] {
  let bytes: Buffer;
  try {
    bytes = gunzipSync(packed, { maxOutputLength: mostBytes });
  } catch (cause) {
    throw new ArchiveInvalid({ detail: String(cause).slice(0, 120) });
  }
  const files: ArchiveFile[] = [];
  for (let at = 0; at + blockSize <= bytes.length; ) {
    const head = bytes.subarray(at, at + blockSize);
    if (head.every((byte) => byte === 0)) break;
    const size = Number.parseInt(textAt(head, 124, 12).trim(), 8);
    const kind = String.fromCharCode(head[156] ?? 0);
    if (!Number.isSafeInteger(size) || size < 0 || at + blockSize + size > bytes.length)
      throw new ArchiveInvalid({ detail: 'cut short' });
    const prefix = textAt(head, 345, 155);
    const name = prefix === '' ? textAt(head, 0, 100) : `${prefix}/${textAt(head, 0, 100)}`;
    if (kind === '0' || kind === '\u0000')
      files.push({ path: checkPath(name), bytes: bytes.subarray(at + blockSize, at + blockSize + size) });
    else if (kind !== '5') throw new ArchiveInvalid({ detail: `entry of kind ${kind}` });
    if (files.length > mostFiles) throw new ArchiveInvalid({ detail: 'too many files' });
    at += blockSize + Math.ceil(size / blockSize) * blockSize;
  }
  if (files.length === 0) throw new ArchiveInvalid({ detail: 'empty' });
  return files;
}
