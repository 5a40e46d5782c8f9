/** When a probe's value is trouble, and when it is well again. `troubled` below `well` means: low is bad. */
export interface Limit {
  troubled: number;
  well: number;
  /** Seconds that it must hold, either way. */
  forSeconds: number;
  /** 1 (most severe) to 4. */
  severity: number;
  on: boolean;
}

/** A value in the probe's unit, and what else helps to understand it. */
export interface Reading {
  value: number;
  detail?: string;
}

/** A reading, or why there is none. */
export type Look = Reading | { failed: string };

export interface Condition {
  state: 'well' | 'troubled';
  since: Date;
  /** Since when the readings have been contradicting the state. */
  turningSince?: Date;
}

export const beyond = (value: number, { troubled, well }: Limit): boolean =>
  troubled >= well ? value >= troubled : value <= troubled;

const within = (value: number, { troubled, well }: Limit): boolean =>
  troubled >= well ? value <= well : value >= well;

/** A probe that cannot read is in trouble like one that reads too much: not to know is not to be well. */
function contradicts(state: Condition['state'], look: Look, limit: Limit): boolean {
  if ('failed' in look) return state === 'well';
  return state === 'well' ? beyond(look.value, limit) : within(look.value, limit);
}

/**
 * The condition after a look, with hysteresis: it turns when readings contradict it for `forSeconds`, and a value
 * between the two limits leaves it as it is. A probe that is switched off is well.
 */
export function judge(before: Condition, look: Look, limit: Limit, now: Date): Condition {
  const { state, since } = before;
  if (!limit.on) return state === 'well' ? { state, since } : { state: 'well', since: now };
  if (!contradicts(state, look, limit)) return { state, since };
  const turningSince = before.turningSince ?? now;
  if (now.getTime() - turningSince.getTime() < limit.forSeconds * 1000) return { state, since, turningSince };
  return { state: state === 'well' ? 'troubled' : 'well', since: now };
}
