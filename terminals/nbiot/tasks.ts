import { Overloaded } from '@keystead/contracts/problem';
import { DeviceRefused, DeviceSilent } from '@keystead/terminals/port';
import type { CloudEvent } from './cloud.ts';

type Fate = Extract<CloudEvent, { kind: 'fate' }>;

interface Waiting {
  settle(fate: Fate): void;
  failed(cause: unknown): void;
}

const most = 1_000;
/** Fates told before the cloud had answered the command itself. */
const early = 256;

/** Commands the cloud has accepted, until it tells what became of them. */
export class Tasks {
  readonly #waiting = new Map<string, Waiting>();
  readonly #early = new Map<string, Fate>();

  /** Resolves with the device's answer; rejects with `DeviceRefused`, or `DeviceSilent` after `deadline` ms. */
  outcome(device: string, task: string, deadline: number): Promise<unknown> {
    if (this.#waiting.size >= most) return Promise.reject(new Overloaded());
    const key = `${device}/${task}`;
    return new Promise((done, failed) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(key);
        failed(new DeviceSilent({ device }));
      }, deadline);
      const settle = ({ success, detail }: Fate) => {
        if (success === undefined) return;
        clearTimeout(timer);
        this.#waiting.delete(key);
        if (success) done({ delivered: true, detail });
        else failed(new DeviceRefused({ device, detail }));
      };
      const before = this.#early.get(key);
      this.#early.delete(key);
      this.#waiting.set(key, {
        settle,
        failed: (cause) => {
          clearTimeout(timer);
          failed(cause);
        },
      });
      if (before) settle(before);
    });
  }

  told(fate: Fate): void {
    const key = `${fate.device}/${fate.task}`;
    const waiting = this.#waiting.get(key);
    waiting?.settle(fate);
    if (waiting || fate.success === undefined) return;
    const oldest = this.#early.size >= early ? this.#early.keys().next().value : undefined;
    if (oldest !== undefined) this.#early.delete(oldest);
    this.#early.set(key, fate);
  }

  close(): void {
    for (const { failed } of this.#waiting.values()) failed(new DeviceSilent({ detail: 'the channel was closed' }));
    this.#waiting.clear();
  }
}
