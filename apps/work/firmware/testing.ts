import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { firmwareStatement } from '@keystead/contracts/firmware';

/** Whoever makes firmware: a key, and packages signed with it. */
export class Maker {
  readonly #key: KeyObject;
  readonly publicKey: string;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    this.#key = privateKey;
    this.publicKey = publicKey.export({ format: 'pem', type: 'spki' }).toString();
  }

  sign(title: string, version: string, models: string[], bytes: Buffer): string {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const statement = firmwareStatement({ title, version, models, size: bytes.length, hash });
    return sign(null, Buffer.from(statement), this.#key).toString('base64');
  }
}
