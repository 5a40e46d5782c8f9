import type { Uplink } from './driver.ts';
import type { Refusal } from './refusal.ts';

/** One part of a frame, for people: where it stands and what it means. */
export interface FrameField {
  name: { zh: string; en: string };
  /** Bytes [start, end) of the input. */
  start: number;
  end: number;
  /** What it says, as text. */
  value: string;
  fields?: FrameField[];
}

/** What a protocol makes of bytes somebody pasted (the frame desk). */
export interface FrameExplanation {
  protocol: string;
  /** 0 … 1: how surely these bytes are of this protocol; 1 = start, length, checksum and end all agree. */
  certainty: number;
  checksum: 'right' | 'wrong' | 'none';
  fields: FrameField[];
  /** Resulting words; absent when the frame says nothing to the platform. */
  uplink?: Uplink;
  refusal?: Refusal;
}

/** Looks at bytes of unknown origin. Pure, never throws, at most 64 KiB in; undefined = certainly not ours. */
export interface FrameReader {
  readonly protocol: string;
  explain(bytes: Uint8Array): FrameExplanation | undefined;
}
