import { createHash, randomBytes } from 'node:crypto';
import { problem } from '@keystead/contracts/problem';

/**
 * `active` may do what its holder may. The others may only do the one thing that is missing: show the second factor,
 * enrol one, or choose a new password.
 */
export type SessionStatus = 'active' | 'second-factor' | 'enrol' | 'change-password';

export const cookieName = 'keystead_session';

/** Wrong name, wrong password, disabled, deleted: one answer for all. */
export class SignInRefused extends problem('sign-in-refused', 401) {}
/** A code or password asked for again was wrong. */
export class AnswerRefused extends problem('answer-refused', 403) {}
/** The session is not there, or ended. */
export class SessionMissing extends problem('session-missing', 404) {}
/** What the session must do first stands in `next`. */
export class SessionNotReady extends problem('session-not-ready', 403) {}
/** A sensitive act wants the password or a code once more: `POST /sessions/current/confirmation`. */
export class ConfirmationNeeded extends problem('confirmation-needed', 403) {}
export class FactorPresent extends problem('second-factor-present', 409) {}
/** The account must have a second factor. */
export class FactorRequired extends problem('second-factor-required', 409) {}

/** How long a sign-in or a confirmation covers sensitive acts. */
export const freshMinutes = 15;

export interface Facts {
  /** A second factor is set up. */
  enrolled: boolean;
  /** Staff, or holder of a right that changes others' rights. */
  mustHaveFactor: boolean;
  /** The organisation leaves the second factor out here and now. */
  waived: boolean;
  mustChangePassword: boolean;
  /** The second factor was shown in this session. */
  shown: boolean;
}

/** What a session may be, given what has been shown so far (H-11.1-a-2, I-8.3-a). */
export function statusOf(facts: Facts): SessionStatus {
  if (facts.enrolled && !facts.shown) return 'second-factor';
  if (facts.mustChangePassword) return 'change-password';
  if (!facts.enrolled && facts.mustHaveFactor && !facts.waived) return 'enrol';
  return 'active';
}

/** 256 random bits; only their digest is stored. */
export const newToken = (): string => randomBytes(32).toString('base64url');
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

export interface Lifetime {
  seenAt: Date;
  expiresAt: Date;
  idleMinutes: number;
}

/** Why a session is over by time, if it is (H-11.1-b). */
export function expiry(session: Lifetime, now: Date): 'idle' | 'absolute' | undefined {
  if (now >= session.expiresAt) return 'absolute';
  return now.getTime() - session.seenAt.getTime() > session.idleMinutes * 60_000 ? 'idle' : undefined;
}
