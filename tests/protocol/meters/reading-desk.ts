import type { ChannelHost, Reading, Refusal } from '@keystead/terminals/port';
import type { SimulatedMeters } from './simulated-meters.ts';

const nothing = (): void => undefined;
const quiet = { debug: nothing, info: nothing, warn: nothing, error: console.error } as unknown as ChannelHost['log'];

/** What an agent is to a channel: takes readings, counts refusals, has a clock that can jump. */
export class ReadingDesk implements ChannelHost {
  readonly log = quiet;
  readonly readings: Reading[] = [];
  readonly refusals = new Map<string, number>();
  #ahead = 0;

  readonly clock = { now: (): Date => new Date(Date.now() + this.#ahead) };

  take: ChannelHost['take'] = async (uplink) => {
    if (uplink.kind === 'readings') this.readings.push(...uplink.readings);
  };

  refuse: ChannelHost['refuse'] = (refusal: Refusal) => {
    const { type } = refusal.problem;
    this.refusals.set(type, (this.refusals.get(type) ?? 0) + 1);
  };

  /** Our time and the meters' jump there and run on. */
  async jump(to: string, meters: SimulatedMeters): Promise<void> {
    await meters.wish({ clock: to });
    this.#ahead = Date.parse(to) - Date.now();
  }

  of(device: string): Reading[] {
    return this.readings.filter((reading) => reading.device === device);
  }

  /** Values of one property by the ISO time in UTC+8 they are of; a time told twice fails. */
  series(device: string, property: string): Map<string, unknown> {
    const found = new Map<string, unknown>();
    for (const { time = 0, values } of this.of(device)) {
      if (!(property in values)) continue;
      const at = new Date(time / 1000 + 28_800_000).toISOString().replace(/(\.000)?Z$/, '');
      if (found.has(at)) throw new Error(`${property} of ${at} was told twice`);
      found.set(at, values[property]);
    }
    return found;
  }
}

/** Looks every few ms until it is so. */
export async function until(what: string, so: () => boolean, patience = 60_000): Promise<void> {
  const end = performance.now() + patience;
  while (!so()) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

/** A quick line on loopback: what its settings would be with their defaults, and short waits. */
export const lineSettings = (port: number, more: object = {}) => ({
  line: { over: 'tcp' as const, host: '127.0.0.1', port },
  timeout: 80,
  gap: 20,
  turnaround: 0,
  tries: 3,
  preamble: 4,
  zone: 'Asia/Shanghai',
  schedule: { every: 900, window: 900, attempts: 8, retryAfter: 0.2 },
  clock: { limit: 60, correct: true },
  makers: {},
  ...more,
});

export const waterAt = (address: string, more: object = {}) => ({
  address,
  type: '10',
  order: 'auto' as const,
  past: false,
  settlementDay: 1,
  ...more,
});

export const powerAt = (address: string, more: object = {}) => ({
  address,
  version: '2007' as const,
  items: ['energy', 'relay'],
  freezes: 0,
  closing: 'direct' as const,
  ...more,
});
