const turns = { counter32: 2n ** 32n, counter64: 2n ** 64n } as const;

/**
 * Counters that go on over their wrap. One that falls has wrapped, unless its device was started anew in between: then it
 * begins again. Only since the channel was opened; the device keeps no count of wraps.
 */
export class Counters {
  readonly #last = new Map<string, { raw: bigint; before: bigint }>();
  #upTime = 0;

  /** Time since the device was started, in hundredths of a second; it wraps itself after 497 days. */
  started(upTime: number): void {
    const nearWrap = this.#upTime > 2 ** 32 - 360_000;
    if (upTime < this.#upTime && !nearWrap) this.#last.clear();
    this.#upTime = upTime;
  }

  continued(name: string, value: number | string, kind: keyof typeof turns): number | string {
    const raw = BigInt(value);
    const last = this.#last.get(name) ?? { raw, before: 0n };
    const before = raw < last.raw ? last.before + turns[kind] : last.before;
    this.#last.set(name, { raw, before });
    const sum = before + raw;
    return sum <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(sum) : sum.toString();
  }
}
