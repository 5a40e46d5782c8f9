import { readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { SequenceRange } from '@keystead/contracts/agent';
import { frameHead, longestRecord, readFrame, writeFrame } from './frame.ts';
import {
  countRecords,
  createSegment,
  isSegmentOf,
  readHead,
  type Segment,
  segmentHead,
  segmentName,
} from './segment.ts';

export interface Payload {
  bytes: Uint8Array;
  /** µs since 1970. */
  time: number;
}

/** Consecutive records of one segment, so of one clock epoch. */
export interface Piece {
  from: number;
  to: number;
  epoch: number;
  records: Buffer[];
  /** Cannot be read any more. */
  damaged: SequenceRange[];
}

const mostPlaces = 64;

/** The records of one level in segment files: appended at the end, read anywhere, removed from the front. */
export class LevelSpool {
  readonly level: 1 | 2 | 3;
  readonly #folder: string;
  readonly #segmentBytes: number;
  readonly #segments: Segment[] = [];
  readonly #readers = new Map<Segment, Promise<FileHandle>>();
  /** Where in a file a record begins that somebody will ask for next. */
  readonly #places = new Map<number, { segment: Segment; at: number }>();
  #active: { segment: Segment; file: FileHandle } | undefined;
  #next: number;

  /** `next`: number of the first record if there is no file at all. */
  constructor(folder: string, level: 1 | 2 | 3, next: number, segmentBytes: number) {
    this.level = level;
    this.#folder = folder;
    this.#segmentBytes = segmentBytes;
    const names = readdirSync(folder)
      .filter((name) => isSegmentOf(name, level))
      .sort();
    for (const name of names) {
      const segment = readHead(join(folder, name));
      if (segment) this.#segments.push(segment);
      else rmSync(join(folder, name));
    }
    this.#segments.forEach((segment, index) => {
      segment.next = this.#segments[index + 1]?.first ?? segment.first;
    });
    const last = this.#segments.at(-1);
    if (last) this.#mend(last);
    this.#next = Math.max(next, last?.next ?? 1);
  }

  /** Number the next record will get; everything below it is on disk. */
  get next(): number {
    return this.#next;
  }

  /** Number of the oldest record that is still here. */
  get first(): number {
    return this.#segments[0]?.first ?? this.#next;
  }

  get bytes(): number {
    return this.#segments.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Time of the oldest record, µs; undefined when there is none. */
  get oldest(): number | undefined {
    return this.#segments[0]?.time;
  }

  /** Time of the first record behind the oldest file: the file itself is older. */
  get secondOldest(): number | undefined {
    return this.#segments[1]?.time;
  }

  get oldestEpoch(): number | undefined {
    return this.#segments[0]?.epoch;
  }

  /** The first number from `from` on that is here; the next number when none is. */
  firstFrom(from: number): number {
    const segment = this.#segments.find(({ next }) => next > from);
    return segment === undefined ? this.#next : Math.max(from, segment.first);
  }

  /** Appends records and waits until they are on disk; after a failure none of them is there. */
  async append(records: readonly Payload[], epoch: number): Promise<void> {
    const first = records[0];
    if (first === undefined) return;
    const { segment, file } = await this.#writable(epoch, first.time);
    const size = records.reduce((sum, { bytes }) => sum + frameHead + bytes.length, 0);
    const buffer = Buffer.allocUnsafe(size);
    let at = 0;
    let sequence = this.#next;
    for (const { bytes } of records) at = writeFrame(buffer, at, bytes, sequence++);
    try {
      await file.write(buffer, 0, size, segment.bytes);
      await file.datasync();
    } catch (failure) {
      await file.truncate(segment.bytes).catch(() => {});
      throw failure;
    }
    segment.bytes += size;
    segment.next = sequence;
    this.#next = sequence;
  }

  /** Records from `from` on, below `until`, of at most about `bytes`; undefined when there are none. */
  async read(from: number, until: number, bytes: number): Promise<Piece | undefined> {
    const segment = this.#segments.find((each) => each.first <= from && from < each.next);
    if (segment === undefined) return undefined;
    const end = Math.min(until, segment.next);
    let at = await this.#placeOf(segment, from);
    const file = await this.#reader(segment);
    const length = Math.min(Math.max(bytes, frameHead + longestRecord), segment.bytes - at);
    const buffer = Buffer.allocUnsafe(Math.max(0, length));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    const content = buffer.subarray(0, bytesRead);
    const piece: Piece = { from, to: from - 1, epoch: segment.epoch, records: [], damaged: [] };
    let offset = 0;
    let taken = 0;
    for (let sequence = from; sequence < end; sequence++) {
      const frame = readFrame(content, offset, sequence);
      if (frame.state === 'torn') {
        // Either the buffer ends here, or the file is broken: then nothing of this segment is found any more.
        if (piece.to >= from) break;
        piece.damaged.push([sequence, segment.next - 1]);
        piece.to = segment.next - 1;
        return piece;
      }
      if (frame.state === 'damaged') {
        // A message holds consecutive records: what is damaged stands alone.
        if (piece.to < from) {
          piece.damaged.push([sequence, sequence]);
          piece.to = sequence;
          offset = frame.next;
        }
        break;
      }
      if (taken > 0 && taken + frame.payload.length + 1 > bytes) break;
      piece.records.push(frame.payload);
      piece.to = sequence;
      taken += frame.payload.length + 1;
      offset = frame.next;
    }
    at += offset;
    this.#remember(piece.to + 1, segment, at);
    return piece.to < from ? undefined : piece;
  }

  /** Removes files of which `isDone` says that no record is needed any more. The one being written to stays. */
  async prune(isDone: (from: number, to: number) => boolean): Promise<void> {
    for (let oldest = this.#segments[0]; oldest && oldest !== this.#active?.segment; oldest = this.#segments[0]) {
      if (oldest.next === oldest.first || isDone(oldest.first, oldest.next - 1)) await this.#remove(oldest);
      else return;
    }
  }

  /** Gives up the oldest file, the one being written to as well; undefined when there is nothing to give up. */
  async drop(): Promise<{ range: SequenceRange; first: number; last: number } | undefined> {
    const oldest = this.#segments[0];
    if (oldest === undefined || oldest.next === oldest.first) return undefined;
    const last = this.#segments[1]?.time ?? oldest.time;
    if (this.#active?.segment === oldest) await this.#finish();
    await this.#remove(oldest);
    return { range: [oldest.first, oldest.next - 1], first: oldest.time, last };
  }

  /** Nothing stays open, whatever fails. */
  async close(): Promise<void> {
    const readers = [...this.#readers.values()];
    this.#readers.clear();
    await Promise.all([this.#finish(), ...readers.map(async (reader) => (await reader).close())]);
  }

  /** A file whose writing was cut ends at its last whole record. */
  #mend(segment: Segment): void {
    const { next, bytes } = countRecords(readFileSync(segment.path), segment.first);
    if (bytes < segment.bytes) truncateSync(segment.path, bytes);
    segment.next = next;
    segment.bytes = bytes;
  }

  async #writable(epoch: number, time: number): Promise<{ segment: Segment; file: FileHandle }> {
    const active = this.#active;
    if (active && active.segment.epoch === epoch && active.segment.bytes < this.#segmentBytes) return active;
    await this.#finish();
    const head = { level: this.level, epoch, first: this.#next, time };
    // After a restart an empty file may bear the very name.
    const same = this.#segments.findIndex(({ first }) => first === head.first);
    if (same >= 0) this.#segments.splice(same, 1);
    const made = await createSegment(join(this.#folder, segmentName(head)), head);
    this.#segments.push(made.segment);
    this.#active = made;
    return made;
  }

  async #finish(): Promise<void> {
    const active = this.#active;
    this.#active = undefined;
    await active?.file.close();
  }

  async #remove(segment: Segment): Promise<void> {
    this.#segments.splice(this.#segments.indexOf(segment), 1);
    const reader = this.#readers.get(segment);
    this.#readers.delete(segment);
    for (const [sequence, place] of this.#places) if (place.segment === segment) this.#places.delete(sequence);
    await (await reader)?.close();
    rmSync(segment.path, { force: true });
  }

  #reader(segment: Segment): Promise<FileHandle> {
    const known = this.#readers.get(segment);
    if (known !== undefined) return known;
    // It was given up while somebody was on the way to it: opened now, nobody would close it.
    if (!this.#segments.includes(segment)) return Promise.reject(new Error(`${segment.path} was given up`));
    const reader = open(segment.path, 'r');
    this.#readers.set(segment, reader);
    reader.catch(() => this.#readers.delete(segment));
    return reader;
  }

  async #placeOf(segment: Segment, sequence: number): Promise<number> {
    const known = this.#places.get(sequence);
    if (known?.segment === segment) return known.at;
    let at = segmentHead;
    if (sequence === segment.first) return at;
    const file = await this.#reader(segment);
    const content = Buffer.allocUnsafe(segment.bytes);
    await file.read(content, 0, content.length, 0);
    for (let number = segment.first; number < sequence; number++) {
      const frame = readFrame(content, at, number);
      if (frame.state === 'torn') return segment.bytes;
      at = frame.next;
    }
    return at;
  }

  #remember(sequence: number, segment: Segment, at: number): void {
    if (this.#places.size >= mostPlaces) {
      const [oldest] = this.#places.keys();
      if (oldest !== undefined) this.#places.delete(oldest);
    }
    this.#places.set(sequence, { segment, at });
  }
}
