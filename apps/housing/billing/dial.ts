import { share } from './calculation.ts';

/** A reading of a dial: thousandths of the unit; only what can be trusted gets here. */
export interface DialReading {
  /** ms since 1970. */
  readonly at: number;
  readonly value: number;
}

export interface Exchange {
  readonly at: number;
  readonly oldEnd: number;
  readonly newBegin: number;
}

export type DialRule = 'exact' | 'between' | 'carried' | 'following' | 'continued' | 'estimated';

export interface Stand {
  readonly value: number;
  readonly rule: DialRule;
}

const minute = 60_000;
/** Readings this close to the instant count as read on the dot. */
const onTheDot = 15 * minute;
/** Two readings further apart than this say nothing of what was between them. */
const widest = 48 * 60 * minute;
/** A single reading is taken for the instant up to this age. */
const stale = 24 * 60 * minute;

/**
 * Where a dial stood at an instant, by the readings before and after it: the one on the dot; else in proportion to time between two that
 * are at most 48 h apart; else, once nothing more is waited for (`final`), the last one before or the first one after within 24 h.
 * Readings on the other side of an exchange are of another meter and do not count. Undefined = not known (yet).
 */
export function standAt(
  instant: number,
  readings: readonly DialReading[],
  exchanges: readonly Exchange[],
  final: boolean,
): Stand | undefined {
  const barrierBefore = Math.max(-Infinity, ...exchanges.map(({ at }) => at).filter((at) => at <= instant));
  const barrierAfter = Math.min(Infinity, ...exchanges.map(({ at }) => at).filter((at) => at > instant));
  const own = readings.filter(({ at }) => at >= barrierBefore && at < barrierAfter);
  const before = own
    .filter(({ at }) => at <= instant)
    .reduce<DialReading | undefined>((a, b) => (a && a.at > b.at ? a : b), undefined);
  const after = own
    .filter(({ at }) => at > instant)
    .reduce<DialReading | undefined>((a, b) => (a && a.at <= b.at ? a : b), undefined);
  if (before && instant - before.at <= onTheDot) return { value: before.value, rule: 'exact' };
  if (after && after.at - instant <= onTheDot) return { value: after.value, rule: 'exact' };
  // A dial that fell between the two was rolled over or exchanged: nothing lies in proportion between them.
  if (before && after && after.at - before.at <= widest && after.value >= before.value)
    return {
      value: before.value + share(after.value - before.value, instant - before.at, after.at - before.at),
      rule: 'between',
    };
  if (!final) return undefined;
  if (before && instant - before.at <= stale) return { value: before.value, rule: 'carried' };
  if (after && after.at - instant <= stale) return { value: after.value, rule: 'following' };
  return undefined;
}

/**
 * What was used between two stands: over exchanges piece by piece; a fall without one is a dial that rolled over when it was in its
 * last tenth and what comes out is at most a tenth of the dial. Undefined = the fall has no explanation.
 */
export function usedBetween(
  begin: number,
  end: number,
  exchanges: readonly Exchange[],
  dial: number,
): number | undefined {
  const marks = [...exchanges].sort((a, b) => a.at - b.at);
  let [from, used] = [begin, 0];
  for (const { oldEnd, newBegin } of marks) {
    const piece = rise(from, oldEnd, dial);
    if (piece === undefined) return undefined;
    used += piece;
    from = newBegin;
  }
  const rest = rise(from, end, dial);
  return rest === undefined ? undefined : used + rest;
}

function rise(from: number, to: number, dial: number): number | undefined {
  if (to >= from) return to - from;
  const over = dial - from + to;
  return from >= dial * 0.9 && over <= dial / 10 ? over : undefined;
}

/** Days and what was used in them, of earlier months that were read. */
export interface EarlierUse {
  readonly days: number;
  readonly quantity: number;
}

/** What so many days may have used: the mean of a day over the earlier months given. Undefined without any. */
export function estimated(earlier: readonly EarlierUse[], days: number): number | undefined {
  const total = earlier.reduce((sum, each) => sum + each.days, 0);
  if (total === 0) return undefined;
  return share(
    earlier.reduce((sum, { quantity }) => sum + quantity, 0),
    days,
    total,
  );
}

/** A dial of water, gas or heat has five places, one of electricity six, before it begins anew; thousandths of the unit. */
export const dialOf = (subject: string): number => (subject === 'electricity' ? 1_000_000_000 : 100_000_000);
