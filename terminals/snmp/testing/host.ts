import { type Clock, createLog, systemClock } from '@keystead/kernel/base';
import type { ChannelHost, PayloadCodec, Uplink } from '@keystead/terminals/port';

/** A process around a channel that keeps what it is told. */
export interface RecordingHost extends ChannelHost {
  readonly uplinks: Uplink[];
  readonly refused: { type: string; device?: string }[];
  /** Stands between a message and its being kept. */
  before: () => Promise<void>;
}

export function recordingHost(clock: Clock = systemClock, codec?: PayloadCodec): RecordingHost {
  const host: RecordingHost = {
    clock,
    log: createLog('test', 'silent'),
    uplinks: [],
    refused: [],
    before: async () => undefined,
    take: async (uplink) => {
      await host.before();
      host.uplinks.push(uplink);
    },
    refuse: ({ problem }, _sample, device) => void host.refused.push({ type: problem.type, device }),
    codec: (name) => (name === 'known' ? codec : undefined),
  };
  return host;
}

/** Looks every few ms until there is something. */
export async function eventually<T>(look: () => T | undefined | false, what: string, within = 15_000): Promise<T> {
  for (const until = performance.now() + within; ; ) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > until) throw new Error(`not within ${within} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
