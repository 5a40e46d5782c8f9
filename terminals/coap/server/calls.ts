import { DeviceRefused, DeviceSilent, isJsonObject, Overloaded } from '@keystead/terminals/port';

interface Waiting {
  device: string;
  done(value: unknown): void;
  failed(cause: unknown): void;
}

const most = 1_024;

/** Calls that were told to devices and wait for their answers. */
export class Calls {
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  /** Resolves with what the device posts under the number; `{"error": text}` is a no. `deadline`: ms. */
  begin(device: string, deadline: number): { number: number; answer: Promise<unknown>; giveUp(cause: unknown): void } {
    if (this.#waiting.size >= most) throw new Overloaded({ device });
    this.#last = (this.#last % 0x7fffffff) + 1;
    const number = this.#last;
    let giveUp: (cause: unknown) => void = () => undefined;
    const answer = new Promise<unknown>((resolve, reject) => {
      const timer = setTimeout(() => giveUp(new DeviceSilent({ device })), deadline);
      const end = (settle: (value: unknown) => void) => (value: unknown) => {
        clearTimeout(timer);
        this.#waiting.delete(number);
        settle(value);
      };
      giveUp = end(reject);
      this.#waiting.set(number, { device, done: end(resolve), failed: giveUp });
    });
    return { number, answer, giveUp: (cause) => giveUp(cause) };
  }

  /** False when nothing of that number waits for this device. */
  answered(device: string, number: number, value: unknown): boolean {
    const waiting = this.#waiting.get(number);
    if (waiting?.device !== device) return false;
    if (isJsonObject(value) && typeof value.error === 'string')
      waiting.failed(new DeviceRefused({ device, detail: value.error.slice(0, 200) }));
    else waiting.done(value);
    return true;
  }

  close(): void {
    for (const waiting of [...this.#waiting.values()]) waiting.failed(new DeviceSilent({ detail: 'closed' }));
  }
}
