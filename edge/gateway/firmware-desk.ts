import type { FirmwareReport } from '@keystead/contracts/firmware';
import { problem, TooManyRequests } from '@keystead/contracts/problem';
import { isObject } from '@keystead/terminals/mqtt';
import type { GatewayLimits } from './limits.ts';
import type { Firmware, OfferedFirmware } from './ports.ts';
import type { Turnstile } from './turnstile.ts';

/** Nothing is offered to the device; the same stable type the applications refuse with. */
export class FirmwareNotOffered extends problem('firmware-not-offered', 404) {}
/** No size of a part that is given out, or one outside the package. */
export class FirmwareRangeInvalid extends problem('firmware-range-invalid', 416) {}

/** Largest part in bytes. */
export const largestPart = 64 * 1024;
const longestWaitMs = 10_000;
const mostDevices = 20_000;

/** The size a device wrote into a request for a part; undefined = none that can be meant. */
export function readSize(payload: Uint8Array): number | undefined {
  const text = payload.length > 0 && payload.length < 8 ? Buffer.from(payload).toString('latin1') : '';
  return /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
}

/** `{device, size}` of a gateway that asks for a device behind it; undefined = no such words. */
export function readChildSize(value: unknown): { device: string; size: number } | undefined {
  if (!isObject(value)) return undefined;
  const { device, size } = value;
  const whole = typeof size === 'number' && Number.isSafeInteger(size) && size > 0;
  return typeof device === 'string' && whole ? { device, size } : undefined;
}

interface Turn {
  asked: number;
  /** When the next byte may go, ms on the monotonic clock. */
  free: number;
}

/** Gives out parts of firmware at a limited rate, and takes reports of one device in their order. */
export class FirmwareDesk {
  readonly #port: Firmware | undefined;
  readonly #turnstile: Turnstile;
  readonly #limits: GatewayLimits;
  readonly #turns = new Map<number, Turn>();
  readonly #reports = new Map<number, Promise<void>>();
  #free = 0;

  constructor(port: Firmware | undefined, turnstile: Turnstile, limits: GatewayLimits) {
    this.#port = port;
    this.#turnstile = turnstile;
    this.#limits = limits;
  }

  /** Rejects with FirmwareNotOffered. */
  async offered(thing: number): Promise<OfferedFirmware> {
    const port = this.#port;
    if (port === undefined) throw new FirmwareNotOffered();
    return this.#turnstile.run(64, () => port.offered(thing));
  }

  /** The part of a number, of parts of a size; beyond the end it is empty. Rejects with FirmwareRangeInvalid too. */
  part(thing: number, chunk: number, size: number | undefined): Promise<Uint8Array> {
    if (size === undefined || size > largestPart || chunk * size > 2 ** 40)
      return Promise.reject(new FirmwareRangeInvalid({ most: largestPart }));
    return this.read(thing, chunk * size, size);
  }

  /** Bytes from an offset, at most `largestPart`. Rejects with TooManyRequests and what the port rejects with. */
  async read(thing: number, offset: number, length: number): Promise<Uint8Array> {
    const port = this.#port;
    if (port === undefined) throw new FirmwareNotOffered();
    const turn = this.#turnOf(thing);
    if (turn.asked >= this.#limits.firmwareAsked) throw new TooManyRequests();
    turn.asked++;
    try {
      await this.#pace(turn, length);
      return await this.#turnstile.run(length, () => port.read(thing, offset, length));
    } finally {
      turn.asked--;
    }
  }

  /** Resolves after the commit; reports of one device are taken one after the other. */
  reported(thing: number, report: FirmwareReport): Promise<void> {
    const port = this.#port;
    if (port === undefined) return Promise.resolve();
    const before = this.#reports.get(thing);
    const run = () => this.#turnstile.run(256, () => port.reported(thing, report));
    // What became of the one before is told to whoever sent it.
    const told = before ? before.then(run, run) : run();
    this.#reports.set(thing, told);
    const forget = () => {
      if (this.#reports.get(thing) === told) this.#reports.delete(thing);
    };
    told.then(forget, forget);
    return told;
  }

  #turnOf(thing: number): Turn {
    let turn = this.#turns.get(thing);
    if (turn === undefined) {
      if (this.#turns.size >= mostDevices)
        for (const [each, { asked }] of this.#turns) if (asked === 0) this.#turns.delete(each);
      turn = { asked: 0, free: 0 };
      this.#turns.set(thing, turn);
    }
    return turn;
  }

  /** Waits until these bytes may go, to this device and at all. */
  async #pace(turn: Turn, bytes: number): Promise<void> {
    const now = performance.now();
    const { firmwareEach, firmwareAll } = this.#limits;
    const goes = Math.max(now, turn.free, this.#free);
    if (goes - now > longestWaitMs) throw new TooManyRequests();
    turn.free = Math.max(now, turn.free) + (bytes * 1000) / firmwareEach;
    this.#free = Math.max(now, this.#free) + (bytes * 1000) / firmwareAll;
    if (goes - now > 1) await new Promise((resolve) => setTimeout(resolve, goes - now));
  }
}
