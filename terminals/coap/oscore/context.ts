import { hkdfSync } from 'node:crypto';
import { cbor } from './cbor.ts';

/** What both ends were given (RFC 8613 §3.2), as seen from one of them. */
export interface OscoreKeys {
  masterSecret: Uint8Array;
  masterSalt?: Uint8Array;
  /** Sender of what we send; at most 7 bytes. */
  senderId: Uint8Array;
  recipientId: Uint8Array;
  idContext?: Uint8Array;
}

/** Derived keys of one relation. AES-CCM-16-64-128 with HKDF-SHA-256, the pair every implementation must have. */
export interface OscoreContext {
  readonly senderId: Uint8Array;
  readonly recipientId: Uint8Array;
  readonly idContext: Uint8Array | undefined;
  readonly senderKey: Uint8Array;
  readonly recipientKey: Uint8Array;
  readonly commonIv: Uint8Array;
}

export const aead = 10;
export const nonceLength = 13;
const keyLength = 16;
const none = new Uint8Array(0);

export function deriveContext(keys: OscoreKeys): OscoreContext {
  const { masterSecret, masterSalt = none, senderId, recipientId, idContext } = keys;
  const derive = (id: Uint8Array, type: 'Key' | 'IV', length: number) => {
    const info = cbor([id, idContext ?? null, aead, type, length]);
    return new Uint8Array(hkdfSync('sha256', masterSecret, masterSalt, info, length));
  };
  return {
    senderId,
    recipientId,
    idContext,
    senderKey: derive(senderId, 'Key', keyLength),
    recipientKey: derive(recipientId, 'Key', keyLength),
    commonIv: derive(none, 'IV', nonceLength),
  };
}

/** Nonce of a message whose number `piv` was given out by the end called `id` (§5.2). */
export function nonceOf(context: OscoreContext, id: Uint8Array, piv: Uint8Array): Uint8Array {
  const nonce = new Uint8Array(nonceLength);
  nonce[0] = id.length;
  nonce.set(id, nonceLength - 5 - id.length);
  nonce.set(piv, nonceLength - piv.length);
  return nonce.map((byte, index) => byte ^ (context.commonIv[index] ?? 0));
}
