import type { Severity } from './advisory.ts';

/** Where an asset stands with one advisory. `gone`: it no longer has the software, or is no longer in use. */
export type FindingState = 'affected' | 'patched' | 'gone';

/** `waived`: people cancelled the work, the risk is taken knowingly; nothing is opened again by itself. */
export type TaskState = 'open' | 'verified' | 'waived';

export interface Asset {
  /** `platform` or `thing`. */
  readonly kind: 'platform' | 'thing';
  readonly id: string;
  readonly label: string;
  readonly place: string;
  /** Assets of one group are patched by one task: the platform, or one family of things. */
  readonly group: string;
}

export interface Finding {
  readonly asset: Asset;
  readonly ecosystem: string;
  readonly package: string;
  readonly version: string;
  readonly fixed: string | null;
  readonly state: FindingState;
  /** When the asset said so. */
  readonly seenAt: Date;
}

export const isCleared = (findings: readonly Pick<Finding, 'state'>[]): boolean =>
  findings.every(({ state }) => state !== 'affected');

/** How far the work of a task has come, as its case says. */
export interface WorkState {
  readonly state: string;
  /** When the work was reported done, or ended without. */
  readonly doneAt: Date | null;
}

export type WorkStep = 'recover' | 'confirm' | 'close' | 'reopen';

const untouched = ['new', 'triaged', 'assigned', 'reopened'];
const begun = ['accepted', 'in-progress', 'waiting'];
/** An asset that has not told its version so long after the work is taken at its last word. */
const patience = 24 * 3600_000;

/**
 * What re-reading the versions does to the work: closes what is proven, opens again what was reported done and is not.
 * A word older than the work itself proves nothing against it, until it has been waited for long enough.
 */
export function stepsAfterReading(
  work: WorkState,
  findings: readonly Pick<Finding, 'state' | 'seenAt'>[],
  now: Date,
): WorkStep[] {
  if (isCleared(findings)) {
    if (untouched.includes(work.state)) return ['recover'];
    if (begun.includes(work.state)) return ['recover', 'confirm', 'close'];
    if (work.state === 'done') return ['confirm', 'close'];
    return work.state === 'confirmed' ? ['close'] : [];
  }
  if (!['done', 'confirmed', 'closed'].includes(work.state)) return [];
  const done = work.doneAt ?? now;
  const told = findings.some(({ state, seenAt }) => state === 'affected' && seenAt > done);
  return told || now.getTime() - done.getTime() >= patience ? ['reopen'] : [];
}

/** Critical and high ones are security events, the others maintenance. */
export const caseKindOf = (severity: Severity): string => (severity <= 2 ? 'security' : 'maintenance');

/** The smallest subtree that holds all of them. */
export function commonPlace(paths: readonly string[]): string {
  const [first = '', ...rest] = paths;
  let common = first;
  for (const path of rest) {
    while (!path.startsWith(common)) common = common.slice(0, common.lastIndexOf('/', common.length - 2) + 1);
  }
  return common;
}
