import type { LocalCall } from '@keystead/contracts/agent';
import type { TransferLevel } from '@keystead/contracts/labels';
import type { Clock, Log } from '@keystead/kernel/base';
import { writeRecord } from '@keystead/terminals/mqtt';
import type { AttributeSet, Occurrence, Reading, Uplink } from '@keystead/terminals/port';
import type { Doors } from './local/doors.ts';
import type { LocalWatch } from './local/local-watch.ts';
import type { Told } from './local/report-filter.ts';
import type { Responses } from './local/responses.ts';
import type { Found } from './local/watched-device.ts';
import type { Spool } from './spool/spool.ts';

export interface IntakePorts {
  spool: Spool;
  watch: LocalWatch;
  responses: Responses;
  doors: Doors;
  clock: Clock;
  log: Log;
  /** ms by the best clock there is. */
  now(): number;
  call(call: LocalCall, urgent: boolean): Promise<unknown>;
  attributes(set: AttributeSet): void;
  /** Shown to whom it is exposed beside the agent. */
  show?(device: string, told: Told): void;
}

const doorDeadline = 5_000;

/**
 * Everything devices say goes through here: past the local rules, past what is worth telling, onto the disk. What
 * must be done here is done before the disk is waited for.
 */
export class Intake {
  readonly #ports: IntakePorts;
  readonly #assigned = new Map<string, number>();

  constructor(ports: IntakePorts) {
    this.#ports = ports;
  }

  /** Resolves when it is on disk. */
  async take(uplink: Uplink): Promise<void> {
    switch (uplink.kind) {
      case 'readings':
        await Promise.all(uplink.readings.map((reading) => this.#reading(reading)));
        break;
      case 'occurrences':
        await Promise.all(uplink.occurrences.map((occurrence) => this.#occurrence(occurrence)));
        break;
      case 'attributes':
        for (const set of uplink.sets) this.#ports.attributes(set);
        break;
      default:
        // Presence is seen by what devices say; requests of devices end at the agent.
        this.#ports.log.debug({ kind: uplink.kind }, 'not passed on');
    }
  }

  /** An event of the agent itself. `time`: µs. */
  async tell(level: TransferLevel, event: string, data: Record<string, unknown>, time?: number): Promise<void> {
    const at = time ?? this.#assign('');
    await this.#ports.spool.append(level, writeRecord({ device: '', time: at, event, data }), at);
  }

  /** As `tell`, for those who cannot wait. */
  say(level: TransferLevel, event: string, data: Record<string, unknown>, time?: number): void {
    void this.keep(level, event, data, time);
  }

  /** As `tell`; a failure is in the log and goes no further. */
  keep(level: TransferLevel, event: string, data: Record<string, unknown>, time?: number): Promise<void> {
    return this.tell(level, event, data, time).catch((err: unknown) =>
      this.#ports.log.error({ err, event }, 'event not kept'),
    );
  }

  /** Figures of the agent itself. */
  async figures(level: TransferLevel, values: Record<string, unknown>): Promise<void> {
    const time = this.#assign('');
    await this.#ports.spool.append(level, writeRecord({ device: '', time, values }), time);
  }

  /** What rules found: shown, answered here, and told at level 3. */
  found(found: readonly Found[]): void {
    if (found.length === 0) return;
    const { watch, responses } = this.#ports;
    for (const each of found) {
      const { device, rule, finding } = each;
      watch.alarms.take(each);
      responses.take(each);
      const { kind, severity, time, values } = finding;
      const about = { rule: rule.definition.id, device: device.name, ...(device.thing && { thing: device.thing }) };
      watch.after(this.keep(3, 'alarm', { ...about, kind, severity, values: plain(values) }, time));
    }
    watch.changed();
  }

  async #reading(reading: Reading): Promise<void> {
    const device = reading.device ?? '';
    const own = reading.time !== undefined;
    const now = this.#ports.clock.now().getTime();
    const told: Told = { time: reading.time ?? this.#assign(device), own, values: reading.values };
    this.#ports.show?.(device, told);
    const watched = this.#ports.watch.get(device);
    if (watched === undefined) return this.#append(device, 1, told);
    watched.heard = now;
    const found: Found[] = [];
    const out = watched.reading(told, now * 1000, found);
    this.found(found);
    await Promise.all(
      out.map((each) => {
        const levels = Object.keys(each.values).map((property) => watched.levelOf(property));
        return this.#append(device, Math.max(1, ...levels) as TransferLevel, each);
      }),
    );
  }

  async #occurrence(occurrence: Occurrence): Promise<void> {
    const device = occurrence.device ?? '';
    const { event, data } = occurrence;
    const { spool, watch, clock } = this.#ports;
    const own = occurrence.time !== undefined;
    const time = occurrence.time ?? this.#assign(device);
    this.#door(device, event, data);
    const watched = watch.get(device);
    const found: Found[] = [];
    let before: Told[] = [];
    if (watched) {
      watched.heard = clock.now().getTime();
      before = watched.event(event, time, found);
      this.found(found);
    }
    const level = watched?.eventLevel(event) ?? 2;
    await Promise.all([
      ...before.map((each) => this.#append(device, level, each)),
      spool.append(level, writeRecord({ device, time, own, event, data }), time),
    ]);
  }

  /** A key was shown: the door opens, or not, whether or not the centre can be reached. */
  #door(device: string, event: string, data: unknown): void {
    const { doors, log } = this.#ports;
    const answer = doors.ask(device, event, data, this.#ports.now());
    if (answer === undefined) return;
    const { door, decision, key, direction } = answer;
    if (!decision.allowed) {
      this.say(3, 'access-refused', { device, key, direction, reason: decision.reason });
      return;
    }
    const { method, params, deadline = doorDeadline } = door.open;
    this.#ports.call({ device, method, params, deadline }, true).then(
      () => this.say(3, 'access-granted', { device, key, direction }),
      (err: unknown) => {
        log.error({ err, device }, 'door not opened');
        this.say(3, 'access-refused', { device, key, direction, reason: 'door-silent' });
      },
    );
  }

  #append(device: string, level: TransferLevel, { time, own, values }: Told): Promise<void> {
    return this.#ports.spool.append(level, writeRecord({ device, time, own, values }), time);
  }

  /** Strictly rising times by device, so that two readings are never taken for one. */
  #assign(device: string): number {
    const now = this.#ports.clock.now().getTime() * 1000;
    const last = this.#assigned.get(device);
    // After a jump backwards the clock's own new stretch begins where it stands.
    const time = last !== undefined && last >= now && last - now < 1_000_000 ? last + 1 : now;
    this.#assigned.set(device, time);
    return time;
  }
}

const plain = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' && !Number.isFinite(value) ? null : value,
    ]),
  );
