import type { ChannelKind } from '@keystead/terminals/port';

/** A protocol the agent can run; its code is loaded when the first channel of it is configured. */
export interface KindEntry {
  load(): Promise<ChannelKind>;
  /** Runs in a thread of its own unless the configuration says otherwise: it may keep the processor for long. */
  thread?: boolean;
}

export type KindRegistry = Readonly<Record<string, KindEntry>>;
