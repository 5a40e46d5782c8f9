import { randomUUID } from 'node:crypto';
import { Overloaded } from '@keystead/contracts/problem';
import { DeviceRefused, DeviceSilent } from '@keystead/terminals/port';
import type { NetworkEvent } from './network-server.ts';

interface Waiting {
  device: string;
  confirmed: boolean;
  done(value: unknown): void;
  failed(cause: unknown): void;
  timer: NodeJS.Timeout;
}

const perDevice = 16;

/** Commands on their way, until the network server tells what became of them. */
export class Fates {
  readonly #waiting = new Map<string, Waiting>();

  /** Rejects with `DeviceSilent` after `deadline` ms; at most 16 of a device wait. */
  begin(device: string, confirmed: boolean, deadline: number): { id: string; outcome: Promise<unknown>; drop(): void } {
    const others = [...this.#waiting.values()].filter((one) => one.device === device).length;
    if (others >= perDevice) throw new Overloaded();
    const id = randomUUID();
    const drop = () => {
      clearTimeout(this.#waiting.get(id)?.timer);
      this.#waiting.delete(id);
    };
    const outcome = new Promise<unknown>((done, failed) => {
      const timer = setTimeout(() => {
        drop();
        failed(new DeviceSilent({ device }));
      }, deadline);
      this.#waiting.set(id, { device, confirmed, done, failed, timer });
    });
    return { id, outcome, drop };
  }

  /** False when nobody waits for it, or its end is still to come. */
  settle({ id, fate, detail }: Extract<NetworkEvent, { kind: 'fate' }>): boolean {
    const one = this.#waiting.get(id);
    if (!one || (fate === 'sent' && one.confirmed)) return false;
    clearTimeout(one.timer);
    this.#waiting.delete(id);
    const { device } = one;
    if (fate === 'failed') one.failed(new DeviceRefused({ device, detail: detail ?? 'the network server refused it' }));
    else if (fate === 'unheard') one.failed(new DeviceSilent({ device, detail: 'it did not acknowledge' }));
    else one.done({ [fate]: true });
    return true;
  }

  close(): void {
    for (const { timer, failed } of this.#waiting.values()) {
      clearTimeout(timer);
      failed(new DeviceSilent({ detail: 'the channel was closed' }));
    }
    this.#waiting.clear();
  }
}
