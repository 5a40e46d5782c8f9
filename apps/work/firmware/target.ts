import type { FirmwareReport } from '@keystead/contracts/firmware';

export const targetStates = [
  'pending',
  'offered',
  'downloading',
  'downloaded',
  'verified',
  'applying',
  'succeeded',
  'failed',
  'rolled-back',
  'skipped',
] as const;
export type TargetState = (typeof targetStates)[number];

/** States in which the device works on the update. */
export const workingStates = ['offered', 'downloading', 'downloaded', 'verified', 'applying'] as const;

export const isEnded = (state: TargetState): boolean =>
  state === 'succeeded' || state === 'failed' || state === 'rolled-back' || state === 'skipped';

/** One device of a campaign, as the rules need to know it. */
export interface TargetNow {
  state: TargetState;
  fromVersion: string | null;
}

export interface Step {
  state: TargetState;
  /** Short word for counting, kebab-case. */
  reason?: string;
  /** What the device itself said. */
  detail?: string;
}

const stateFor = {
  DOWNLOADING: 'downloading',
  DOWNLOADED: 'downloaded',
  VERIFIED: 'verified',
  UPDATING: 'applying',
} as const;

const order: readonly TargetState[] = ['pending', ...workingStates];

/** Devices say it in their own words; for counting it becomes one. */
const reasonIn = (error: string | undefined): string => {
  const word = /^[a-z][a-z0-9-]{2,39}(?=$|[\s:])/.exec(error ?? '')?.[0];
  if (word) return word;
  return /checksum|hash/i.test(error ?? '') ? 'hash-mismatch' : 'device-failed';
};

/**
 * What a report means for a device in work; undefined = nothing new. A device that was cut off may begin its download
 * again from any state (power-cut safe); otherwise it only goes forward. Success is what runs, not what is said: the
 * version of the package has to be the one running.
 */
export function stepFor(
  now: TargetNow,
  wanted: { title: string; version: string },
  { title, version, state, error }: FirmwareReport,
): Step | undefined {
  if (now.state === 'pending' || isEnded(now.state)) return undefined;
  const said = error === undefined ? {} : { detail: error };
  if (state === 'FAILED') return { state: 'failed', reason: reasonIn(error), ...said };
  if (state === 'ROLLED_BACK') return { state: 'rolled-back', reason: reasonIn(error ?? 'rolled-back'), ...said };
  const runs = version === wanted.version && (title === undefined || title === wanted.title);
  if (runs && (state === undefined || state === 'UPDATED')) return { state: 'succeeded' };
  if (state === 'UPDATED') return { state: 'failed', reason: 'version-mismatch', detail: version ?? '' };
  if (state === undefined)
    return now.state === 'applying' && version === now.fromVersion
      ? { state: 'rolled-back', reason: 'old-version-runs' }
      : undefined;
  const next = stateFor[state];
  if (next === now.state) return undefined;
  if (next === 'downloading' || order.indexOf(next) > order.indexOf(now.state)) return { state: next };
  return undefined;
}

/** Seconds a device may take. */
export interface Patience {
  /** From the offer to the first byte: sleeping devices need long. */
  offer: number;
  /** Between two signs of progress of the download. */
  download: number;
  /** From the beginning of the update to its outcome. */
  apply: number;
}

/** Why a device in work is given up at `now`; undefined = it may go on. */
export function overdue(
  { state, since }: { state: TargetState; since: Date },
  patience: Patience,
  now: Date,
): string | undefined {
  const seconds = (now.getTime() - since.getTime()) / 1000;
  if (state === 'offered') return seconds >= patience.offer ? 'not-taken' : undefined;
  if (state === 'applying') return seconds >= patience.apply ? 'no-outcome' : undefined;
  if (state === 'pending' || isEnded(state)) return undefined;
  return seconds >= patience.download ? 'stalled' : undefined;
}
