import { LockMemory } from '@keystead/contracts/lock';
import { between, type Course, type Occurrence, seedOf, type Values } from '@keystead/simulator/behaviour';
import type { SimulatedClock } from './clock.ts';
import { type Disturbance, disturbances, type FaultKind } from './disturbance.ts';
import type { Unit } from './inventory.ts';
import { Switches } from './switches.ts';

interface Suffering {
  readonly kind: FaultKind;
  readonly what: Disturbance;
  /** Real ms. */
  began: number;
  /** Events of it told so far. */
  told: number;
  readonly first: Values;
}

/** What a device has to say at one moment; times are real ms. */
export interface Word {
  readonly at: number;
  readonly values: Values;
  readonly events: readonly Occurrence[];
}

const leastInterval = 1_000; // ms, however fast time runs

/** One device: its undisturbed course, what somebody set on it, and the faults it suffers. */
export class Device {
  readonly unit: Unit;
  readonly switches: Switches;
  /** What a lock holds; other devices have none. */
  readonly memory: LockMemory | undefined;
  readonly #course: Course;
  readonly #clock: SimulatedClock;
  readonly #suffers: Suffering[] = [];
  /** Events to be told besides the course's own. */
  #more: Occurrence[] = [];
  #saidUpTo: number;
  #reports = 0;
  #reportedAt = 0;
  #nextReport: number;

  /** `delay`: ms until its first report. */
  constructor(unit: Unit, clock: SimulatedClock, delay: number) {
    this.unit = unit;
    this.switches = new Switches(unit.family);
    this.memory = unit.family === 'lock' ? new LockMemory() : undefined;
    this.#course = unit.course();
    this.#clock = clock;
    this.#saidUpTo = clock.now();
    this.#nextReport = clock.real() + delay;
  }

  get silent(): boolean {
    return this.#suffers.some(({ what }) => what.silent);
  }

  get faults(): FaultKind[] {
    return this.#suffers.map(({ kind }) => kind);
  }

  /** Readings at a past real moment, undisturbed: for back-filling. */
  past(real: number): Values {
    return this.#course.values(this.#clock.at(real));
  }

  pastEvents(from: number, to: number): Occurrence[] {
    const shift = this.#clock.at(from) - from;
    return this.#course.events(from + shift, to + shift).map((one) => ({ ...one, at: one.at - shift }));
  }

  /** What it counts and measures without anybody's doing. */
  undisturbed(): Values {
    return this.#course.values(this.#clock.now());
  }

  /** A fault begins; one that it suffers already begins anew. */
  suffer(kind: FaultKind): void {
    this.#drop(kind);
    this.#suffers.push({ kind, what: disturbances[kind], began: this.#clock.real(), told: 0, first: this.values() });
    this.#nextReport = this.#clock.real();
  }

  /** A fault goes over into its end. False when the device does not suffer it. */
  recover(kind: FaultKind): boolean {
    const one = this.#suffers.find((each) => each.kind === kind);
    if (!one) return false;
    const now = this.#clock.real();
    one.began = Math.min(one.began, now - (one.what.lasts - one.what.fades) * 1000);
    // What had not happened yet will not happen any more.
    one.told = one.what.events?.length ?? 0;
    this.#nextReport = now;
    return true;
  }

  /** Tells something and its state at the next turn. */
  tell(event: string, data?: Record<string, unknown>): void {
    this.#more.push({ at: this.#clock.real(), event, ...(data && { data }) });
    this.#nextReport = this.#clock.real();
  }

  reportSoon(): void {
    this.#nextReport = this.#clock.real();
  }

  values(): Values {
    const now = this.#clock.real();
    let values = this.switches.apply(this.undisturbed(), now);
    for (const { what, began, first } of this.#suffers)
      if (what.bend) values = what.bend(values, (now - began) / 1000, first);
    return values;
  }

  /** Real ms when it wants to speak next. */
  due(): number {
    const now = this.#clock.now();
    const ahead = this.unit.interval * 1000 * Math.max(1, this.#clock.speed);
    const [next] = this.#course.events(this.#saidUpTo, now + ahead);
    const happens = next ? this.#clock.real() + this.#clock.until(next.at) : Number.POSITIVE_INFINITY;
    const suffered = this.#suffers.map(({ what, began, told }) => {
      const event = what.events?.[told];
      return began + Math.min(what.lasts, event?.after ?? what.lasts) * 1000;
    });
    const { relocks } = this.switches;
    const bolts = relocks > this.#reportedAt ? relocks : Number.POSITIVE_INFINITY;
    return Math.min(this.#nextReport, happens, bolts, ...suffered);
  }

  /** Everything it has to say now. */
  speak(): Word {
    const at = this.#clock.real();
    const now = this.#clock.now();
    this.#reportedAt = at;
    const events = [...this.#happened(now, at), ...this.#more, ...this.#suffered(at)];
    this.#more = [];
    const every = this.#suffers.reduce(
      (least, { what }) => Math.min(least, (what.every ?? 3600) * 1000),
      Number.POSITIVE_INFINITY,
    );
    const usual = this.#clock.speed === 0 ? Number.POSITIVE_INFINITY : (this.unit.interval * 1000) / this.#clock.speed;
    // The first report comes soon; the second anywhere in the interval, so that not all meters speak at one time.
    const share = this.#reports++ === 0 ? between(seedOf(this.unit.code), 9, 0.2, 1) : 1;
    this.#nextReport = at + Math.max(leastInterval, Math.min(usual * share, every));
    return { at, values: this.values(), events: events.sort((a, b) => a.at - b.at) };
  }

  #happened(now: number, at: number): Occurrence[] {
    const events = this.#course.events(this.#saidUpTo, now);
    this.#saidUpTo = now;
    const speed = this.#clock.speed || 1;
    return events.map((one) => ({ ...one, at: Math.round(at - (now - one.at) / speed) }));
  }

  /** Events of the faults that are due; faults that are over are dropped. */
  #suffered(at: number): Occurrence[] {
    const events: Occurrence[] = [];
    for (const one of [...this.#suffers]) {
      const { what, began, kind } = one;
      for (
        let next = what.events?.[one.told];
        next && at >= began + next.after * 1000;
        next = what.events?.[one.told]
      ) {
        one.told += 1;
        events.push({ at, event: next.event, ...(next.data && { data: next.data }) });
      }
      if (at < began + what.lasts * 1000) continue;
      if (what.closing) events.push({ at, event: what.closing.event });
      this.#drop(kind);
    }
    return events;
  }

  #drop(kind: FaultKind): void {
    const index = this.#suffers.findIndex((each) => each.kind === kind);
    if (index >= 0) this.#suffers.splice(index, 1);
  }
}
