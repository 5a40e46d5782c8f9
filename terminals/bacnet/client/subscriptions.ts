import { setTimeout as pause } from 'node:timers/promises';
import { DeviceSilent } from '@keystead/terminals/port';
import { type ObjectId, objectText } from '../frame/names.ts';
import type { Placed } from '../points.ts';
import type { RemoteDevice } from './remote-device.ts';

interface Subscription {
  object: ObjectId;
  isConfirmed: boolean;
  /** ms of the clock that only goes on: until then the device tells what changes. */
  until: number;
  /** Not asked for again before. */
  after: number;
}

/** What a device was asked to tell by itself. While a subscription is in force its points are not polled. */
export class Subscriptions {
  readonly #remote: RemoteDevice;
  readonly #lifetime: number;
  readonly #byObject = new Map<string, Subscription>();

  /** `lifetime`: seconds. */
  constructor(remote: RemoteDevice, points: readonly Placed[], lifetime: number) {
    this.#remote = remote;
    this.#lifetime = lifetime;
    for (const { point, object } of points)
      if (point.cov)
        this.#byObject.set(objectText(object), { object, isConfirmed: point.cov === 'confirmed', until: 0, after: 0 });
  }

  isInForce({ object }: Placed, now: number): boolean {
    return (this.#byObject.get(objectText(object))?.until ?? 0) > now;
  }

  /** The device may have forgotten them: it says that it is there. */
  forget(): void {
    for (const one of this.#byObject.values()) {
      one.until = 0;
      one.after = 0;
    }
  }

  /** Asks for what is not in force or ends soon; what the device refuses is polled, and asked for again a lifetime later. */
  async renew(): Promise<void> {
    const half = (this.#lifetime * 1000) / 2;
    for (const one of this.#byObject.values()) {
      const now = performance.now();
      if (one.until - now > half || one.after > now) continue;
      try {
        await this.#remote.subscribe(one.object, { isConfirmed: one.isConfirmed, lifetime: this.#lifetime });
        one.until = now + this.#lifetime * 1000;
      } catch (cause) {
        if (cause instanceof DeviceSilent) throw cause;
        one.after = now + this.#lifetime * 1000;
      }
    }
  }

  /** Ends them, as far as the device answers; at most `patience` ms. */
  async end(patience: number): Promise<void> {
    const now = performance.now();
    const inForce = [...this.#byObject.values()].filter(({ until }) => until > now);
    const ending = Promise.allSettled(inForce.map(({ object }) => this.#remote.subscribe(object, undefined)));
    const late = new AbortController();
    const over = pause(patience, undefined, { signal: late.signal }).catch(() => undefined);
    await Promise.race([ending, over]);
    late.abort();
  }
}
