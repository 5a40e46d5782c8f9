import type { NetworkEvent } from './network-server.ts';

/** Frames remembered of each device. */
const kept = 32;
/** The same counter later than this is a counter that began anew, ms. */
const window = 10 * 60_000;

/**
 * Knows a frame that was taken before: the same device, address and frame counter, within ten minutes by the network
 * server's clock. Brokers deliver twice, webhooks are sent again, two network servers may hear one frame.
 */
export class Repeats {
  readonly #seen = new Map<string, Map<string, number>>();

  /** True when it was noted before. */
  has(up: Extract<NetworkEvent, { kind: 'up' }>): boolean {
    const before = this.#seen.get(up.devEui)?.get(`${up.devAddr}:${up.fCnt}`);
    return before !== undefined && Math.abs((up.time ?? before) - before) < window;
  }

  /** To be called once the frame is durable. Remembers 32 frames of a device. */
  note(up: Extract<NetworkEvent, { kind: 'up' }>, now: number): void {
    const seen = this.#seen.get(up.devEui) ?? new Map<string, number>();
    const key = `${up.devAddr}:${up.fCnt}`;
    seen.delete(key);
    seen.set(key, up.time ?? now);
    const oldest = seen.size > kept ? seen.keys().next().value : undefined;
    if (oldest !== undefined) seen.delete(oldest);
    this.#seen.set(up.devEui, seen);
  }

  /** A device that joined begins its counter anew. */
  forget(devEui: string): void {
    this.#seen.delete(devEui);
  }
}
