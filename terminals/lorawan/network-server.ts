import type { Refusal } from '@keystead/terminals/port';

/** How well the strongest gateway heard a frame. */
export interface Reception {
  /** dBm */
  rssi?: number;
  /** dB */
  snr?: number;
  gateway?: string;
  /** Gateways that heard it. */
  gateways: number;
}

interface OfDevice {
  /** 16 hex digits, small. */
  devEui: string;
  /** Name at the network server, which commands need. */
  deviceId?: string;
  application?: string;
  /** ms since 1970, by the network server's clock. */
  time?: number;
}

/** What a network server tells of a device. */
export type NetworkEvent =
  | (OfDevice & {
      kind: 'up';
      devAddr: string;
      fCnt: number;
      fPort: number;
      bytes: Uint8Array;
      /** What a codec at the network server made of it. */
      object?: Record<string, unknown>;
      reception: Reception;
      spreadingFactor?: number;
      /** Percent, where the network server tells it with each frame. */
      battery?: number;
    })
  | (OfDevice & { kind: 'join'; devAddr?: string })
  | (OfDevice & { kind: 'status'; battery?: number; externalPower?: boolean; margin?: number })
  /** A command's fate; `id` is the one we gave it. */
  | (OfDevice & { kind: 'fate'; id: string; fate: 'sent' | 'acknowledged' | 'unheard' | 'failed'; detail?: string })
  /** True words that say nothing to us: a queue length, a location. */
  | { kind: 'other' };

export interface Downlink {
  id: string;
  devEui: string;
  deviceId?: string;
  application: string;
  fPort: number;
  bytes: Uint8Array;
  confirmed: boolean;
}

/** One make of network server: its words ⇄ ours. Pure, never throws. */
export interface NetworkServer {
  readonly name: string;
  /** Topics to subscribe; `application` as the server names it, `+` for all. */
  filters(application: string): string[];
  /** `about`: the topic, or of a webhook the event's name. */
  read(about: string, payload: Uint8Array): NetworkEvent | Refusal;
  command(downlink: Downlink): { topic: string; payload: string };
}

/** Bytes of one event. */
export const eventLimit = 256 * 1024;
