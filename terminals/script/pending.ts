import { Overloaded } from '@keystead/contracts/problem';
import { DeviceRefused, DeviceSilent } from '@keystead/terminals/port';

interface Open {
  request: number;
  done(value: unknown): void;
  failed(cause: unknown): void;
  timer: NodeJS.Timeout;
}

const perDevice = 64;

/** Calls that wait for their answer, by device; the oldest first where an answer carries no number. */
export class PendingCalls {
  readonly #open = new Map<string, Open[]>();
  #last = 0;

  /** A number for the call, 1 … 65,535, and its answer. Rejects with `DeviceSilent` after `deadline` ms. */
  begin(device: string, deadline: number): { request: number; answer: Promise<unknown>; drop(): void } {
    const calls = this.#open.get(device) ?? [];
    if (calls.length >= perDevice) throw new Overloaded();
    this.#last = (this.#last % 65_535) + 1;
    const request = this.#last;
    const drop = () => this.#remove(device, request);
    const answer = new Promise<unknown>((done, failed) => {
      const timer = setTimeout(() => {
        drop();
        failed(new DeviceSilent({ device }));
      }, deadline);
      calls.push({ request, done, failed, timer });
    });
    this.#open.set(device, calls);
    return { request, answer, drop };
  }

  /** False when nobody waits for it. */
  settle(device: string, reply: { request?: number; value?: unknown; error?: string }): boolean {
    const calls = this.#open.get(device) ?? [];
    const call = reply.request === undefined ? calls[0] : calls.find(({ request }) => request === reply.request);
    if (!call) return false;
    this.#remove(device, call.request);
    if (reply.error === undefined) call.done(reply.value ?? null);
    else call.failed(new DeviceRefused({ device, detail: reply.error }));
    return true;
  }

  close(): void {
    for (const calls of this.#open.values())
      for (const { timer, failed } of calls) {
        clearTimeout(timer);
        failed(new DeviceSilent({ detail: 'the channel was closed' }));
      }
    this.#open.clear();
  }

  #remove(device: string, request: number): void {
    const calls = this.#open.get(device) ?? [];
    const at = calls.findIndex((call) => call.request === request);
    const [gone] = at < 0 ? [] : calls.splice(at, 1);
    if (gone) clearTimeout(gone.timer);
    if (calls.length === 0) this.#open.delete(device);
  }
}
