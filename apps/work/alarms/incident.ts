import type { TransferLevel } from '@keystead/contracts/labels';
import type { Dependency } from '@keystead/data/things';
import type { Severity } from './alarm.ts';

/** What all silence has in common, whatever rule noticed it. */
export const silence = 'platform:offline';

/** How an organisation wants alarms of one cause gathered. */
export interface Grouping {
  readonly enabled: boolean;
  /** Seconds: alarms that follow each other within this time may have one cause. */
  readonly window: number;
  /** Seconds after the end of an alarm that was told of, until those left under it are looked at. */
  readonly settle: number;
}

export const usualGrouping: Grouping = { enabled: true, window: 300, settle: 60 };

/** An incident takes no more alarms than this, and none after twelve windows. */
export const mostMembers = 5000;
export const longestWindows = 12;

/** What is looked at of an alarm when it is correlated. */
export interface Correlated {
  readonly severity: Severity;
  readonly transferLevel: TransferLevel;
  readonly symptom: string;
  readonly silenced: boolean;
}

/**
 * Level 3 stands for life, property and transactions: never under another alarm. A silenced alarm is told to nobody as
 * it is, and nobody must rely on it.
 */
export const standsAlone = (alarm: Pick<Correlated, 'transferLevel' | 'silenced'>): boolean =>
  alarm.silenced || alarm.transferLevel === 3;

/**
 * How many alarms of one symptom on one ground must stand before the next is gathered. Two burst pipes in one building
 * may be two troubles; a fourth one is a wave. Silence, and what is less grave, is gathered from the second on.
 */
export const standingBefore = ({ symptom, severity }: Pick<Correlated, 'symptom' | 'severity'>): number =>
  severity <= 2 && symptom !== silence ? 3 : 1;

/**
 * Whether an alarm of a thing explains another of a thing that leans on it. Silence explains; so does trouble of a
 * supply. What merely stands in a silent container or speaks through a silent gateway is explained in its silence only.
 */
export function explains(
  cause: Pick<Correlated, 'symptom' | 'severity'>,
  effect: Pick<Correlated, 'symptom'>,
  way: Pick<Dependency, 'supplied' | 'suppliedThroughout'>,
): boolean {
  const causes = cause.symptom === silence || (way.supplied && cause.severity <= 3);
  return causes && (way.suppliedThroughout || effect.symptom === silence);
}

/** `dependency`: the lead explains the others; `symptom`: the same was found in many places. */
export type IncidentKind = 'dependency' | 'symptom';

export interface Ranked {
  readonly id: string;
  readonly severity: Severity;
}

/** What an incident holds, as far as a reader sees it: alarms besides the lead, those active, the gravest of them. */
export interface IncidentFigures {
  id: string;
  lead: string;
  kind: IncidentKind;
  members: number;
  active: number;
  worst: Severity | null;
}

export interface Settled {
  /** The new lead; undefined = the old one stays. */
  readonly lead?: string;
  /** An alarm of which nobody was told and which must be told now. */
  readonly release?: string;
  readonly told: Severity;
}

/**
 * How an incident goes on with the alarms still active: `standing` were told of, gravest first, `hidden` is the gravest
 * of the others. Undefined when nothing is left of it. ∎ Of a live incident the gravest active alarm was told of, and
 * the lead is active.
 */
export function settled(lead: string, standing: readonly Ranked[], hidden: Ranked | undefined): Settled | undefined {
  const [gravest] = standing;
  const release = hidden && (!gravest || hidden.severity < gravest.severity) ? hidden : undefined;
  const first = release ?? gravest;
  if (!first) return undefined;
  const leads = standing.some((each) => each.id === lead);
  return {
    told: first.severity,
    ...(leads ? {} : { lead: (gravest ?? first).id }),
    ...(release ? { release: release.id } : {}),
  };
}
