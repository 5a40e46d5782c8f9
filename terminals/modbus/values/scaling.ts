/** Raw number ⇄ engineering value. */
export interface Scaling {
  apply(raw: number): number;
  /** The raw number nearest to a value, not yet held against the form. */
  undo(value: number): number;
  /** Two values closer than this are the same raw number. */
  readonly step: number;
  readonly plain: boolean;
}

/**
 * A factor such as 0.1 divides by 10 instead, so that 213 becomes 21.3 and not 21.3000…04: the decimal the device means.
 */
export function scalingOf(scale = 1, offset = 0): Scaling {
  const divisor = Math.round(1 / scale);
  const dividing = Math.abs(scale) < 1 && Math.abs(1 / scale - divisor) < 1e-9 * Math.abs(divisor);
  const decimals = Math.min(12, Math.ceil(Math.max(0, -Math.log10(Math.abs(scale)))) + 3);
  const clean = (value: number) => (Number.isInteger(offset) ? value : Number(value.toFixed(decimals)));
  return {
    apply: dividing ? (raw) => clean(raw / divisor + offset) : (raw) => clean(raw * scale + offset),
    undo: dividing ? (value) => (value - offset) * divisor : (value) => (value - offset) / scale,
    step: Math.abs(scale),
    plain: scale === 1 && offset === 0,
  };
}
