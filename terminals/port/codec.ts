import { problem } from '@keystead/contracts/problem';
import type { Occurrence, Reading } from './driver.ts';
import type { Refusal } from './refusal.ts';

/** No codec of that name is known here. */
export class CodecUnknown extends problem('codec-unknown', 404) {}
/** The codec ran and threw, reported an error, or gave something that is no result. */
export class CodecFailed extends problem('codec-failed', 422) {}
/** The codec used more time, memory or stack than it may. */
export class CodecCut extends problem('codec-cut', 422) {}

/** Bytes of one message, and what its carrier told beside them. */
export interface CodedPayload {
  bytes: Uint8Array;
  /** Port of LoRaWAN; absent where the carrier has none. */
  fPort?: number;
  /** When the carrier received it, ms since 1970. */
  recvTime?: number;
  /** Settings of the device; the codec sees them as `input.variables`. */
  variables?: Readonly<Record<string, unknown>>;
}

/** What a codec made of a payload. Names of devices are addresses on the line, as the codec read them. */
export interface DecodedPayload {
  readings: Reading[];
  occurrences: Occurrence[];
  attributes?: Record<string, unknown>;
  /** Answer to a call; `request` when the payload carries the number it was sent with, `error` when it says no. */
  reply?: { request?: number; value: unknown; error?: string };
  /** Address all of this is about, where the payload says it. */
  device?: string;
  /** Bytes the sender waits for as a receipt; to be sent only after the rest is durable. */
  answer?: Uint8Array;
  warnings: string[];
}

export interface CodedCommand {
  method: string;
  params: unknown;
  /** A number the codec may put into the bytes, so that the reply can be told by it. */
  request?: number;
  /** Address of the device on its line. */
  device?: string;
  variables?: Readonly<Record<string, unknown>>;
}

export interface EncodedPayload {
  bytes: Uint8Array;
  fPort?: number;
  /** False when the device never answers this command. */
  replies: boolean;
}

/** Where whole frames stand in a stream: [start, end) each; `rest`: what was seen of no use up to there. */
export interface StreamCut {
  frames: { start: number; end: number }[];
  /** Bytes before this are done with; what follows is the beginning of a frame. */
  rest: number;
  /** Bytes that belong to no frame. */
  skipped: number;
}

/**
 * A codec somebody wrote, by its name. A channel asks its host for it at every message, so that a new version is used
 * from the next message on. Nothing throws; a codec never sees two devices' states.
 */
export interface PayloadCodec {
  decode(payload: CodedPayload): Promise<DecodedPayload | Refusal>;
  encode(command: CodedCommand): Promise<EncodedPayload | Refusal>;
  /** Cuts a byte stream into frames. */
  cut(stream: Uint8Array, variables?: Readonly<Record<string, unknown>>): Promise<StreamCut | Refusal>;
}
