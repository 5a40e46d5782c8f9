import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { syncFolder } from '../files/sync-folder.ts';
import { readFrame } from './frame.ts';

export const segmentHead = 32;
const magic = 0x4b535350;

/** What stands at the beginning of a segment file. */
export interface SegmentHead {
  level: 1 | 2 | 3;
  /** Stretch of the agent's clock its times are of. */
  epoch: number;
  /** Number of its first record. */
  first: number;
  /** Time of its first record, µs since 1970. */
  time: number;
}

/** One file of consecutive records. */
export interface Segment extends SegmentHead {
  readonly path: string;
  /** Number behind its last record. */
  next: number;
  bytes: number;
}

export const segmentName = ({ level, first }: SegmentHead): string => `${level}-${String(first).padStart(16, '0')}.seg`;
export const isSegmentOf = (name: string, level: number): boolean =>
  name.startsWith(`${level}-`) && name.endsWith('.seg');

function headBytes({ level, epoch, first, time }: SegmentHead): Buffer {
  const bytes = Buffer.alloc(segmentHead);
  bytes.writeUInt32LE(magic, 0);
  bytes.writeUInt8(1, 4);
  bytes.writeUInt8(level, 5);
  bytes.writeUInt32LE(epoch, 8);
  bytes.writeDoubleLE(first, 12);
  bytes.writeDoubleLE(time, 20);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 28)), 28);
  return bytes;
}

/** A new file that is on disk, name and all, before anything is written into it. */
export async function createSegment(path: string, head: SegmentHead): Promise<{ segment: Segment; file: FileHandle }> {
  const file = await open(path, 'w+');
  try {
    await file.write(headBytes(head), 0, segmentHead, 0);
    await file.sync();
    syncFolder(dirname(path));
  } catch (failure) {
    await file.close();
    throw failure;
  }
  return { segment: { ...head, path, next: head.first, bytes: segmentHead }, file };
}

/** The head of a segment file; undefined when it is none, or a power cut left less than a head. */
export function readHead(path: string): Segment | undefined {
  const bytes = Buffer.alloc(segmentHead);
  const file = openSync(path, 'r');
  try {
    if (readSync(file, bytes, 0, segmentHead, 0) < segmentHead) return undefined;
  } finally {
    closeSync(file);
  }
  if (bytes.readUInt32LE(0) !== magic || bytes.readUInt32LE(28) !== crc32(bytes.subarray(0, 28))) return undefined;
  const level = bytes.readUInt8(5) as 1 | 2 | 3;
  const first = bytes.readDoubleLE(12);
  const head = { level, epoch: bytes.readUInt32LE(8), first, time: bytes.readDoubleLE(20) };
  return { ...head, path, next: first, bytes: statSync(path).size };
}

/** Counts the records of a file that may end in the middle of one; `bytes` is where the whole ones end. */
export function countRecords(content: Buffer, first: number): { next: number; bytes: number } {
  let at = segmentHead;
  let next = first;
  for (;;) {
    const frame = readFrame(content, at, next);
    if (frame.state === 'torn') return { next, bytes: at };
    // A wrong sum at the very end is a write that was cut; before the end it is damage, and the rest still stands.
    if (frame.state === 'damaged' && !hasWhole(content, frame.next, next + 1)) return { next, bytes: at };
    at = frame.next;
    next++;
  }
}

function hasWhole(content: Buffer, from: number, sequence: number): boolean {
  let at = from;
  for (let number = sequence; ; number++) {
    const frame = readFrame(content, at, number);
    if (frame.state === 'torn') return false;
    if (frame.state === 'whole') return true;
    at = frame.next;
  }
}
