import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Signs what leaves the database, so that a copy of the journal can be trusted without trusting the database. */
export interface Signer {
  sign(text: string): string;
  verify(text: string, signature: string): boolean;
}

const fileOf = (dataDir: string): string => join(dataDir, 'keys', 'journal-signing.pem');

function readOrMake(file: string): KeyObject {
  if (!existsSync(file)) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    try {
      // Exclusive: of two processes that start at once, one makes the key and both use it.
      writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), {
        mode: 0o600,
        flag: 'wx',
        flush: true,
      });
      writeFileSync(file.replace('.pem', '.pub.pem'), publicKey.export({ type: 'spki', format: 'pem' }), {
        flush: true,
      });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    }
  }
  return createPrivateKey(readFileSync(file));
}

/** The Ed25519 key of the journal in `dataDir`/keys (0600), made when missing. */
export function openSigner(dataDir: string): Signer {
  const key = readOrMake(fileOf(dataDir));
  const open = createPublicKey(key);
  return {
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
    verify: (text, signature) => verify(null, Buffer.from(text), open, Buffer.from(signature, 'base64')),
  };
}
