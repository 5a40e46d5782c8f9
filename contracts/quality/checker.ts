import { type QualityCode, quality } from '@keystead/contracts/telemetry';
import type { ThingModel } from '@keystead/contracts/thing-model';
import { type Limits, limitsOf, propertiesOf, type QualityProperty } from './plan.ts';

/** A device clock may be this far ahead of ours, µs. */
export const clockSkew = 5 * 60 * 1_000_000;
/** No device of ours measured before 2000-01-01T00:00:00Z, µs. */
export const earliestTime = Date.UTC(2000, 0, 1) * 1000;

/** Falling readings in a row, none below the one before, after which a counter is taken to have been reset or replaced. */
const resetAfter = 3;

// What is remembered of one slot: six doubles, NaN = nothing yet.
const width = 6;
const goodValue = 0;
const goodTime = 1;
/** Event time of the last change of the value. */
const changeTime = 2;
/** Last value that had fallen. */
const fallenValue = 3;
/** How many fell in a row. */
const fallen = 4;
/** 1 when a second good value agreed with the remembered one. */
const confirmed = 5;

/**
 * The quality of one thing's points, in the order they arrive. Holds six numbers for each checked property and
 * allocates nothing per point.
 */
export class ThingQuality {
  private readonly limits: Limits;
  private readonly memory: Float64Array;

  constructor(limits: Limits) {
    this.limits = limits;
    this.memory = new Float64Array(limits.slots * width).fill(Number.NaN);
  }

  /**
   * Judges one point: `value` as converted, `time` its event time and `received` the receive time, µs since 1970.
   * The first reason found counts: clock, range, fell, rate, stuck. Suspect values are judged, never changed, and are
   * not what later values are compared with.
   */
  check(key: number, value: number, time: number, received: number): QualityCode {
    if (!(time <= received + clockSkew) || time < earliestTime) return quality.suspectClock;
    const slot = this.limits.slotOf[key] ?? -1;
    if (slot < 0 || Number.isNaN(value)) return quality.good;
    if (value < (this.limits.min[slot] as number) || value > (this.limits.max[slot] as number)) {
      return quality.suspectRange;
    }
    return this.against(slot, value, time);
  }

  /** Compares with the last good value. A late point is compared too but is not remembered. */
  private against(slot: number, value: number, time: number): QualityCode {
    const { memory, limits } = this;
    const at = slot * width;
    const reference = memory[at + goodValue] as number;
    const elapsed = time - (memory[at + goodTime] as number);
    if (Number.isNaN(elapsed)) {
      this.remember(at, value, time, time, 0);
      return quality.good;
    }
    const change = value - reference;
    const slack = limits.slack[slot] as number;
    if (limits.cumulative[slot] === 1 && (elapsed >= 0 ? change < -slack : change > slack)) {
      if (elapsed >= 0) this.fell(at, value, time);
      return quality.suspectFell;
    }
    if (Math.abs(change) > (limits.maxRate[slot] as number) * Math.abs(elapsed) + slack) {
      // Of two first values that contradict each other nobody knows which is wrong: the later one is tried next.
      if (memory[at + confirmed] === 0 && elapsed > 0) this.remember(at, value, time, time, 0);
      return quality.suspectRate;
    }
    if (elapsed < 0) return quality.good;
    const still = change === 0 ? (memory[at + changeTime] as number) : time;
    this.remember(at, value, time, still, 1);
    return time - still > (limits.maxStill[slot] as number) ? quality.suspectStuck : quality.good;
  }

  private remember(at: number, value: number, time: number, changed: number, sure: 0 | 1): void {
    const { memory } = this;
    memory[at + goodValue] = value;
    memory[at + goodTime] = time;
    memory[at + changeTime] = changed;
    memory[at + fallen] = 0;
    memory[at + confirmed] = sure;
  }

  private fell(at: number, value: number, time: number): void {
    const { memory } = this;
    const before = memory[at + fallen] as number;
    const count = before > 0 && value >= (memory[at + fallenValue] as number) ? before + 1 : 1;
    memory[at + fallen] = count;
    memory[at + fallenValue] = value;
    if (count >= resetAfter) this.remember(at, value, time, time, 1);
  }
}

export interface QualityPlan {
  /** By wire name; a name not in it is an unknown property. */
  readonly properties: ReadonlyMap<string, QualityProperty>;
  /** A checker for one thing, without memory yet. */
  start(): ThingQuality;
}

/** Prepares the quality rules of one model version; one plan serves all its things. */
export function compileQuality(model: Pick<ThingModel, 'properties'>): QualityPlan {
  const limits = limitsOf(model);
  return { properties: propertiesOf(model), start: () => new ThingQuality(limits) };
}
