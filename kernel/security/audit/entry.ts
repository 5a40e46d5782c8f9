import { createHash } from 'node:crypto';

/** Largest detail of one line, in bytes of JSON. */
export const detailLimit = 8192;

/** A use case tried to write a secret into the journal; a fault of the program, never of its user. */
export class SecretInJournal extends Error {
  constructor(key: string) {
    super(`the journal takes no secrets: detail.${key}`);
  }
}

const secretParts = ['password', 'passphrase', 'secret', 'token', 'privatekey', 'apikey', 'recoverycode'];
const secretWords = new Set(['authorization', 'cookie', 'otp', 'totp', 'pin', 'pwd', 'credential']);

/** Is this the name of something that must not be written down? By name, whatever its spelling (`new_password`). */
export function isSecretName(name: string): boolean {
  const bare = name.toLowerCase().replace(/[^a-z]/g, '');
  return secretWords.has(bare) || secretParts.some((part) => bare.includes(part));
}

/** Booleans and nothings under such a name tell that something happened, not what the secret is. */
const tells = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

function refuseSecrets(node: unknown, path: string): void {
  if (node === null || typeof node !== 'object') return;
  for (const [key, value] of Object.entries(node)) {
    const here = path ? `${path}.${key}` : key;
    if (!Array.isArray(node) && isSecretName(key) && (tells(value) || (value !== null && typeof value === 'object')))
      throw new SecretInJournal(here);
    refuseSecrets(value, here);
  }
}

/**
 * The detail of a line as text: JSON of at most 8 KiB, '' when there is none. A larger one is not cut silently: the
 * line then holds its size and SHA-256, and the first part of it. Throws SecretInJournal.
 */
export function detailText(detail: Record<string, unknown> | undefined): string {
  if (detail === undefined || Object.keys(detail).length === 0) return '';
  refuseSecrets(detail, '');
  const text = JSON.stringify(detail);
  const bytes = Buffer.byteLength(text);
  if (bytes <= detailLimit) return text;
  const sha256 = createHash('sha256').update(text).digest('hex');
  return JSON.stringify({ $cut: { bytes, sha256 }, start: [...text].slice(0, 1000).join('') });
}

/** Names and addresses are cut to what a column of a list can hold. */
export const short = (text: string | undefined, limit = 300): string =>
  (text ?? '').replaceAll('\u0000', '').slice(0, limit);
