import type { KeyKind } from '@keystead/contracts/agent';
import { type LockEvent, type LockLog, type LockService, lockRecordOf } from '@keystead/contracts/lock';
import { eventually } from '../raw-mqtt.ts';

/** Whoever stands before the door, and whoever has a lock on the bench: nothing here goes over a wire. */
export interface LockHand {
  /** The lock's own clock, ms. */
  readonly time: number;
  /** Shows a key, or a finger by the place of its template, from outside; true = it opened. The door falls shut again. */
  show(means: KeyKind, credential: string): boolean;
  /** Turns the handle inside. */
  leave(): boolean;
  mechanicalKey(): boolean;
  tamper(): void;
  /** %, as its own gauge reads. */
  battery(level: number): void;
  /** Takes the battery out and puts it in again. */
  powerCycle(): void;
  /** Lets its clock run on. */
  pass(seconds: number): void;
}

export type LockInputs = Readonly<Record<string, unknown>>;

/** A lock at the end of its line, and what the platform has of it. */
export interface LockBench {
  hand: LockHand;
  log: LockLog;
  /** Newest value of each property. */
  values(): Readonly<Record<string, unknown>>;
  /** Rejects when the lock says no or says nothing. */
  call(service: LockService | 'explode', input?: LockInputs): Promise<Record<string, unknown>>;
  /** Nobody gets through to the lock, and it to nobody. */
  cut(): void;
  mend(): void;
  /** The platform sees it connected. */
  connected(): boolean;
  close(): Promise<void>;
}

/** How long a call to a lock may take in these tests. */
export const patience = 1_500; // ms

/** Hands events on into a log; µs. */
export function logInto(log: LockLog, event: string, time: number | undefined, data: unknown): void {
  const record = time === undefined ? undefined : lockRecordOf(event, Math.round(time / 1_000), data);
  if (record) log.take(record);
}

/** Waits until the log has so many lines of an event. */
export const heard = (bench: LockBench, event: LockEvent, count = 1): Promise<unknown> =>
  eventually(() => bench.log.records.filter((each) => each.event === event).length >= count, 10_000);
