import { type Bearer, bearers } from '@keystead/contracts/bearer';
import type { FirmwareOffer } from '@keystead/contracts/firmware';
import type { Clock, Log } from '@keystead/kernel/base';
import type { Static, TSchema } from 'typebox';
import type { PayloadCodec } from './codec.ts';
import type { Uplink } from './driver.ts';
import type { Refusal } from './refusal.ts';

/** One device as it is configured on a channel. */
export interface ChannelDevice<At> {
  /** Name the platform knows it by; unique in its agent. */
  name: string;
  /** Where it answers on the channel and what to read there, in the protocol's own words. */
  at: At;
}

export interface ChannelSetup<Settings, At> {
  /** Unique in its agent. */
  name: string;
  settings: Settings;
  devices: readonly ChannelDevice<At>[];
}

/** How a line has been doing since the channel was opened (I-5.3.2-1). Counters only grow. */
export interface LinkFigures {
  /** `waiting`: nothing asked yet. `down`: the last tries failed. */
  state: 'waiting' | 'up' | 'down';
  /** ms since 1970 of the last change of `state`. */
  since: number;
  sent: number;
  received: number;
  /** Asked and never answered. */
  lost: number;
  /** Frames whose checksum was wrong. */
  damaged: number;
  /** Times the link broke. */
  breaks: number;
  /** Of the last answer, ms. */
  latency?: number;
}

/** What a channel remembers of a device over restarts: small things under names of its own. */
export interface DeviceMemory {
  read(device: string, name: string): Promise<Uint8Array | undefined>;
  /** Durable once it resolves; undefined forgets. Rejects with `PayloadTooLarge` above 64 KiB. */
  write(device: string, name: string, bytes: Uint8Array | undefined): Promise<void>;
}

/** What a channel needs of the process that runs it: an edge agent, or a test. */
export interface ChannelHost {
  readonly clock: Clock;
  readonly log: Log;
  /**
   * Takes what devices said. Resolves once it is durable (a protocol that acknowledges does so only then); rejects
   * with `Overloaded` or `CommitFailed`, and the device is not told that it was taken.
   */
  take(uplink: Uplink): Promise<void>;
  /** Something that was not taken: counted by problem type. `sample`: at most 64 bytes are kept. */
  refuse(refusal: Refusal, sample: Uint8Array, device?: string): void;
  /** Absent where nothing is kept. */
  readonly memory?: DeviceMemory;
  /**
   * The codec of that name as it is at this moment; absent where no scripts are run, undefined where nobody wrote it.
   * Asked for at each message: a new version counts from the next one on.
   */
  codec?(name: string): PayloadCodec | undefined;
}

/** New firmware for one device: whole, and of the hash that was announced. */
export interface DevicePackage {
  readonly offer: FirmwareOffer;
  /** Bytes from an offset, fewer at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A channel that is open. */
export interface Channel {
  /**
   * Carries a call to a device and resolves with its answer; `deadline`: ms from now. Rejects with `DeviceSilent`,
   * `MethodUnknown`, or a problem of the protocol. Never sent twice by the channel: the caller decides.
   */
  call(device: string, method: string, params: unknown, deadline: number): Promise<unknown>;
  /**
   * Brings new firmware to a device; absent where the protocol has no way for it. Resolves when the device has every
   * byte: that it is proven and runs, it says itself. Aborted when nobody wants it any more; rejects as `call` does.
   */
  update?(device: string, update: DevicePackage, signal: AbortSignal): Promise<void>;
  /** By device, and under '' of the line as a whole. */
  links(): ReadonlyMap<string, LinkFigures>;
  close(): Promise<void>;
}

/**
 * What a protocol folder offers to an agent: the half of a driver that does I/O. Settings are held against the
 * schemas before `open`; a line that cannot be reached does not make `open` fail, it is tried again.
 */
export interface ChannelKind<S extends TSchema = TSchema, D extends TSchema = TSchema> {
  /** Such as `modbus`; the word used in configurations. */
  readonly protocol: string;
  readonly name: { zh: string; en: string };
  readonly settings: S;
  /** Form of `ChannelDevice.at`. */
  readonly device: D;
  /** Bearers it can go over (H-7.1-a); what carries a device is a field of the device, never of the protocol. */
  readonly bearers: readonly Bearer[];
  open(setup: ChannelSetup<Static<S>, Static<D>>, host: ChannelHost): Promise<Channel>;
}

export { type Bearer, bearers };
