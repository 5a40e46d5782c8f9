import { Secret, TOTP } from 'otpauth';

export interface TotpShape {
  algorithm: 'SHA1' | 'SHA256' | 'SHA512';
  digits: number;
}

/** What every authenticator app understands. */
export const usual: TotpShape = { algorithm: 'SHA1', digits: 6 };
const period = 30;
/** Codes of the step before and after are taken: clocks differ, people are slow. */
const window = 1;

const generator = (secret: Buffer, shape: TotpShape): TOTP =>
  new TOTP({ secret: new Secret({ buffer: new Uint8Array(secret).buffer }), period, ...shape });

/** The code of a moment (RFC 6238). */
export const totpCode = (secret: Buffer, at: Date, shape: TotpShape = usual): string =>
  generator(secret, shape).generate({ timestamp: at.getTime() });

/** The step a code belongs to, or undefined when it fits no step around now. */
export function totpStep(secret: Buffer, code: string, now: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const delta = generator(secret, usual).validate({ token: code, timestamp: now.getTime(), window });
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / period) + delta;
}

/** What an authenticator app reads from a QR code. */
export const totpUri = (secret: Buffer, account: string): string =>
  new TOTP({
    issuer: 'Keystead',
    label: account,
    secret: new Secret({ buffer: new Uint8Array(secret).buffer }),
    period,
    ...usual,
  }).toString();

/** The secret as people type it when they cannot scan. */
export const base32 = (secret: Buffer): string => new Secret({ buffer: new Uint8Array(secret).buffer }).base32;
