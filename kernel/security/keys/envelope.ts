import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A wrapped key was changed, or belongs to another id or another master key. */
export class KeyDamaged extends Error {
  constructor(id: string, options?: ErrorOptions) {
    super(`the key of ${id} cannot be opened`, options);
  }
}

/** Puts keys into an envelope only the master key opens. The id is sealed in, so that keys cannot be exchanged. */
export interface Envelope {
  wrap(id: string, key: Buffer): Buffer;
  /** Throws KeyDamaged. */
  unwrap(id: string, wrapped: Buffer): Buffer;
  /**
   * A digest of 32 bytes by a key of its own for each purpose: equal for equal data, and of no use for trying out short
   * secrets to whoever has the database only.
   */
  mark(purpose: string, data: Buffer): Buffer;
}

/** First byte of a wrapped key: how it was wrapped. Other suites (SM4) get other numbers. */
const aes256gcm = 1;
const nonceBytes = 12;
const tagBytes = 16;

function masterKey(dataDir: string): Buffer {
  const file = join(dataDir, 'keys', 'master.key');
  if (!existsSync(file)) {
    mkdirSync(join(dataDir, 'keys'), { recursive: true, mode: 0o700 });
    try {
      writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    }
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== 32) throw new Error(`${file} holds no master key`);
  return key;
}

/** The envelope of an installation; its master key is `dataDir`/keys/master.key (0600), made when missing. */
export function openEnvelope(dataDir: string): Envelope {
  const master = masterKey(dataDir);
  return {
    wrap: (id, key) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', master, nonce).setAAD(Buffer.from(id));
      const sealed = Buffer.concat([cipher.update(key), cipher.final()]);
      return Buffer.concat([Buffer.from([aes256gcm]), nonce, cipher.getAuthTag(), sealed]);
    },
    unwrap: (id, wrapped) => {
      if (wrapped[0] !== aes256gcm || wrapped.length < 1 + nonceBytes + tagBytes) throw new KeyDamaged(id);
      const nonce = wrapped.subarray(1, 1 + nonceBytes);
      const tag = wrapped.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes);
      const open = createDecipheriv('aes-256-gcm', master, nonce, { authTagLength: tagBytes });
      open.setAAD(Buffer.from(id)).setAuthTag(tag);
      try {
        return Buffer.concat([open.update(wrapped.subarray(1 + nonceBytes + tagBytes)), open.final()]);
      } catch (cause) {
        throw new KeyDamaged(id, { cause });
      }
    },
    mark: (purpose, data) =>
      createHmac('sha256', Buffer.from(hkdfSync('sha256', master, '', `mark:${purpose}`, 32)))
        .update(data)
        .digest(),
  };
}
