import { createHmac, randomBytes } from 'node:crypto';
import { problem } from '@keystead/contracts/problem';
import type { ThingModel } from '@keystead/contracts/thing-model';

/** `signature`: a secret that never travels, the device signs with it (一机一密); see signature.ts. */
export const credentialKinds = ['token', 'secret', 'certificate', 'signature'] as const;
export type CredentialKind = (typeof credentialKinds)[number];

/** The same stable types the terminal layer refuses with. */
export class CredentialUnknown extends problem('credential-unknown', 401) {}
export class CredentialRevoked extends problem('credential-revoked', 401) {}
export class DeviceNotListed extends problem('device-not-listed', 403) {}
/** Another thing has, or had, this secret, token or certificate (H-11.2-f). */
export class CredentialReused extends problem('credential-reused', 409) {}
export class CredentialMissing extends problem('credential-missing', 404) {}
/** The model's identity policy does not take this kind (H-11.2-d). */
export class CredentialKindRefused extends problem('credential-kind-refused', 409) {}
/** The time its certificate was made for is over. */
export class CredentialExpired extends problem('credential-expired', 401) {}
export class UsernameTaken extends problem('username-taken', 409) {}

/** Which credentials each policy takes: hardware that can hold a key is not let in with less; what speaks through a gateway has none. */
const accepted: Record<ThingModel['authentication'], readonly CredentialKind[]> = {
  certificate: ['certificate'],
  secret: ['token', 'secret', 'certificate', 'signature'],
  gateway: [],
};

export const acceptsCredential = (model: ThingModel, kind: CredentialKind): boolean =>
  accepted[model.authentication].includes(kind);

/** A thing that can hold a key of its own must use it; the others may speak through the gateway that contains them. */
export const maySpeakThroughGateway = (model: ThingModel): boolean => model.authentication !== 'certificate';

/** Thirty letters and digits that are not taken for each other on paper. */
const letters = 'abcdefghjkmnpqrstvwxyz23456789';

/** A new token or secret: 33 of thirty letters, 161 random bits. */
export function newSecret(): string {
  let text = '';
  while (text.length < 33) {
    // Bytes from 240 upwards would favour the first letters.
    for (const byte of randomBytes(48)) if (byte < 240 && text.length < 33) text += letters[byte % 30];
  }
  return text;
}

/** The keyed mark under which a token or secret is kept and found. */
export const markOf = (key: Uint8Array, value: string): Buffer =>
  createHmac('sha256', key).update(value, 'utf8').digest();

/** A certificate is no secret: its fingerprint (SHA-256, hexadecimal) is its mark. */
export const markOfCertificate = (fingerprint: string): Buffer =>
  Buffer.from(fingerprint.replaceAll(':', '').toLowerCase(), 'hex');

/** The end of a secret, enough to tell two sheets of paper apart. */
export const hintOf = (value: string): string => value.slice(-4);
