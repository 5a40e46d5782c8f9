import { createHash, randomBytes } from 'node:crypto';

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'; // 31: none of them mistaken for another
const codes = 10;
const length = 16;

/** Ten codes of almost 80 bits each, to be kept on paper. */
export function makeRecoveryCodes(): string[] {
  return Array.from({ length: codes }, () => {
    let code = '';
    while (code.length < length) {
      for (const byte of randomBytes(length)) if (byte < 248 && code.length < length) code += letters[byte % 31];
    }
    return (code.match(/.{4}/g) ?? []).join('-');
  });
}

/** Spaces, dashes and capitals do not matter. Random enough that a plain digest keeps it. */
export const recoveryHash = (code: string): Buffer =>
  createHash('sha256')
    .update(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
    .digest();

export const looksLikeRecovery = (code: string): boolean => code.replaceAll(/[^a-zA-Z0-9]/g, '').length === length;
