import { createHash, randomBytes } from 'node:crypto';
import { problem } from '@keystead/contracts/problem';

/** No such token, or it was used, taken back or is too old: which of them is nobody's business. */
export class JoinTokenUnknown extends problem('join-token-unknown', 401) {}
export class JoinTokenMissing extends problem('join-token-missing', 404) {}

/** An invitation as it is kept. */
export interface JoinToken {
  id: string;
  organisation: string;
  place: string;
  placeId: string | null;
  name: string;
  code: string | null;
  createdAt: Date;
  createdBy: string;
  expiresAt: Date;
  revokedAt: Date | null;
  usedAt: Date | null;
  thingId: string | null;
}

/** 192 random bits, so a plain digest of it can be kept and found. */
export const newJoinToken = (): string => `join_${randomBytes(24).toString('base64url')}`;
export const markOfJoinToken = (token: string): string => createHash('sha256').update(token).digest('hex');

export type JoinState = 'open' | 'used' | 'revoked' | 'expired';

export function stateOf(token: Pick<JoinToken, 'usedAt' | 'revokedAt' | 'expiresAt'>, now: Date): JoinState {
  if (token.usedAt) return 'used';
  if (token.revokedAt) return 'revoked';
  return token.expiresAt <= now ? 'expired' : 'open';
}
