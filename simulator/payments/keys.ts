import { createSign, createVerify, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

/** Keys of the channels and of the merchant who is served: made here, for nobody else. */
export interface HouseKeys {
  readonly house: { publicKey: string; privateKey: string };
  readonly merchant: { publicKey: string; privateKey: string };
  /** A key that is nobody's: what it signs must not be believed. */
  readonly stranger: string;
  readonly apiKey: string;
  readonly serial: string;
  readonly merchantSerial: string;
}

const made = (): HouseKeys => ({
  house: pair(),
  merchant: pair(),
  stranger: pair().privateKey,
  apiKey: randomBytes(16).toString('hex'),
  serial: randomBytes(20).toString('hex').toUpperCase(),
  merchantSerial: randomBytes(20).toString('hex').toUpperCase(),
});

/** The keys kept in a file, made when there is none yet; without a file they last as long as the process. */
export function keysFrom(file: string | undefined): HouseKeys {
  if (file && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as HouseKeys;
  const keys = made();
  if (file) mkdirSync(dirname(file), { recursive: true });
  if (file) writeFileSync(file, JSON.stringify(keys), { mode: 0o600 });
  return keys;
}

export const signed = (text: string, key: string): string =>
  createSign('RSA-SHA256').update(text, 'utf8').sign(key, 'base64');

export const verified = (text: string, signature: string, key: string): boolean =>
  createVerify('RSA-SHA256').update(text, 'utf8').verify(key, signature, 'base64');

export const yuan = (minor: number): string => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
export const shanghaiText = (ms: number): string =>
  new Date(ms + 28_800_000).toISOString().slice(0, 19).replace('T', ' ');
