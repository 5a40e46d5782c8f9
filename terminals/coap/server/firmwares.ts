import type { FirmwareOffer } from '@keystead/contracts/firmware';
import type { DevicePackage } from '@keystead/terminals/port';
import { largestBlock, readBlock } from '../blocks/block.ts';
import { partAnswer } from '../blocks/serving.ts';
import { code } from '../message/code.ts';
import { type Option, optionNumbers } from '../message/option.ts';
import type { Content } from '../transport/endpoint.ts';

interface Held {
  update: DevicePackage;
  /** Bytes from the beginning that were given out without a hole. */
  reached: number;
  done(): void;
}

const none = new Uint8Array(0);
/** ms it stays after its last byte was given out. */
const lingering = 5_000;

/** New firmware that waits for devices to fetch it, one for each: the resource `firmware`, in blocks. */
export class Firmwares {
  readonly #held = new Map<string, Held>();

  /** Holds it for a device; resolves when the device has every byte, rejects when it is given up. */
  hold(device: string, update: DevicePackage, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = () => {
        if (this.#held.get(device) === held) this.#held.delete(device);
        resolve();
      };
      const held: Held = { update, reached: 0, done };
      this.#held.set(device, held);
      const end = () => {
        if (this.#held.get(device) === held) this.#held.delete(device);
        reject(new Error('given up'));
      };
      if (signal.aborted) end();
      else signal.addEventListener('abort', end, { once: true });
    });
  }

  offerFor(device: string): FirmwareOffer | undefined {
    return this.#held.get(device)?.update.offer;
  }

  /** The block that is asked for; its tag is the beginning of the hash, so that a device sees when the package changed. */
  async read(device: string, requested: readonly Option[]): Promise<Content> {
    const held = this.#held.get(device);
    if (!held) return { code: code('4.04'), options: [], payload: none };
    const asked = readBlock(requested, optionNumbers.block2);
    if (typeof asked === 'string') return { code: code('4.00'), options: [], payload: Buffer.from(asked) };
    const { number, size } = asked ?? { number: 0, size: largestBlock };
    const { offer } = held.update;
    const start = number * size;
    if (start >= offer.size) return { code: code('4.02'), options: [], payload: none };
    const payload = await held.update.read(start, Math.min(size, offer.size - start));
    if (start <= held.reached) held.reached = Math.max(held.reached, start + payload.length);
    // A last block that is lost is asked for again soon.
    if (held.reached >= offer.size) setTimeout(held.done, lingering).unref();
    const etag = Buffer.from(offer.hash.slice(0, 8), 'hex');
    return partAnswer({ code: code('2.05'), options: [], payload }, { etag, whole: offer.size, number, size });
  }
}
