import type { Phone, Queued, Said } from './types.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;

export const base64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)));

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export const sha256 = async (bytes: BufferSource): Promise<string> => hex(await crypto.subtle.digest('SHA-256', bytes));

/** A new phone: a key pair whose private half never leaves this browser. */
export async function newPhone(): Promise<Phone> {
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const key = base64(await crypto.subtle.exportKey('spki', pair.publicKey));
  return { id: crypto.randomUUID(), key, secret: pair.privateKey, number: 0, former: '', registered: false };
}

/** The next entry of a phone's chain, and the phone after it. */
export async function chained(
  phone: Phone,
  what: Omit<Said, 'device' | 'number' | 'former'>,
): Promise<{ entry: Omit<Queued, 'photos'>; phone: Phone }> {
  const number = phone.number + 1;
  const { act, ...rest } = what;
  const text = JSON.stringify({ device: phone.id, number, former: phone.former, ...rest, act });
  const bytes = new TextEncoder().encode(text);
  const signature = base64(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, phone.secret, bytes));
  const digest = await sha256(bytes);
  return { entry: { number, text, signature, digest }, phone: { ...phone, number, former: digest } };
}
