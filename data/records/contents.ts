import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { OrganisationId } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { StoreLevel } from '@keystead/contracts/labels';
import type { Clock } from '@keystead/kernel/base';
import type { Tx } from '@keystead/kernel/db';
import type { DataKeys } from '@keystead/kernel/security/keys';
import { fitsMediaType, sniffedBytes } from './media-type.ts';
import type { ObjectFiles } from './object-files.ts';
import { type FileLabels, isEncrypted, MediaTypeMismatch, RecordDamaged, RecordTooLarge } from './record.ts';
import { seal, unseal } from './segments.ts';
import * as store from './store.ts';

/** Largest file in bytes. */
export const largestFile = 256 * 1024 * 1024;

export interface Stored {
  object: string;
  size: number;
  /** SHA-256, hexadecimal. */
  hash: string;
}

/** Looks at bytes on their way: size, hash, and whether they are what they are said to be. */
class Inspection {
  readonly #hash = createHash('sha256');
  readonly #mediaType: string;
  readonly #most: number;
  #head: Buffer | undefined;
  size = 0;

  constructor(mediaType: string, most: number, judged: boolean) {
    this.#mediaType = mediaType;
    this.#most = most;
    this.#head = judged ? Buffer.alloc(0) : undefined;
  }

  async *through(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      this.size += chunk.length;
      if (this.size > this.#most) throw new RecordTooLarge({ most: this.#most });
      this.#hash.update(chunk);
      if (this.#head) {
        this.#head = Buffer.concat([this.#head, chunk]).subarray(0, sniffedBytes);
        if (this.#head.length === sniffedBytes) this.#judge();
      }
      yield chunk;
    }
    this.#judge();
  }

  get digest(): string {
    return this.#hash.digest('hex');
  }

  #judge(): void {
    if (!this.#head) return;
    if (!fitsMediaType(this.#mediaType, this.#head)) throw new MediaTypeMismatch({ mediaType: this.#mediaType });
    this.#head = undefined;
  }
}

async function* asBuffers(content: Buffer | Readable): AsyncGenerator<Buffer> {
  if (content instanceof Readable) for await (const chunk of content) yield Buffer.from(chunk);
  else if (content.length > 0) yield content;
}

/** Bytes in and out of the objects on disk, sealed where their level asks for it. */
export function createContents({ files, keys, clock }: { files: ObjectFiles; keys: DataKeys; clock: Clock }) {
  /**
   * Stores contents as an object of the organisation, or finds the same there. Nothing of it stays when this throws:
   * RecordTooLarge, MediaTypeMismatch; should the transaction be undone later, the sweep takes the file away.
   */
  async function write(
    tx: Tx,
    organisation: OrganisationId,
    { mediaType, storeLevel, program }: Pick<FileLabels, 'mediaType' | 'storeLevel'> & { program?: true },
    content: Buffer | Readable,
    most: number,
  ): Promise<Stored> {
    const object = newId();
    const encrypted = isEncrypted(storeLevel);
    const inspection = new Inspection(mediaType, Math.min(most, largestFile), !program);
    const plain = inspection.through(asBuffers(content));
    const key = encrypted ? await keys.make(tx, organisation, object) : undefined;
    await files.write(object, key ? seal(key, object, plain) : plain);
    try {
      const { size, digest: hash } = inspection;
      const stored = { id: object, organisation, hash, storeLevel, size, encrypted, madeAt: clock.now() };
      for (;;) {
        const same = await store.sameContents(tx, organisation, hash, storeLevel);
        if (same !== undefined) {
          if (encrypted) await keys.shred(tx, object);
          await files.remove(object);
          return { object: same, size, hash };
        }
        if (await store.insertObject(tx, stored)) return { object, size, hash };
      }
    } catch (cause) {
      await files.remove(object);
      throw cause;
    }
  }

  /** The contents; the stream ends in RecordDamaged when they are not those that were put in. */
  async function read(tx: Tx, object: string, storeLevel: StoreLevel, hash: string): Promise<Readable> {
    const key = isEncrypted(storeLevel) ? await keys.open(tx, object) : undefined;
    async function* proven(): AsyncGenerator<Buffer> {
      const digest = createHash('sha256');
      for await (const chunk of key ? unseal(key, object, files.read(object)) : files.read(object)) {
        digest.update(chunk);
        yield chunk;
      }
      if (digest.digest('hex') !== hash) throw new RecordDamaged({ object });
    }
    return Readable.from(proven(), { objectMode: false });
  }

  /** Destroys key and file of an object no record stands on any more; the file goes once that is committed. */
  async function release(tx: Tx, object: string, onFailure: (cause: unknown) => void): Promise<void> {
    const ended = await store.endObject(tx, object, clock.now());
    if (!ended) return;
    if (ended.encrypted) await keys.shred(tx, object);
    tx.afterCommit(() => void files.remove(object).catch(onFailure));
  }

  return { write, read, release };
}

export type Contents = ReturnType<typeof createContents>;

/** Does this level ask for a journal line at each look (H-8.4-0-1)? */
export const isJournaled = (storeLevel: StoreLevel): boolean => storeLevel === 3;
