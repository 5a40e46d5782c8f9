import type { Refusal } from '@keystead/terminals/port';

interface OfDevice {
  /** As the cloud names it. */
  device: string;
}

/** What an operator's cloud tells of a device. Times are µs since 1970. */
export type CloudEvent =
  /** Bytes as the device sent them; the cloud did not look inside. */
  | (OfDevice & { kind: 'bytes'; bytes: Uint8Array; time?: number })
  | (OfDevice & { kind: 'values'; values: Record<string, unknown>; time?: number })
  | (OfDevice & { kind: 'event'; event: string; data?: unknown; time?: number })
  | (OfDevice & { kind: 'presence'; online: boolean })
  /** What became of a command; `undefined` success: on its way. */
  | (OfDevice & { kind: 'fate'; task: string; success?: boolean; detail?: string });

/** One push: several events of one message, and what tells it from others. */
export interface Push {
  id: string;
  events: CloudEvent[];
}

/** One make of cloud: its pushes in our words. Pure, never throws. */
export interface Cloud {
  /** Says whether a push may speak: by its signature, or by the secret in the path. */
  read(path: string, body: Uint8Array): Push | Refusal;
  /** Answer to the question whether this address is ours; undefined = it does not ask. */
  greet?(query: URLSearchParams): string | Refusal;
}

/** Bytes of one push. */
export const pushLimit = 256 * 1024;
