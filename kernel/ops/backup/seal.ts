import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { BackupDamaged } from './problems.ts';

/**
 * Sealed stream: magic, salt of 32 bytes, then pieces of at most 1 MiB: length (4 bytes), AES-256-GCM text, tag. Each
 * file has its own key, derived from the backup key by the salt and the file's name; a piece's nonce is its number and
 * whether it is the last, so pieces cannot be changed, moved, left out or cut off unseen (H-8.4-b-3).
 */
const magic = Buffer.from('KSB1');
const saltBytes = 32;
const tagBytes = 16;
const pieceBytes = 1 << 20;

const fileKey = (key: Buffer, salt: Buffer, name: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, `keystead backup ${name}`, 32));

function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 0);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** Collects any chunks into pieces of exactly `size`; the last one may be shorter, and there is always one. */
async function* inPieces(
  source: AsyncIterable<Buffer>,
  size: number,
): AsyncGenerator<{ piece: Buffer; last: boolean }> {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    held.push(chunk);
    bytes += chunk.length;
    if (bytes <= size) continue;
    const all = Buffer.concat(held, bytes);
    let at = 0;
    for (; all.length - at > size; at += size) yield { piece: all.subarray(at, at + size), last: false };
    held = [all.subarray(at)];
    bytes = all.length - at;
  }
  yield { piece: Buffer.concat(held, bytes), last: true };
}

/** Encrypts a stream under the key for the file of this name. */
export async function* seal(source: AsyncIterable<Buffer>, key: Buffer, name: string): AsyncGenerator<Buffer> {
  const salt = randomBytes(saltBytes);
  const own = fileKey(key, salt, name);
  yield Buffer.concat([magic, salt]);
  let number = 0;
  for await (const { piece, last } of inPieces(source, pieceBytes)) {
    const cipher = createCipheriv('aes-256-gcm', own, nonceOf(number++, last));
    const head = Buffer.alloc(4);
    head.writeUInt32BE(piece.length);
    const text = cipher.update(piece);
    cipher.final();
    yield head;
    yield text;
    yield cipher.getAuthTag();
  }
}

/** Reads exact lengths from a stream of chunks. */
function exactReader(source: AsyncIterable<Buffer>) {
  const chunks = source[Symbol.asyncIterator]();
  let held: Buffer[] = [];
  let bytes = 0;
  /** Holds at least `size` bytes; false when the stream ends before. */
  const fill = async (size: number): Promise<boolean> => {
    while (bytes < size) {
      const { value, done } = await chunks.next();
      if (done) return false;
      held.push(value);
      bytes += value.length;
    }
    return true;
  };
  return {
    take: async (size: number): Promise<Buffer | undefined> => {
      if (!(await fill(size))) return undefined;
      const all = held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held, bytes);
      held = [all.subarray(size)];
      bytes = all.length - size;
      return all.subarray(0, size);
    },
    atEnd: async (): Promise<boolean> => !(await fill(1)),
    /** Lets the source close its file when reading stopped early. */
    close: async () => void (await chunks.return?.()),
  };
}

/** Decrypts what `seal` wrote. Throws `BackupDamaged` for another key, a changed byte, or a stream that was cut. */
export async function* unseal(source: AsyncIterable<Buffer>, key: Buffer, name: string): AsyncGenerator<Buffer> {
  const reader = exactReader(source);
  const damaged = (reason: string) => new BackupDamaged({ path: name, reason });
  try {
    const head = await reader.take(magic.length + saltBytes);
    if (!head?.subarray(0, magic.length).equals(magic)) throw damaged('not a sealed file');
    const own = fileKey(key, Buffer.from(head.subarray(magic.length)), name);
    for (let number = 0; ; number++) {
      const length = (await reader.take(4))?.readUInt32BE();
      if (length === undefined || length > pieceBytes) throw damaged('cut off');
      const body = await reader.take(length + tagBytes);
      if (body === undefined) throw damaged('cut off');
      const last = await reader.atEnd();
      const decipher = createDecipheriv('aes-256-gcm', own, nonceOf(number, last), { authTagLength: tagBytes });
      decipher.setAuthTag(body.subarray(length));
      let piece: Buffer;
      try {
        piece = Buffer.concat([decipher.update(body.subarray(0, length)), decipher.final()]);
      } catch {
        throw damaged('its bytes are not what was sealed');
      }
      yield piece;
      if (last) return;
    }
  } finally {
    await reader.close();
  }
}
