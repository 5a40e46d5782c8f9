import { createHmac, timingSafeEqual } from 'node:crypto';
import { isId } from '@keystead/contracts/ids';

/** Who may open a link, and until when (ms since 1970). */
export interface LinkRight {
  organisation: string;
  actor: string;
  until: number;
}

/** How long a link holds for the first opening; what plays goes on. */
export const linkLife = 120_000;

const sign = (key: Uint8Array, path: string, plain: string) =>
  createHmac('sha256', key).update(`${plain}\n${path}`).digest('base64url');

/** Signature of one path for one person, to be sent as `token`. */
export function signLink(key: Uint8Array, path: string, { organisation, actor, until }: LinkRight): string {
  const plain = [organisation, actor, until.toString(36)].join('.');
  return `${plain}.${sign(key, path, plain)}`;
}

/** What a token claims, not yet proven; undefined when it is none. */
export function readToken(token: string): LinkRight | undefined {
  const [organisation = '', actor = '', until = '', signature = ''] = token.split('.');
  const time = Number.parseInt(until, 36);
  if (!isId(organisation) || actor === '' || signature === '' || !Number.isSafeInteger(time)) return undefined;
  return { organisation, actor, until: time };
}

/** Whether a token was signed by us for this path and still holds. */
export function provesLink(key: Uint8Array, path: string, token: string, now: number): boolean {
  const right = readToken(token);
  if (!right || right.until < now || right.until > now + linkLife) return false;
  const wanted = Buffer.from(signLink(key, path, right));
  const given = Buffer.from(token);
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}
