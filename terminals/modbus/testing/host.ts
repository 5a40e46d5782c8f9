import { type Clock, createLog, systemClock } from '@keystead/kernel/base';
import type { ChannelHost, Reading, Refusal, Uplink } from '@keystead/terminals/port';

/** A process around a channel that keeps what it is told. */
export interface RecordingHost extends ChannelHost {
  readonly readings: Reading[];
  readonly refused: { type: string; detail?: string; device?: string }[];
  /** Waits until a reading of the device fits; fails after `within` ms. */
  reading(device: string, fits?: (reading: Reading) => boolean, within?: number): Promise<Reading>;
}

/** Looks every few ms until there is something. */
export async function eventually<T>(look: () => T | undefined | false, what: string, within = 10_000): Promise<T> {
  for (const until = performance.now() + within; ; ) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > until) throw new Error(`not within ${within} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export function recordingHost(clock: Clock = systemClock): RecordingHost {
  const readings: Reading[] = [];
  const refused: RecordingHost['refused'] = [];
  const note = (refusal: Refusal, device = refusal.device) =>
    refused.push({ type: refusal.problem.type, detail: refusal.detail, device });
  return {
    clock,
    log: createLog('test', 'silent'),
    readings,
    refused,
    take: async (uplink: Uplink) => {
      if (uplink.kind !== 'readings') return;
      readings.push(...uplink.readings);
      for (const each of uplink.refused ?? []) note(each);
    },
    refuse: (refusal, _sample, device) => void note(refusal, device),
    reading: (device, fits = () => true, within = 10_000) => {
      const from = readings.length;
      const look = () => readings.slice(from).find((each) => each.device === device && fits(each));
      return eventually(look, `a reading of ${device}`, within);
    },
  };
}
