import type { KeyKind } from '@keystead/contracts/agent';
import { biometricMeans } from '@keystead/contracts/lock';
import { problem } from '@keystead/contracts/problem';

/** What opens a door 钥匙类型: six that a lock holds, and the mechanical key, which is only written down. */
export const doorKeyKinds = ['card', 'pin', 'face', 'fingerprint', 'qr', 'ble', 'mechanical'] as const;
export type DoorKeyKind = KeyKind | 'mechanical';

/** For how long: as long as the lease lasts, or a visitor's: a span, one opening, hours of the week. */
export const patterns = ['lasting', 'period', 'once', 'cyclic'] as const;
export type Pattern = (typeof patterns)[number];

export interface WeeklyHours {
  readonly days: readonly number[];
  /** Minutes of the day, lock's local time. */
  readonly from: number;
  readonly to: number;
}

/** Why a key ended. */
export const endings = ['revoked', 'lease', 'consent', 'expired', 'used-up'] as const;
export type Ending = (typeof endings)[number];

/** A key of a household for a house, and for the gates on the way to it. */
export interface DoorKey {
  readonly id: string;
  readonly organisation: string;
  readonly place: string;
  readonly house: string;
  readonly household: string;
  /** Party that carries it. */
  readonly holder: string;
  readonly holderName: string;
  readonly kind: DoorKeyKind;
  readonly pattern: Pattern;
  readonly label: string;
  /** Its own span, within that of the lease. */
  readonly validFrom: Date | null;
  readonly validUntil: Date | null;
  /** Openings it was given, and those it has had. */
  readonly uses: number | null;
  readonly used: number;
  readonly weekly: WeeklyHours | null;
  readonly issuedAt: Date;
  readonly issuedBy: string;
  readonly frozenAt: Date | null;
  readonly frozenFor: string | null;
  readonly endedAt: Date | null;
  readonly endedFor: Ending | null;
  readonly version: number;
}

/** One key in one lock: what it ought to hold, and how far that got. */
export interface KeyInLock {
  readonly thing: string;
  readonly thingCode: string;
  readonly gate: boolean;
  readonly wanted: { readonly state: 'valid' | 'rests' | 'gone'; readonly from?: number; readonly until?: number };
  /** It stands in the lock as it ought to: read back from there. */
  readonly confirmed: boolean;
  readonly confirmedAt: Date | null;
  readonly failure: string | null;
}

export const keyStates = ['issuing', 'working', 'frozen', 'resting', 'ended'] as const;
export type KeyState = (typeof keyStates)[number];

export const isBiometric = (kind: DoorKeyKind): boolean => biometricMeans.some((each) => each === kind);
export const isGuest = ({ pattern }: Pick<DoorKey, 'pattern'>): boolean => pattern !== 'lasting';

/** A key nobody needs to agree to, that goes on as long as the lease: with one of these a household is never locked out. */
export const opensAlways = (key: Pick<DoorKey, 'kind' | 'pattern' | 'frozenAt'>): boolean =>
  !isBiometric(key.kind) && key.kind !== 'mechanical' && !isGuest(key) && key.frozenAt === null;

/** A key as a whole, from what its locks hold. */
export function stateOf(key: Pick<DoorKey, 'endedAt' | 'frozenAt' | 'kind'>, locks: readonly KeyInLock[]): KeyState {
  if (key.endedAt) return 'ended';
  if (key.frozenAt) return 'frozen';
  if (key.kind === 'mechanical') return 'working';
  if (locks.length === 0) return 'issuing';
  if (locks.every(({ wanted }) => wanted.state === 'gone')) return 'resting';
  const doors = locks.filter(({ wanted }) => wanted.state !== 'gone');
  if (doors.every(({ wanted }) => wanted.state === 'rests')) return 'frozen';
  return doors.every(({ confirmed }) => confirmed) ? 'working' : 'issuing';
}

export class KeyMissing extends problem('door-key-missing', 404) {}
/** Nobody of this household is entitled to the house now. */
export class KeyWithoutLease extends problem('door-key-without-lease', 409) {}
/** A face or a fingerprint needs a consent of its own (H-11.3-e-2). */
export class KeyConsentMissing extends problem('door-key-consent-missing', 422) {}
/** It is the last key of an entitled household that opens without anybody's consent: another one comes first. */
export class LastKey extends problem('door-key-last', 409) {}
/** The household lost its eligibility: nothing new is issued (first rung of the ladder). */
export class KeysHeld extends problem('door-keys-held', 409) {}
export class KeyEnded extends problem('door-key-ended', 409) {}
export class KeyNotFrozen extends problem('door-key-not-frozen', 409) {}
/** The front door is closed to nobody yet: no decision, the time to move out runs, or the ground does not fit. */
export class DoorNotClosable extends problem('door-not-closable', 409) {}
