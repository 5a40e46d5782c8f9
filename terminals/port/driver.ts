import type { Refusal } from './refusal.ts';

/** Raw values of one device at one time, as sent: not converted, not yet held against a model. */
export interface Reading {
  /** Name of the device behind the sender; absent = the sender itself. */
  device?: string;
  /** Event time, µs since 1970; absent = the device sent none. */
  time?: number;
  values: Record<string, unknown>;
}

/** A named event of one device. */
export interface Occurrence {
  device?: string;
  /** Event time, µs since 1970; absent = the device sent none. */
  time?: number;
  event: string;
  data?: unknown;
}

export interface AttributeSet {
  device?: string;
  values: Record<string, unknown>;
}

/** Parts that were taken beside parts that were not. */
interface WithRefused {
  refused?: Refusal[];
}

/** Everything a terminal can say to the platform. */
export type Uplink =
  | ({ kind: 'readings'; readings: Reading[] } & WithRefused)
  | ({ kind: 'occurrences'; occurrences: Occurrence[] } & WithRefused)
  | ({ kind: 'attributes'; sets: AttributeSet[] } & WithRefused)
  | {
      kind: 'attributes-wanted';
      request: number;
      device?: string;
      client?: string[];
      shared?: string[];
      single?: boolean;
    }
  | { kind: 'call'; request: number; method: string; params: unknown }
  | { kind: 'reply'; request: number; device?: string; reply: unknown }
  | { kind: 'connect' | 'disconnect'; device: string };

/** Everything the platform can say to a terminal. */
export type Downlink =
  | { kind: 'attributes'; device?: string; values: Record<string, unknown> }
  | {
      kind: 'attributes-given';
      request: number;
      device?: string;
      client: Record<string, unknown>;
      shared: Record<string, unknown>;
      single?: boolean;
    }
  | { kind: 'call'; request: number; device?: string; method: string; params: unknown }
  | { kind: 'reply'; request: number; reply: unknown }
  | { kind: 'problem'; refusal: Refusal; about: string };

/**
 * What a protocol folder provides: bytes ⇄ words. `Frame` is the protocol's smallest whole: an MQTT message
 * (topic and payload), a Modbus response, a CJ/T 188 frame. Both directions are pure and never throw.
 */
export interface Driver<Frame> {
  readonly name: string;
  decode(frame: Frame): Uplink | Refusal;
  encode(downlink: Downlink): Frame;
}
