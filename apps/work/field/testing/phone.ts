import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { newId } from '@keystead/contracts/ids';
import type { FieldAct } from '../entry.ts';

export interface SpokenEntry {
  text: string;
  signature: string;
}

/** A phone as the app is one: a key of its own, and a chain of what was said on it. */
export class SoftwarePhone {
  readonly id: string = newId();
  readonly key: string;
  readonly #secret: KeyObject;
  #number = 0;
  #former = '';

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    this.#secret = privateKey;
  }

  say(caseId: string, at: Date, act: FieldAct, more: object = {}): SpokenEntry {
    this.#number += 1;
    const said = { device: this.id, number: this.#number, former: this.#former, at: at.toISOString(), case: caseId };
    const text = JSON.stringify({ ...said, longitude: 117.2, latitude: 34.26, ...more, act });
    this.#former = createHash('sha256').update(text).digest('hex');
    return this.signed(text);
  }

  signed(text: string): SpokenEntry {
    const signature = sign('sha256', Buffer.from(text), { key: this.#secret, dsaEncoding: 'ieee-p1363' });
    return { text, signature: signature.toString('base64') };
  }
}
