/** The numbers of the last requests taken, so that none is taken twice (RFC 8613 §7.4). 32 wide. */
export class ReplayWindow {
  #highest = -1;
  /** Bit n: `highest - n` was seen. */
  #seen = 0;

  isNew(number: number): boolean {
    if (number > this.#highest) return true;
    const back = this.#highest - number;
    return back < 32 && (this.#seen & (1 << back)) === 0;
  }

  /** Only after the message was found genuine. */
  note(number: number): void {
    const ahead = number - this.#highest;
    if (ahead <= 0) this.#seen |= 1 << -ahead;
    else {
      this.#seen = ahead < 32 ? (this.#seen << ahead) | 1 : 1;
      this.#highest = number;
    }
  }

  /** From here on nothing up to `number` is taken. */
  startAt(number: number): void {
    this.#highest = number;
    this.#seen = -1;
  }
}
