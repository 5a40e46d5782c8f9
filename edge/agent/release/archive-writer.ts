import { gzipSync } from 'node:zlib';

/** A path that an archive of this form cannot hold. */
export class PathTooLong extends Error {}

const blockSize = 512;
const longestName = 100;
const longestPrefix = 155;

/** Where a long path is cut: the name behind it, the folders before it. */
function split(path: string): [prefix: string, name: string] {
  if (Buffer.byteLength(path) <= longestName) return ['', path];
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (Buffer.byteLength(name) <= longestName && Buffer.byteLength(prefix) <= longestPrefix) return [prefix, name];
  }
  throw new PathTooLong(path);
}

function headOf(path: string, size: number): Buffer {
  const head = Buffer.alloc(blockSize);
  const octal = (value: number, at: number, length: number) =>
    head.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at);
  const [prefix, name] = split(path);
  head.write(name, 0);
  octal(0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  head.fill(' ', 148, 156);
  head.write('0', 156);
  head.write('ustar\x0000', 257);
  head.write(prefix, 345);
  octal(
    head.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return head;
}

/** A `.tar.gz` (ustar) of plain files. The same files give the same bytes: sorted, without times and owners. */
export function writeArchive(files: ReadonlyMap<string, Uint8Array>): Buffer {
  const parts: Buffer[] = [];
  for (const [path, bytes] of [...files].sort(([one], [other]) => (one < other ? -1 : 1))) {
    parts.push(headOf(path, bytes.length), Buffer.from(bytes));
    parts.push(Buffer.alloc((blockSize - (bytes.length % blockSize)) % blockSize));
  }
  parts.push(Buffer.alloc(2 * blockSize));
  return gzipSync(Buffer.concat(parts), { level: 9 });
}
