import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { RecordDamaged } from './record.ts';

/** Plain bytes of a segment; each is sealed for itself, so that nothing unproven is ever given out. */
export const segmentBytes = 65_536;
const tagBytes = 16;
const saltBytes = 8;
const form = 1;
export const headBytes = 1 + saltBytes;

const nonceOf = (salt: Buffer, index: number): Buffer => {
  const nonce = Buffer.alloc(12);
  salt.copy(nonce, 0);
  nonce.writeUInt32BE(index, saltBytes);
  return nonce;
};

/** The last segment says that it is: a file cut off at a segment's end is found out. */
const boundTo = (id: string, last: boolean): Buffer => Buffer.from(`${id} ${last ? 'last' : 'more'}`);

/** Cuts a stream into pieces of exactly `size`, but for the last; an empty stream is one empty piece. */
async function* pieces(source: AsyncIterable<Buffer>, size: number): AsyncGenerator<{ piece: Buffer; last: boolean }> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const chunk of source) {
    held.push(chunk);
    heldBytes += chunk.length;
    if (heldBytes <= size) continue;
    let bytes = Buffer.concat(held, heldBytes);
    for (; bytes.length > size; bytes = bytes.subarray(size)) yield { piece: bytes.subarray(0, size), last: false };
    held = [bytes];
    heldBytes = bytes.length;
  }
  yield { piece: Buffer.concat(held, heldBytes), last: true };
}

/** AES-256-GCM in segments: form byte, salt, then each segment with its tag. `id` is bound to every one of them. */
export async function* seal(key: Buffer, id: string, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const salt = randomBytes(saltBytes);
  yield Buffer.concat([Buffer.of(form), salt]);
  let index = 0;
  for await (const { piece, last } of pieces(source, segmentBytes)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(salt, index++)).setAAD(boundTo(id, last));
    yield Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
  }
}

/** The contents again, segment by segment, each given out only once it is proven. Throws RecordDamaged. */
export async function* unseal(key: Buffer, id: string, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let salt: Buffer | undefined;
  let index = 0;
  async function* body(): AsyncGenerator<Buffer> {
    let head = Buffer.alloc(0);
    for await (const chunk of source) {
      if (salt) {
        yield chunk;
        continue;
      }
      head = Buffer.concat([head, chunk]);
      if (head.length < headBytes) continue;
      if (head[0] !== form) throw new RecordDamaged({ object: id });
      salt = head.subarray(1, headBytes);
      yield head.subarray(headBytes);
    }
  }
  for await (const { piece, last } of pieces(body(), segmentBytes + tagBytes)) {
    if (!salt || piece.length < tagBytes) throw new RecordDamaged({ object: id });
    const at = piece.length - tagBytes;
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(salt, index++), { authTagLength: tagBytes });
    decipher.setAAD(boundTo(id, last)).setAuthTag(piece.subarray(at));
    try {
      yield Buffer.concat([decipher.update(piece.subarray(0, at)), decipher.final()]);
    } catch (cause) {
      throw cause instanceof RecordDamaged ? cause : new RecordDamaged({ object: id });
    }
  }
}
