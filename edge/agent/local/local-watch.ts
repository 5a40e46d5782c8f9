import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReportPolicy } from '@keystead/contracts/agent';
import type { Clock, Log } from '@keystead/kernel/base';
import { replaceFile } from '../files/replace-file.ts';
import type { PreparedDevice } from '../setup/prepared-configuration.ts';
import { AlarmBook, type LocalAlarm } from './alarm-book.ts';
import { type OwedCall, OwedCalls } from './owed-calls.ts';
import { type Found, type KeptDevice, WatchedDevice } from './watched-device.ts';

interface Kept {
  devices: Record<string, KeptDevice>;
  alarms: LocalAlarm[];
  /** Absent in files of versions before it. */
  owed?: OwedCall[];
}

const afterFindingMs = 20;
const otherwiseMs = 300_000;
/** A log that cannot be written keeps nobody from acknowledging. */
const longestWaitMs = 2_000;

/** All devices as their rules see them, and the alarms that are open: kept over restarts. */
export class LocalWatch {
  readonly alarms: AlarmBook;
  readonly owed: OwedCalls;
  readonly #path: string;
  readonly #clock: Clock;
  readonly #log: Log;
  #devices = new Map<string, WatchedDevice>();
  #kept: Record<string, KeptDevice>;
  #saving: NodeJS.Timeout | undefined;
  readonly #regular: NodeJS.Timeout;

  constructor(path: string, clock: Clock, log: Log) {
    this.#path = path;
    this.#clock = clock;
    this.#log = log;
    const stored = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Kept) : undefined;
    this.#kept = stored?.devices ?? {};
    this.alarms = new AlarmBook(stored?.alarms);
    this.owed = new OwedCalls(stored?.owed);
    this.#regular = setInterval(() => this.#save(), otherwiseMs).unref();
  }

  get(device: string): WatchedDevice | undefined {
    return this.#devices.get(device);
  }

  names(): string[] {
    return [...this.#devices.keys()];
  }

  /** New rules and models; what a rule that stays remembers of a device that stays is kept. */
  apply(devices: readonly PreparedDevice[], reporting: readonly ReportPolicy[], found: Found[]): void {
    const before = this.#devices;
    this.#devices = new Map();
    for (const { setup, model, rules } of devices) {
      const old = before.get(setup.name);
      const policies = new Map(
        reporting
          .filter(
            ({ family, devices: names }) =>
              (family === undefined || family === setup.family) && (names?.includes(setup.name) ?? true),
          )
          .map((policy) => [policy.property, policy]),
      );
      const watched = new WatchedDevice(setup, model, rules, policies, old?.keep() ?? this.#kept[setup.name]);
      watched.heard = old?.heard ?? 0;
      this.#devices.set(setup.name, watched);
      watched.begin(this.#clock.now().getTime() * 1000, found);
    }
    this.#kept = {};
  }

  /** What time alone has brought about; `now`: µs. */
  passed(now: number, found: Found[]): void {
    for (const device of this.#devices.values()) device.passed(now, found);
  }

  /** What is kept from now on waits for this: an alarm that is kept before it is in the log would never be told. */
  after(told: Promise<unknown>): void {
    const settled: Promise<unknown> = told.catch(() => {}).finally(() => this.#before.delete(settled));
    this.#before.add(settled);
  }

  /** Something worth keeping happened. */
  changed(): void {
    this.#saving ??= setTimeout(() => {
      this.#saving = undefined;
      this.#save();
    }, afterFindingMs);
  }

  /** Somebody saw an alarm; resolves when that is on disk. `time`: ms. */
  async acknowledge(id: string, time: number): Promise<boolean> {
    if (!this.alarms.acknowledge(id, time)) return false;
    await this.#store();
    return true;
  }

  async close(): Promise<void> {
    clearInterval(this.#regular);
    clearTimeout(this.#saving);
    await this.#store();
  }

  #save(): void {
    this.#store().catch((err: unknown) => this.#log.error({ err }, 'local alarms not written'));
  }

  readonly #before = new Set<Promise<unknown>>();
  #last: Promise<void> = Promise.resolve();

  #store(): Promise<void> {
    this.#last = this.#last
      .catch(() => {})
      .then(() => Promise.race([Promise.all(this.#before), sleep(longestWaitMs, undefined, { ref: false })]))
      .then(() => {
        const devices = Object.fromEntries([...this.#devices].map(([name, device]) => [name, device.keep()]));
        const kept: Kept = {
          devices: { ...this.#kept, ...devices },
          alarms: this.alarms.list(),
          owed: this.owed.list(),
        };
        return replaceFile(this.#path, JSON.stringify(kept));
      });
    return this.#last;
  }
}
