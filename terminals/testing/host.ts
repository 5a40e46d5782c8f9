import { type Clock, createLog, systemClock } from '@keystead/kernel/base';
import type { ChannelHost, PayloadCodec, Reading, Refusal, Uplink } from '@keystead/terminals/port';
import { eventually } from './eventually.ts';

/** A process around a channel that keeps what it is told. */
export interface RecordingHost extends ChannelHost {
  readonly uplinks: Uplink[];
  /** The readings among them. */
  readonly readings: Reading[];
  readonly refused: { type: string; detail?: string; pointer?: string; device?: string }[];
  /** The same as lines: `type: detail`. */
  readonly refusedLines: string[];
  /** Stands between a message and its being kept. */
  before: () => Promise<void>;
  /** Waits until a reading of the device fits; fails after `within` ms. */
  reading(device: string, fits?: (reading: Reading) => boolean, within?: number): Promise<Reading>;
}

export function recordingHost(
  clock: Clock = systemClock,
  codec: (name: string) => PayloadCodec | undefined = () => undefined,
): RecordingHost {
  const readings: Reading[] = [];
  const refusedLines: string[] = [];
  const refused: RecordingHost['refused'] = [];
  const note = ({ problem, detail, pointer }: Refusal, device?: string) => {
    refusedLines.push(`${problem.type}: ${detail}`);
    refused.push({ type: problem.type, detail, pointer, device });
  };
  const host: RecordingHost = {
    clock,
    log: createLog('test', 'silent'),
    uplinks: [],
    readings,
    refused,
    refusedLines,
    before: async () => undefined,
    take: async (uplink) => {
      await host.before();
      host.uplinks.push(uplink);
      if (uplink.kind !== 'readings') return;
      readings.push(...uplink.readings);
      for (const part of uplink.refused ?? []) note(part, part.device);
    },
    refuse: (refusal, _sample, device) => note(refusal, device ?? refusal.device),
    codec,
    reading: (device, fits = () => true, within = 10_000) => {
      const from = readings.length;
      const look = () => readings.slice(from).find((each) => each.device === device && fits(each));
      return eventually(look, `a reading of ${device}`, within);
    },
  };
  return host;
}
