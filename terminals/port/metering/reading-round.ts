import { zoneOffset } from '@keystead/contracts/calendar';

export interface RoundPlan {
  /** Seconds from one reading of every meter to the next, counted from local midnight. */
  readonly every: number;
  /** Seconds from the start of a slot in which its readings are taken; what is not read by then is missed. */
  readonly window: number;
  /** Times a meter is tried in one slot. */
  readonly attempts: number;
  /** Seconds until a meter that failed is tried again; doubles with each failure. */
  readonly retryAfter: number;
}

interface Waiting {
  readonly device: string;
  readonly from: number;
  readonly tries: number;
}

export interface RoundFigures {
  /** Readings that were to be taken in the slots that are over, of those taken and of those missed. */
  readonly taken: number;
  readonly missed: number;
}

/**
 * Whose turn it is on one line (H-6.4-b-2). Each slot asks every meter once, in order; who fails goes to the end and is
 * tried again while the window is open, so that a silent meter never keeps the others waiting. Pure: told the time.
 */
export class ReadingRound {
  readonly #devices: readonly string[];
  readonly #plan: RoundPlan;
  readonly #zone: string;
  #slot = Number.NaN;
  #end = 0;
  #waiting: Waiting[] = [];
  #open = 0;
  #taken = 0;
  #missed = 0;

  constructor(devices: readonly string[], plan: RoundPlan, zone: string) {
    this.#devices = devices;
    this.#plan = plan;
    this.#zone = zone;
  }

  get figures(): RoundFigures {
    return { taken: this.#taken, missed: this.#missed };
  }

  /** Start of the slot now running, ms since 1970. */
  slot(now: number): number {
    const every = this.#plan.every * 1000;
    const offset = zoneOffset(this.#zone, now);
    return Math.floor((now + offset) / every) * every - offset;
  }

  /** The meter to be read now, taken out of the queue: `done` or `failed` must follow. */
  next(now: number): { device: string; tries: number } | undefined {
    this.#turn(now);
    if (now >= this.#end) {
      this.#close();
      return undefined;
    }
    const at = this.#waiting.findIndex(({ from }) => from <= now);
    return at < 0 ? undefined : this.#waiting.splice(at, 1)[0];
  }

  done(): void {
    this.#taken++;
    this.#open--;
  }

  failed(device: string, tries: number, now: number): void {
    const again = tries + 1;
    if (again >= this.#plan.attempts) {
      this.#missed++;
      this.#open--;
      return;
    }
    const from = now + this.#plan.retryAfter * 1000 * 2 ** tries;
    this.#waiting.push({ device, from, tries: again });
  }

  /** A new slot begins; on opening the running one counts as just begun, so that nobody waits for the first values. */
  #turn(now: number): void {
    const slot = this.slot(now);
    if (slot === this.#slot) return;
    this.#close();
    const late = Number.isNaN(this.#slot);
    this.#slot = slot;
    this.#end = Math.min((late ? now : slot) + this.#plan.window * 1000, slot + this.#plan.every * 1000);
    this.#waiting = this.#devices.map((device) => ({ device, from: 0, tries: 0 }));
    this.#open = this.#devices.length;
  }

  #close(): void {
    this.#missed += this.#open;
    this.#open = 0;
    this.#waiting = [];
  }
}
