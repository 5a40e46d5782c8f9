import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

/** OWASP's first recommendation for Argon2id: 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const saltBytes = 16;
const hashBytes = 32;

interface Cost {
  memory: number;
  passes: number;
  parallelism: number;
}

/** The same letters typed on different keyboards are the same bytes. */
const bytesOf = (password: string): Buffer => Buffer.from(password.normalize('NFKC'));

function derive(password: string, salt: Buffer, { memory, passes, parallelism }: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2(
      'argon2id',
      { message: bytesOf(password), nonce: salt, memory, passes, parallelism, tagLength: hashBytes },
      (error, key) => (error ? reject(error) : resolve(key)),
    );
  });
}

const bare = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

/** Argon2id in PHC text form, its cost beside it. Runs off the event loop. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await derive(password, salt, cost);
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${bare(salt)}$${bare(hash)}`;
}

const form = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

function parse(stored: string): { cost: Cost; salt: Buffer; hash: Buffer } {
  const [, m = '', t = '', p = '', salt = '', hash = ''] = form.exec(stored) ?? [];
  if (hash === '') throw new Error('a stored password hash has an unknown form');
  const read = { memory: Number(m), passes: Number(t), parallelism: Number(p) };
  return { cost: read, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') };
}

export async function verifyPassword(stored: string, password: string): Promise<boolean> {
  const { cost: used, salt, hash } = parse(stored);
  const derived = await derive(password, salt, used);
  return derived.length === hash.length && timingSafeEqual(derived, hash);
}

/** Was it hashed with another cost than today's? Then it is hashed anew at the next sign-in. */
export function isOutdated(stored: string): boolean {
  const { memory, passes, parallelism } = parse(stored).cost;
  return memory !== cost.memory || passes !== cost.passes || parallelism !== cost.parallelism;
}

let decoy: Promise<string> | undefined;

/** Takes as long as a real check, for accounts that do not exist. */
export async function pretendToVerify(password: string): Promise<false> {
  decoy ??= hashPassword(randomBytes(16).toString('hex'));
  await verifyPassword(await decoy, password);
  return false;
}

/** A password made for someone: 20 letters and digits in four groups, none of them mistaken for another. */
export function makePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const pick = () => {
    for (;;) {
      const byte = randomBytes(1)[0] ?? 0;
      if (byte < 248) return letters[byte % letters.length] ?? '';
    }
  };
  return Array.from({ length: 4 }, () => Array.from({ length: 5 }, pick).join('')).join('-');
}
