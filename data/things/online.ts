import type { OnlineState } from './thing.ts';

/** When silence becomes absence: the model's expected interval and its grace after the last word (H-9.5.2-b-1). */
export const dueAfter = (heardMs: number, intervalSeconds: number, graceSeconds: number): number =>
  heardMs + (intervalSeconds + graceSeconds) * 1000;

/** Seconds a sign of life may wait in memory when the thing is known to be online: a part of its grace, at most five. */
export const contactPause = (graceSeconds: number): number => Math.min(5, Math.floor(graceSeconds / 4));

/** Never heard of = unknown; a state of its own, for it says nothing about the thing. */
export function onlineAt(due: Date | null, now: Date): OnlineState {
  if (due === null) return 'unknown';
  return due.getTime() <= now.getTime() ? 'offline' : 'online';
}

export interface OnlineCount {
  total: number;
  online: number;
  offline: number;
  unknown: number;
  /** Share of things heard of that are online, 0…1; null when none was ever heard. */
  rate: number | null;
}

/** H-7.1-c-1: the online rate counts only things that were ever heard; the others stand beside it. */
export function onlineCount(online: number, offline: number, unknown: number): OnlineCount {
  const heard = online + offline;
  return { total: heard + unknown, online, offline, unknown, rate: heard === 0 ? null : online / heard };
}

/** Weight of one beat in the share of lost ones: the last twenty or so decide. */
const beatWeight = 0.1;
/** Beats beyond these change nothing any more. */
const mostBeats = 100;

/**
 * Share of expected words that never came, 0…1, after one more came: `silence` seconds after the one before, where one
 * is expected each `interval` seconds (H-9.5.2-b-1). Words that come sooner than half an interval say nothing about loss.
 */
export function lossAfter(loss: number, silence: number, interval: number): number {
  if (silence < interval / 2) return loss;
  const missed = Math.min(mostBeats, Math.max(0, Math.round(silence / interval) - 1));
  const grown = 1 - (1 - loss) * (1 - beatWeight) ** missed;
  const next = grown * (1 - beatWeight);
  return next < 0.001 ? 0 : Math.round(next * 1e4) / 1e4;
}
