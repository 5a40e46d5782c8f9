import { clockOf, localTime } from '@keystead/contracts/calendar';
import { problem } from '@keystead/contracts/problem';
import type { ThingModel } from '@keystead/contracts/thing-model';
import type { Patience } from './target.ts';

export const campaignStates = ['awaiting-approval', 'running', 'paused', 'completed', 'cancelled', 'refused'] as const;
export type CampaignState = (typeof campaignStates)[number];

export class CampaignMissing extends problem('firmware-campaign-missing', 404) {}
/** The campaign is not in a state where this can be done. */
export class CampaignStepRefused extends problem('firmware-campaign-step-refused', 409) {}
/** Nothing is left to update: wrong model, in another campaign, or up to date. */
export class AudienceEmpty extends problem('firmware-audience-empty', 422) {}
export class AudienceTooLarge extends problem('firmware-audience-too-large', 422) {}
/** Not the number of devices the preview showed. */
export class AudienceChanged extends problem('firmware-audience-changed', 409) {}
/** Whoever updates devices that matter to life says why. */
export class CampaignReasonMissing extends problem('firmware-reason-missing', 422) {}
/** The waves do not grow, or the window is no time of the day. */
export class CampaignPlanInvalid extends problem('firmware-plan-invalid', 422) {}

/** Up to how many devices, or how many of a hundred, a wave reaches together with those before it. */
export type WaveStep = { devices: number } | { percent: number };

export interface TimeWindow {
  /** `HH:MM` on the clock of the site; `until` before `from` = over midnight. */
  from: string;
  until: string;
  /** 1 = Monday … 7 = Sunday, of the day the window begins on; all when absent. */
  weekdays?: number[];
  /** IANA name of the site's zone. */
  zone: string;
}

export interface CampaignPlan {
  /** The last wave is always the rest. */
  waves: WaveStep[];
  window?: TimeWindow;
  /** Downloads under way at one time. */
  parallel: number;
  /** Share of a wave (0…1) that may fail; beyond it the campaign is held. */
  failures: number;
  /** Seconds between the end of a wave and the next; whoever falls silent in them has failed. */
  soak: number;
  patience: Patience;
}

/** How many devices each wave has; empty ones are left out. */
export function waveSizes(total: number, steps: readonly WaveStep[]): number[] {
  const sizes: number[] = [];
  let reached = 0;
  for (const step of [...steps, { percent: 100 }]) {
    const upTo = 'devices' in step ? step.devices : Math.ceil((total * step.percent) / 100);
    const size = Math.min(upTo, total) - reached;
    if (size <= 0) continue;
    sizes.push(size);
    reached += size;
  }
  return sizes;
}

/** Throws CampaignPlanInvalid. */
export function checkPlan({ window }: Pick<CampaignPlan, 'window'>): void {
  if (!window) return;
  const [from, until] = [clockOf(window.from), clockOf(window.until)];
  if (from === undefined || until === undefined || from === until)
    throw new CampaignPlanInvalid({ window: `${window.from}–${window.until}` });
}

/** Whether devices may be offered an update at `now`, by the clock of the site. */
export function isOpen(window: TimeWindow | undefined, now: Date): boolean {
  if (!window) return true;
  const [from = 0, until = 0] = [clockOf(window.from), clockOf(window.until)];
  const { inDay, weekday } = localTime(window.zone, now.getTime());
  const on = (day: number) => window.weekdays === undefined || window.weekdays.includes(day);
  if (from < until) return inDay >= from && inDay < until && on(weekday);
  // Over midnight: the small hours belong to the day before.
  return (inDay >= from && on(weekday)) || (inDay < until && on(weekday === 1 ? 7 : weekday - 1));
}

/** So many have failed that the wave cannot stay within its limit any more, whatever the others do. */
export const isTooBad = (failed: number, size: number, limit: number): boolean => size > 0 && failed / size > limit;

export const approvalReasons = ['life-safety', 'dangerous-services', 'edge-agents', 'many-devices'] as const;
export type Danger = (typeof approvalReasons)[number];
const many = 200;

/** Why a second person has to agree to updating these; none = nobody has to. */
export function dangersOf(models: readonly ThingModel[], devices: number): Danger[] {
  const found = new Set<Danger>();
  for (const model of models) {
    const urgent = [...model.properties, ...model.events].some(({ transferLevel }) => transferLevel === 3);
    if (urgent) found.add('life-safety');
    if (model.services.some(({ risk }) => risk === 'dangerous' || risk === 'vital')) found.add('dangerous-services');
    if (model.family === 'edge-agent') found.add('edge-agents');
  }
  if (devices >= many) found.add('many-devices');
  return approvalReasons.filter((each) => found.has(each));
}
