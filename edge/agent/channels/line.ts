import { isDeepStrictEqual } from 'node:util';
import type { ChannelConfiguration } from '@keystead/contracts/agent';
import { NotFound } from '@keystead/contracts/problem';
import type { Clock, Log } from '@keystead/kernel/base';
import {
  type Channel,
  type ChannelHost,
  type ChannelKind,
  type DeviceMemory,
  type DevicePackage,
  DeviceSilent,
  type LinkFigures,
  type Refusal,
  type Uplink,
} from '@keystead/terminals/port';
import { CallQueue } from './call-queue.ts';
import { leaveScope, runScoped, type Scoped } from './failure-scope.ts';

/** What a line hands on. */
export interface LineEvents {
  /** A codec script by its name, as it is now; absent = none are run. */
  codec?: ChannelHost['codec'];
  /** What channels remember of their devices; absent = nothing. */
  memory?: DeviceMemory;
  /** Resolves when it is durable. */
  take(line: string, uplink: Uplink): Promise<void>;
  refused(line: string, refusal: Refusal, device: string | undefined): void;
  failed(line: string, cause: unknown): void;
}

const openPatience = 20_000;
const closePatience = 5_000;
const firstPause = 1_000;
const longestPause = 60_000;

/** Serial lines carry one exchange at a time. */
const callsAtOnce = (kind: ChannelKind): number => (kind.bearers.every((bearer) => bearer.startsWith('rs')) ? 1 : 8);

/** One configured channel: opened, watched, opened anew after a failure. Whatever it does, the others go on. */
export class Line implements Scoped {
  readonly configuration: ChannelConfiguration;
  readonly #kind: ChannelKind;
  readonly #events: LineEvents;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #calls: CallQueue;
  #channel: Channel | undefined;
  #lastLinks: ReadonlyMap<string, LinkFigures> = new Map();
  #pause = firstPause;
  #timer: NodeJS.Timeout | undefined;
  #generation = 0;
  #closed = false;
  /** 0 = its own settings, from 1 on the alternatives. */
  #way = 0;

  constructor(configuration: ChannelConfiguration, kind: ChannelKind, events: LineEvents, clock: Clock, log: Log) {
    this.configuration = configuration;
    this.#kind = kind;
    this.#events = events;
    this.#clock = clock;
    this.#log = log;
    this.#calls = new CallQueue(callsAtOnce(kind));
  }

  get name(): string {
    return this.configuration.name;
  }

  get isOpen(): boolean {
    return this.#channel !== undefined;
  }

  sameAs(configuration: ChannelConfiguration): boolean {
    return isDeepStrictEqual(this.configuration, configuration);
  }

  /** Opens the channel; rejects when it cannot be opened as it is configured. */
  async open(): Promise<void> {
    const generation = ++this.#generation;
    const { name, settings: own, alternatives = [], devices } = this.configuration;
    const settings = this.#way === 0 ? own : alternatives[this.#way - 1];
    const host = this.#host(generation);
    const setup = { name, settings, devices: devices.map((device) => ({ name: device.name, at: device.at })) };
    const opening = runScoped(this, async () => this.#kind.open(setup as Parameters<ChannelKind['open']>[0], host));
    const channel = await within(opening, openPatience, 'the channel did not open in time');
    if (this.#closed || generation !== this.#generation) await channel.close();
    else this.#channel = channel;
  }

  /** Runs with other settings from now on: 0 = its own, from 1 on the alternatives. */
  async change(way: number): Promise<void> {
    if (this.#closed || way === this.#way) return;
    this.#way = way;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#generation++;
    const before = this.#channel;
    this.#channel = undefined;
    // A serial port is opened by one at a time.
    if (before) await this.#close(before);
    await this.open().catch((cause: unknown) => this.failed(cause));
  }

  /** Its code threw where nobody waited for it, or its thread ended: it is closed and opened anew after a pause. */
  failed(cause: unknown): void {
    if (this.#closed || this.#timer) return;
    this.#log.error({ err: cause, channel: this.name }, 'channel failed');
    this.#events.failed(this.name, cause);
    const broken = this.#channel;
    this.#channel = undefined;
    this.#lastLinks = downOf(this.#lastLinks, this.#clock.now().getTime());
    this.#generation++;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.open().then(
        () => {
          this.#pause = firstPause;
        },
        (again: unknown) => this.failed(again),
      );
    }, this.#pause);
    this.#pause = Math.min(this.#pause * 2, longestPause);
    if (broken) void this.#close(broken);
  }

  async call(device: string, method: string, params: unknown, deadline: number, urgent: boolean): Promise<unknown> {
    if (!this.configuration.devices.some(({ name }) => name === device)) throw new NotFound({ device });
    return this.#calls.call(deadline, urgent, async (left) => {
      const channel = this.#channel;
      if (channel === undefined) throw new DeviceSilent({ detail: 'the channel is not open' });
      return runScoped(this, () => channel.call(device, method, params, left));
    });
  }

  /** Whether the protocol has a way for new firmware, as far as the open channel says. */
  get canUpdate(): boolean {
    return this.#channel?.update !== undefined;
  }

  async update(device: string, wanted: DevicePackage, signal: AbortSignal): Promise<void> {
    const channel = this.#channel;
    if (channel === undefined) throw new DeviceSilent({ detail: 'the channel is not open' });
    await runScoped(this, async () => channel.update?.(device, wanted, signal));
  }

  /** Figures of the line and its devices; the last known ones while it is not open. */
  links(): ReadonlyMap<string, LinkFigures> {
    if (this.#channel) {
      try {
        this.#lastLinks = this.#channel.links();
      } catch (cause) {
        this.failed(cause);
      }
    }
    return this.#lastLinks;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    const channel = this.#channel;
    this.#channel = undefined;
    if (channel) await this.#close(channel);
  }

  async #close(channel: Channel): Promise<void> {
    try {
      const closing = runScoped(this, async () => channel.close());
      await within(closing, closePatience, 'the channel did not close in time');
    } catch (cause) {
      this.#log.warn({ err: cause, channel: this.name }, 'channel not closed');
    }
  }

  #host(generation: number): ChannelHost {
    const isCurrent = () => generation === this.#generation && !this.#closed;
    const { codec, memory } = this.#events;
    return {
      ...(codec && { codec }),
      ...(memory && { memory }),
      clock: this.#clock,
      log: this.#log.child({ channel: this.name }),
      take: (uplink) => {
        if (!isCurrent()) return Promise.reject(new DeviceSilent({ detail: 'the channel was closed' }));
        return leaveScope(() => this.#events.take(this.name, uplink));
      },
      refuse: (refusal, _sample, device) => {
        if (isCurrent()) leaveScope(() => this.#events.refused(this.name, refusal, device));
      },
    };
  }
}

async function within<T>(work: Promise<T>, ms: number, why: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeviceSilent({ detail: why })), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const downOf = (links: ReadonlyMap<string, LinkFigures>, now: number): Map<string, LinkFigures> =>
  new Map(
    [...links].map(([device, figures]) => [
      device,
      figures.state === 'down' ? figures : { ...figures, state: 'down', since: now, breaks: figures.breaks + 1 },
    ]),
  );
