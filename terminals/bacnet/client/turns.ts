import { DeviceSilent } from '@keystead/terminals/port';

const most = 64;

/** One exchange at a time with one device: small controllers drop what comes while they think. Calls go ahead of reading. */
export class Turns {
  readonly #waiting: { isUrgent: boolean; go: () => void }[] = [];
  #isBusy = false;

  async run<T>(work: () => Promise<T>, isUrgent: boolean): Promise<T> {
    if (this.#isBusy) {
      if (this.#waiting.length >= most) throw new DeviceSilent({ detail: 'too many wait for it' });
      await new Promise<void>((go) => {
        const behind = isUrgent ? this.#waiting.findIndex((one) => !one.isUrgent) : -1;
        this.#waiting.splice(behind < 0 ? this.#waiting.length : behind, 0, { isUrgent, go });
      });
    }
    this.#isBusy = true;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next.go();
      else this.#isBusy = false;
    }
  }
}
