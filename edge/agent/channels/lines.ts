import type { ChannelConfiguration } from '@keystead/contracts/agent';
import { NotFound, problem } from '@keystead/contracts/problem';
import type { Clock, Log } from '@keystead/kernel/base';
import type { ChannelKind, DevicePackage, LinkFigures } from '@keystead/terminals/port';
import { Line, type LineEvents } from './line.ts';

/** A channel that cannot be opened as it is configured. */
export class ChannelRefused extends problem('channel-refused', 422) {}

/** A channel to be run: its configuration and the code of its protocol. */
export interface WantedLine {
  configuration: ChannelConfiguration;
  kind: ChannelKind;
}

/** All channels of the agent; a new configuration touches only those that changed. */
export class Lines {
  readonly #events: LineEvents;
  readonly #clock: Clock;
  readonly #log: Log;
  #lines = new Map<string, Line>();
  #byDevice = new Map<string, Line>();

  constructor(events: LineEvents, clock: Clock, log: Log) {
    this.#events = events;
    this.#clock = clock;
    this.#log = log;
  }

  /** Names of the channels that run. */
  names(): string[] {
    return [...this.#lines.keys()];
  }

  /**
   * Closes what is gone or changed, then opens what is new or changed, all at once. Throws `ChannelRefused` with every
   * channel that would not open; what opened stays, and the caller goes back to the configuration before.
   */
  async apply(wanted: readonly WantedLine[]): Promise<void> {
    const kept = new Map<string, Line>();
    const fresh: Line[] = [];
    for (const { configuration, kind } of wanted) {
      const line = this.#lines.get(configuration.name);
      if (line?.sameAs(configuration)) kept.set(line.name, line);
      else fresh.push(new Line(configuration, kind, this.#events, this.#clock, this.#log));
    }
    const gone = [...this.#lines.values()].filter((line) => !kept.has(line.name));
    await Promise.all(gone.map((line) => line.close()));
    this.#lines = new Map([...kept, ...fresh.map((line): [string, Line] => [line.name, line])]);
    this.#byDevice = new Map();
    for (const line of this.#lines.values())
      for (const { name } of line.configuration.devices) this.#byDevice.set(name, line);
    const opened = await Promise.allSettled(fresh.map((line) => line.open()));
    const errors = opened.flatMap((fate, index) => {
      if (fate.status === 'fulfilled') return [];
      const at = wanted.findIndex(({ configuration }) => configuration.name === fresh[index]?.name);
      return [{ pointer: `/channels/${at}`, code: 'channel-refused', detail: String(fate.reason).slice(0, 200) }];
    });
    if (errors.length > 0) throw new ChannelRefused({}, errors);
  }

  /** Opens again, without end, what a last good configuration could not open now: a port may come back. */
  persevere(): void {
    for (const line of this.#lines.values()) if (!line.isOpen) line.failed(new ChannelRefused({ channel: line.name }));
  }

  /** How many other settings each channel has. */
  alternatives(): Map<string, number> {
    return new Map(
      [...this.#lines.values()].map(({ name, configuration }) => [name, configuration.alternatives?.length ?? 0]),
    );
  }

  /** Lets a channel run with other settings. */
  async change(channel: string, way: number): Promise<void> {
    await this.#lines.get(channel)?.change(way);
  }

  /** A thread of a channel ended. */
  failed(channel: string, cause: unknown): void {
    this.#lines.get(channel)?.failed(cause);
  }

  /** Carries a call to a device; `deadline`: ms. Rejects with `NotFound` for a device that is not configured. */
  async call(device: string, method: string, params: unknown, deadline: number, urgent = false): Promise<unknown> {
    const line = this.#byDevice.get(device);
    if (line === undefined) throw new NotFound({ device });
    return line.call(device, method, params, deadline, urgent);
  }

  /** Devices whose channel can bring them new firmware. */
  updatable(): string[] {
    return [...this.#byDevice].flatMap(([device, line]) => (line.canUpdate ? [device] : []));
  }

  /** Brings new firmware to a device; resolves when the device has all of it. */
  async update(device: string, wanted: DevicePackage, signal: AbortSignal): Promise<void> {
    const line = this.#byDevice.get(device);
    if (line === undefined) throw new NotFound({ device });
    await line.update(device, wanted, signal);
  }

  /** Figures by channel and, under them, by device ('' = the line itself). */
  links(): Map<string, ReadonlyMap<string, LinkFigures>> {
    return new Map([...this.#lines.values()].map((line) => [line.name, line.links()]));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#lines.values()].map((line) => line.close()));
    this.#lines.clear();
    this.#byDevice.clear();
  }
}
