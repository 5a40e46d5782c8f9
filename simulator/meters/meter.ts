import { between, seedOf } from '@keystead/simulator/behaviour';

const hour = 3_600_000;
const day = 24 * hour;
/** Everything simulated here stands in this zone. */
export const zoneOffset = 8 * hour;
const epoch = Date.UTC(2025, 0, 1);

/** A stretch without power, ms since 1970: a meter neither answers nor freezes then. */
export type Cut = readonly [from: number, to: number];

/** One meter: what it has counted, what its clock shows, where its valve or relay stands. */
export class SimulatedMeter {
  readonly address: string;
  /** Seconds its clock is ahead. */
  drift = 0;
  silent = false;
  cuts: Cut[] = [];
  /** True = flows: valve open, relay closed. */
  flows = true;
  /** Orders to valve or relay it has obeyed. */
  orders = 0;
  clockSet = 0;
  /** ms a valve or relay takes to move; 0 = at once; negative = it is stuck. */
  moving = 0;
  #moveTo: { flows: boolean; at: number } | undefined;
  readonly #start: number;
  readonly #perHour: number;

  constructor(address: string) {
    this.address = address;
    const seed = seedOf(address);
    this.#start = Math.floor(between(seed, 1, 0, 50_000));
    this.#perHour = between(seed, 2, 1, 40);
  }

  /** Hundredths of its unit counted at `time`. */
  register(time: number): number {
    return this.#start + Math.floor(((time - epoch) / hour) * this.#perHour);
  }

  /** What its clock shows at `time`, as ms that read as UTC. */
  wall(time: number): number {
    return time + this.drift * 1000 + zoneOffset;
  }

  /** Sets its clock so that it shows `wall` at `time`. */
  setWall(wall: number, time: number): void {
    this.drift = Math.round((wall - zoneOffset - time) / 1000);
    this.clockSet++;
  }

  isOn(time: number): boolean {
    return !this.silent && !this.cuts.some(([from, to]) => time >= from && time < to);
  }

  order(flows: boolean): void {
    this.orders++;
    if (this.moving >= 0) this.#moveTo = { flows, at: performance.now() + this.moving };
  }

  /** Where valve or relay stands at this moment. */
  standing(): boolean {
    if (this.#moveTo && performance.now() >= this.#moveTo.at) {
      this.flows = this.#moveTo.flows;
      this.#moveTo = undefined;
    }
    return this.flows;
  }

  /** The midnights (of its own clock) it has frozen, newest first: as it reads them, and what it had counted. */
  freezes(time: number, most: number): { wall: number; register: number }[] {
    const found: { wall: number; register: number }[] = [];
    let wall = Math.floor(this.wall(time) / day) * day;
    for (let looked = 0; looked < 400 && found.length < most; looked++, wall -= day) {
      const then = wall - zoneOffset - this.drift * 1000;
      if (!this.cuts.some(([from, to]) => then >= from && then < to))
        found.push({ wall, register: this.register(then) });
    }
    return found;
  }
}
