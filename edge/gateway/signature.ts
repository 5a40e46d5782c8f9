import type { Credential } from './ports.ts';

type Signed = Extract<Credential, { kind: 'signature' }>;

const claimed = /^(.{1,64})&(hmacsha256|hmacsm3)&(\d{13})&([A-Za-z0-9_-]{8,64})$/u;

/**
 * A device that signs instead of showing its secret (H-11.2-f): user name `code&algorithm&timestamp&nonce` (code or id
 * of the thing, `hmacsha256` or `hmacsm3`, ms since 1970, 8–64 letters, digits, `-`, `_`), password the hexadecimal
 * HMAC of client id, code, timestamp and nonce with a line feed between each. Undefined = not this form.
 */
export function readSignature(username: string, password: string, clientId: string): Signed | undefined {
  const parts = claimed.exec(username);
  if (!parts || !/^[0-9a-fA-F]{64}$/.test(password)) return undefined;
  const [, code = '', algorithm, timestamp, nonce = ''] = parts;
  return {
    kind: 'signature',
    clientId,
    code,
    algorithm: algorithm === 'hmacsm3' ? 'hmacsm3' : 'hmacsha256',
    timestamp: Number(timestamp),
    nonce,
    signature: password,
  };
}
