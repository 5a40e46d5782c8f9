import { problem } from '@keystead/contracts/problem';

/** Nothing that could run scripts or read frames was plugged in. */
export class BenchMissing extends problem('codec-bench-missing', 503) {}

/** What a script made of something, as JSON; or why it made nothing: a problem type, and words for people. */
export type Outcome = { readonly made: Readonly<Record<string, unknown>> } | Refused;
export interface Refused {
  readonly refused: string;
  readonly detail?: string;
}

export interface CodedFrame {
  bytes: Uint8Array;
  fPort?: number;
  /** ms since 1970. */
  recvTime?: number;
  variables?: Readonly<Record<string, unknown>>;
}

export interface CodedCall {
  method: string;
  params?: unknown;
  request?: number;
  /** Address on the line. */
  device?: string;
  variables?: Readonly<Record<string, unknown>>;
}

/** Runs scripts in a sandbox that ends what takes too long. Nothing throws but `Overloaded`. */
export interface CodecBench {
  /** Tries to read a text. */
  check(source: string): Promise<{ functions: string[] } | Refused>;
  /** `{ readings, occurrences, attributes, reply, device, answer, warnings }`; bytes as hexadecimal. */
  decode(source: string, frame: CodedFrame): Promise<Outcome>;
  /** `{ hex, fPort, replies }`. */
  encode(source: string, call: CodedCall): Promise<Outcome>;
  /** What the script itself says of the bytes of a command. */
  explainDownlink(source: string, frame: CodedFrame): Promise<Outcome>;
}

/** One part of a frame; bytes [start, end) of all that was pasted. */
export interface FramePart {
  name: { zh: string; en: string };
  start: number;
  end: number;
  value: string;
  fields?: FramePart[];
}

/** What the platform would take from a frame. */
export interface FramePoint {
  kind: 'reading' | 'event' | 'attribute';
  device?: string;
  /** µs since 1970. */
  time?: number;
  name: string;
  value?: unknown;
}

export interface FoundFrame {
  protocol: string;
  start: number;
  end: number;
  /** 0 … 1. */
  certainty: number;
  checksum: 'right' | 'wrong' | 'none';
  fields: FramePart[];
  points: FramePoint[];
  refused?: Refused;
}

/** Guesses what bytes of unknown origin are: the surest first, also frames in the middle of a capture. */
export interface FrameDesk {
  /** Protocols it knows. */
  readonly protocols: readonly string[];
  explain(bytes: Uint8Array): Promise<FoundFrame[]>;
}
