import { isZone, localTime } from '@keystead/contracts/calendar';
import { InputInvalid, Overloaded, Problem } from '@keystead/contracts/problem';
import type { Channel, ChannelHost } from '../channel.ts';
import type { FrameForm } from '../line/frame-scanner.ts';
import { countLinks, type LinkCounter } from '../links.ts';
import { ChecksumWrong, CommitFailed, DeviceSilent, MethodUnknown, refuse } from '../refusal.ts';
import type { Meter, MeterReading } from './meter.ts';
import { PastWalk } from './past-walk.ts';
import { ReadingRound, type RoundFigures } from './reading-round.ts';
import type { MeterLineSettings } from './settings.ts';
import { type Talk, TalkLine } from './talk.ts';

interface Waiting {
  run(): Promise<void>;
}

/** What the line remembers of one meter. */
interface Known {
  readonly meter: Meter;
  readonly walk: PastWalk | undefined;
  /** Slot in which it was last read. */
  readSlot: number;
  /** ms since 1970 before which its past is not asked for. */
  pastFrom: number;
  pastFailures: number;
  clockSetAt: number;
}

const callsWaiting = 200;
const idle = 100; // ms between two looks at the clock
const exchangeBudget = 120_000; // ms for one reading, however many questions it takes
const clockSetEvery = 3_600_000;
const midnightRest = 300_000; // around midnight freezes are being made and renumbered

/** Seconds a meter's clock is ahead. */
const driftOf = ({ shown, at }: NonNullable<MeterReading['clock']>): number => Math.round((shown - at) / 1000);

/**
 * A line of meters: every meter read once a slot with retries inside the window (H-6.4-b-2), what was missed fetched
 * later from the meters' freezes (H-6.4-c-2, H-6.4-b-4), clocks measured at each reading and set when off (H-6.4-b-3),
 * calls ahead of everything. One question at a time.
 */
export class MeterLine implements Channel {
  readonly #settings: MeterLineSettings;
  readonly #host: ChannelHost;
  readonly #links: LinkCounter;
  readonly #line: TalkLine;
  readonly #round: ReadingRound;
  readonly #known: Map<string, Known>;
  readonly #calls: Waiting[] = [];
  readonly #closing = new AbortController();
  readonly #work: Promise<void>;
  #wake: () => void = () => undefined;

  /** Throws `InputInvalid` for a zone nobody knows. */
  constructor(settings: MeterLineSettings, form: FrameForm, meters: ReadonlyMap<string, Meter>, host: ChannelHost) {
    if (!isZone(settings.zone)) throw new InputInvalid({}, [{ pointer: '/zone', code: 'unknown' }]);
    this.#settings = settings;
    this.#host = host;
    this.#links = countLinks(host.clock, meters.keys());
    const known = ([name, meter]: [string, Meter]): [string, Known] => {
      const walk = meter.past && new PastWalk(meter.past.periods);
      return [name, { meter, walk, readSlot: 0, pastFrom: 0, pastFailures: 0, clockSetAt: Number.NEGATIVE_INFINITY }];
    };
    this.#known = new Map([...meters].map(known));
    this.#round = new ReadingRound([...meters.keys()], settings.schedule, settings.zone);
    this.#line = new TalkLine(settings.line, form, settings, {
      links: this.#links,
      now: () => this.#now(),
      log: host.log,
      damaged: (bytes, device) => host.refuse(refuse(ChecksumWrong), bytes, device || undefined),
      up: () => this.#wake(),
    });
    this.#work = this.#run();
  }

  /** How the slots went since the line was opened. */
  get figures(): RoundFigures {
    return this.#round.figures;
  }

  links(): ReturnType<Channel['links']> {
    return this.#links.all();
  }

  async call(device: string, method: string, params: unknown, deadline: number): Promise<unknown> {
    const known = this.#known.get(device);
    if (!known) throw new MethodUnknown({ device, method });
    if (this.#calls.length >= callsWaiting) throw new Overloaded({ calls: callsWaiting });
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        run: async () => {
          clearTimeout(timer);
          const talk = this.#line.talk(device, deadline - (performance.now() - began), true);
          try {
            const { reply, reading } = await known.meter.call(talk, method, params);
            if (reading) await this.#hand(device, reading, this.#now());
            resolve(reply);
          } catch (cause) {
            reject(cause);
          }
        },
      };
      const timer = setTimeout(() => {
        const at = this.#calls.indexOf(waiting);
        if (at >= 0) this.#calls.splice(at, 1);
        reject(new DeviceSilent({ device }));
      }, deadline);
      this.#calls.push(waiting);
      this.#wake();
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#wake();
    await this.#line.close();
    await this.#work;
  }

  #now(): number {
    return this.#host.clock.now().getTime();
  }

  async #run(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      const step = this.#line.open ? this.#step(this.#now()) : undefined;
      if (step) await step();
      else await this.#rest();
    }
    for (const { run } of this.#calls.splice(0)) await run();
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, idle);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** What is to be done now: calls, then the slot's readings, then the past. */
  #step(now: number): (() => Promise<void>) | undefined {
    const call = this.#calls.shift();
    if (call) return () => call.run();
    const turn = this.#round.next(now);
    if (turn) return () => this.#read(turn.device, turn.tries);
    for (const [device, known] of this.#known) {
      const number = this.#pastNumber(known, now);
      if (number !== undefined) return () => this.#readPast(device, known, number);
    }
    return undefined;
  }

  async #read(device: string, tries: number): Promise<void> {
    const known = this.#known.get(device);
    if (!known) return;
    const talk = this.#line.talk(device, exchangeBudget);
    try {
      const reading = await known.meter.read(talk);
      await this.#hand(device, reading, this.#now());
      this.#round.done();
      known.readSlot = this.#round.slot(this.#now());
      await this.#keepClock(device, known, talk, reading);
    } catch (cause) {
      this.#failed(device, cause);
      this.#round.failed(device, tries, this.#now());
    }
  }

  /** Sets a clock that is too far off, at most once an hour, and tells what it shows after that. */
  async #keepClock(device: string, known: Known, talk: Talk, { clock }: MeterReading): Promise<void> {
    const { limit, correct } = this.#settings.clock;
    if (!clock || !correct || !known.meter.setClock) return;
    const drift = driftOf(clock);
    const now = this.#now();
    if (Math.abs(drift) <= limit || now - known.clockSetAt < clockSetEvery) return;
    known.clockSetAt = now;
    try {
      await known.meter.setClock(talk, drift);
      const after = await known.meter.read(talk);
      await this.#hand(device, after, this.#now());
      this.#host.log.info({ device, drift }, 'meter clock set');
    } catch (cause) {
      this.#failed(device, cause);
    }
  }

  #pastNumber({ walk, readSlot, pastFrom }: Known, now: number): number | undefined {
    if (!walk || now < pastFrom || readSlot !== this.#round.slot(now)) return undefined;
    const { inDay } = localTime(this.#settings.zone, now);
    if (inDay < midnightRest || inDay > 86_400_000 - midnightRest) return undefined;
    return walk.next(now);
  }

  async #readPast(device: string, known: Known, number: number): Promise<void> {
    const { walk, meter } = known;
    if (!walk || !meter.past) return;
    const nextSlot = this.#round.slot(this.#now()) + this.#settings.schedule.every * 1000;
    try {
      const entry = await meter.past.entry(this.#line.talk(device, exchangeBudget), number);
      const now = this.#now();
      if (entry && walk.wants(entry, now)) await this.#take(device, { time: entry.time, values: entry.values });
      known.pastFailures = 0;
      if (!walk.took(entry, now)) known.pastFrom = nextSlot;
    } catch (cause) {
      this.#failed(device, cause);
      known.pastFailures++;
      const { attempts, retryAfter } = this.#settings.schedule;
      if (known.pastFailures < attempts) known.pastFrom = this.#now() + retryAfter * 1000;
      else {
        known.pastFailures = 0;
        known.pastFrom = nextSlot;
        walk.restart();
      }
    }
  }

  /** Hands a reading on, with how far the meter's clock is ahead of ours, in seconds. */
  async #hand(device: string, { values, clock, refused }: MeterReading, now: number): Promise<void> {
    for (const one of refused ?? []) this.#host.refuse(one, new Uint8Array(0), device);
    const told = clock === undefined ? values : { ...values, clockDrift: driftOf(clock) };
    if (Object.keys(told).length > 0) await this.#take(device, { time: now * 1000, values: told });
  }

  #take(device: string, reading: { time: number; values: Record<string, unknown> }): Promise<void> {
    return this.#host.take({ kind: 'readings', readings: [{ device, ...reading }] });
  }

  /** Silence is counted by the links, refusals by the host; when the host takes nothing, the reading is made again. */
  #failed(device: string, cause: unknown): void {
    if (cause instanceof DeviceSilent || cause instanceof Overloaded || cause instanceof CommitFailed) return;
    if (cause instanceof Problem) {
      const detail = typeof cause.data.detail === 'string' ? cause.data.detail : undefined;
      const kind = cause.constructor as unknown as Parameters<typeof refuse>[0];
      this.#host.refuse(refuse(kind, detail), new Uint8Array(0), device);
    } else this.#host.log.error({ err: cause, device }, 'meter not read');
  }
}
