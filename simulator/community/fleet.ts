import type { LockGrant } from '@keystead/contracts/lock';
import { chance, seedOf } from '@keystead/simulator/behaviour';
import type { SimulatedClock } from './clock.ts';
import { Device } from './device.ts';
import { type Figures, newFigures } from './figures.ts';
import type { Unit } from './inventory.ts';
import { Speaker } from './speaker.ts';

export interface FleetOptions {
  readonly port: number;
  readonly clock: SimulatedClock;
  readonly units: readonly Unit[];
  readonly tokens: Readonly<Record<string, string>>;
  /** What locks held when the process ended, by code. */
  readonly locks: Readonly<Record<string, readonly LockGrant[]>>;
}

const connectsASecond = 300;
const rampStep = 50; // ms
/** Connections under way at one time: more would only wait in line at the gateway. */
const mostOpening = 400;

/** All devices of the community and their connections. */
export class Fleet {
  readonly figures: Figures = newFigures();
  readonly speakers: readonly Speaker[];
  readonly #byCode = new Map<string, { device: Device; speaker: Speaker }>();
  #started = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor({ port, clock, units, tokens, locks }: FleetOptions) {
    const behind = Map.groupBy(
      units.filter((unit) => unit.gateway !== undefined),
      (unit) => unit.gateway ?? '',
    );
    // The first words come within a few seconds, later ones spread over the interval by themselves.
    const make = (unit: Unit) => {
      const device = new Device(unit, clock, Math.min(unit.interval, 15) * 1000 * chance(seedOf(unit.code), 5));
      device.memory?.restore(locks[unit.code] ?? []);
      return device;
    };
    const speakers: Speaker[] = [];
    for (const unit of units) {
      const token = tokens[unit.code];
      if (unit.gateway !== undefined || token === undefined) continue;
      const own = make(unit);
      const children = (behind.get(unit.code) ?? []).map(make);
      const speaker = new Speaker({ port, token, own, children, figures: this.figures, now: () => clock.real() });
      speakers.push(speaker);
      for (const device of speaker.devices) this.#byCode.set(device.unit.code, { device, speaker });
    }
    this.speakers = speakers;
  }

  get connected(): number {
    return this.speakers.reduce((sum, speaker) => sum + (speaker.connected ? 1 : 0), 0);
  }

  get devices(): number {
    return this.#byCode.size;
  }

  /** What locks hold now, by code; locks without a grant are left out. */
  grants(): Record<string, readonly LockGrant[]> {
    const held = [...this.#byCode].map(([code, { device }]) => [code, device.memory?.grants ?? []] as const);
    return Object.fromEntries(held.filter(([, grants]) => grants.length > 0));
  }

  find(code: string): { device: Device; speaker: Speaker } | undefined {
    return this.#byCode.get(code);
  }

  all(): IterableIterator<{ device: Device; speaker: Speaker }> {
    return this.#byCode.values();
  }

  /** Opens the connections a few at a time; calls back when the last one was begun. */
  start(): void {
    const turn = () => {
      const opening = this.#started - this.connected;
      const most = opening > mostOpening ? 0 : (connectsASecond * rampStep) / 1000;
      for (const speaker of this.speakers.slice(this.#started, this.#started + most)) {
        this.#started += 1;
        speaker.start();
      }
      if (this.#started < this.speakers.length) this.#timer = setTimeout(turn, rampStep);
    };
    turn();
  }

  stop(): void {
    clearTimeout(this.#timer);
    for (const speaker of this.speakers) speaker.stop();
  }
}
