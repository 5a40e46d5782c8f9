import { mkdirSync } from 'node:fs';
import type { TransferLevel } from '@keystead/contracts/labels';
import type { Clock, Log } from '@keystead/kernel/base';
import type { DroppedRecords } from '@keystead/terminals/mqtt';
import { Overloaded, PayloadTooLarge } from '@keystead/terminals/port';
import { longestRecord } from './frame.ts';
import { LevelSpool, type Payload, type Piece } from './level-spool.ts';
import { SpoolState } from './spool-state.ts';

export interface SpoolLimits {
  /** Bytes on disk. */
  bytes: number;
  /** Hours that records of levels 1 and 2 are kept for. */
  hours: number;
  /** Bytes of one file: what is given up at a time. */
  segmentBytes: number;
  /** Bytes waiting to be written. */
  pendingBytes: number;
}

export const spoolLimits: SpoolLimits = {
  bytes: 2 * 1024 ** 3,
  hours: 7 * 24,
  segmentBytes: 4 * 1024 ** 2,
  pendingBytes: 16 * 1024 ** 2,
};

interface Waiting extends Payload {
  written(): void;
  failed(cause: unknown): void;
}

const levels = [3, 2, 1] as const;
const hour = 3_600_000_000;
/** State on disk is at most this old, ms: so much may be sent again after a power cut. */
const stateMs = 200;

/**
 * The store-and-forward log: what was taken is on disk, numbered without a hole in each level, until the platform has
 * acknowledged it. Over its bounds the oldest of level 1 is given up, then of level 2, level 3 last (H-7.2-b-1).
 */
export class Spool {
  readonly #state: SpoolState;
  readonly #levels: readonly [LevelSpool, LevelSpool, LevelSpool];
  readonly #clock: Clock;
  readonly #log: Log;
  limits: SpoolLimits;
  /** Called when records became durable. */
  onDurable: (level: TransferLevel) => void = () => {};
  /** Called when records were given up. */
  onDropped: (level: TransferLevel, dropped: DroppedRecords) => void = () => {};
  readonly #waiting: [Waiting[], Waiting[], Waiting[]] = [[], [], []];
  #waitingBytes = 0;
  #writing: Promise<void> | undefined;
  #epoch = 0;
  #saving: NodeJS.Timeout | undefined;
  readonly #readings = new Set<Promise<unknown>>();
  #lastSave: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(folder: string, limits: SpoolLimits, clock: Clock, log: Log) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#clock = clock;
    this.#log = log;
    this.limits = limits;
    this.#state = new SpoolState(folder);
    const open = (level: TransferLevel) =>
      new LevelSpool(folder, level, this.#state.of(level).next, limits.segmentBytes);
    this.#levels = [open(1), open(2), open(3)];
    for (const level of levels) this.#findHole(level);
  }

  /** Opens or begins the log in a folder; its name and the new stretch of the clock are on disk before any record. */
  static async open(folder: string, limits: SpoolLimits, clock: Clock, log: Log): Promise<Spool> {
    const spool = new Spool(folder, limits, clock, log);
    await spool.newEpoch();
    return spool;
  }

  get name(): string {
    return this.#state.log;
  }

  get bytes(): number {
    return this.#levels.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Number the next record of a level gets. */
  next(level: TransferLevel): number {
    return this.#of(level).next;
  }

  /** Takes one record; resolves when it is on disk, together with what came at the same time. */
  append(level: TransferLevel, bytes: Uint8Array, time: number): Promise<void> {
    if (bytes.length > longestRecord) return Promise.reject(new PayloadTooLarge());
    if (this.#closed || this.#waitingBytes > this.limits.pendingBytes) return Promise.reject(new Overloaded());
    return new Promise((written, failed) => {
      this.#waiting[(level - 1) as 0 | 1 | 2].push({ bytes, time, written, failed });
      this.#waitingBytes += bytes.length;
      this.#writing ??= this.#write();
    });
  }

  /** The first record from `from` on that is not settled; the next number when all are. */
  nextUnsettled(level: TransferLevel, from = 1): number {
    return Math.min(this.#state.of(level).settled.nextMissing(Math.max(1, from)), this.#of(level).next);
  }

  /** Records not acknowledged yet. */
  backlog(level: TransferLevel): number {
    const next = this.#of(level).next;
    let count = 0;
    for (const [from, to] of this.#state.of(level).settled.missing(1, next - 1)) count += to - from + 1;
    return count;
  }

  /** Records from `from` on, below `until` and below the next settled one; what cannot be read is given up. */
  read(level: TransferLevel, from: number, until: number, bytes: number): Promise<Piece | undefined> {
    if (this.#closed) return Promise.resolve(undefined);
    const reading = this.#read(level, from, until, bytes);
    this.#readings.add(reading);
    return reading.finally(() => this.#readings.delete(reading));
  }

  async #read(level: TransferLevel, from: number, until: number, bytes: number): Promise<Piece | undefined> {
    const spool = this.#of(level);
    const gap = this.#state.of(level).settled.missing(from, Math.min(until, spool.next) - 1)[0];
    if (gap === undefined) return undefined;
    const piece = await spool.read(gap[0], gap[1] + 1, bytes);
    const time = this.#clock.now().getTime() * 1000;
    if (piece === undefined) {
      // A file is missing: everything up to the next one there is.
      const to = Math.max(gap[0], Math.min(gap[1], spool.firstFrom(gap[0]) - 1));
      this.#giveUp(level, { from: gap[0], to, first: time, last: time });
      return this.#read(level, to + 1, until, bytes);
    }
    for (const [start, end] of piece.damaged) this.#giveUp(level, { from: start, to: end, first: time, last: time });
    if (piece.records.length === 0) return this.#read(level, piece.to + 1, until, bytes);
    return { ...piece, from: piece.to - piece.records.length + 1 };
  }

  /** The platform has committed these. */
  settle(level: TransferLevel, from: number, to: number): void {
    this.#state.of(level).settled.add(from, to);
    this.#changed();
  }

  /** What was given up and the centre does not know of. */
  untold(level: TransferLevel): readonly DroppedRecords[] {
    return this.#state.of(level).untold;
  }

  told(level: TransferLevel, ranges: readonly DroppedRecords[]): void {
    const memory = this.#state.of(level);
    memory.untold = memory.untold.filter(
      (each) => !ranges.some(({ from, to }) => from === each.from && to === each.to),
    );
    this.#changed();
  }

  /** A new stretch of the agent's clock; `offset` when it is known already, µs. */
  async newEpoch(offset?: number): Promise<void> {
    const epochs = this.#state.epochs;
    const id = (epochs.at(-1)?.id ?? 0) + 1;
    epochs.push({ id, offset });
    const needed = Math.min(...this.#levels.map((level) => level.oldestEpoch ?? Number.POSITIVE_INFINITY));
    this.#state.epochs = epochs.filter(({ id }, index) => id >= needed || index === epochs.length - 1);
    await this.#save();
    this.#epoch = id;
  }

  /** µs between the centre's clock and this one's in the present stretch. */
  get offset(): number | undefined {
    return this.#state.epochs.at(-1)?.offset;
  }

  /**
   * Fixes the offset of every stretch that has none, on disk before anything of it is sent: a record that is sent
   * again must have the same time again.
   */
  async fixOffset(offset: number): Promise<void> {
    for (const epoch of this.#state.epochs) epoch.offset ??= offset;
    await this.#save();
  }

  offsetOf(epoch: number): number {
    return this.#state.epochs.find(({ id }) => id === epoch)?.offset ?? 0;
  }

  /** Gives up what is too much or too old; also called when records come. */
  async keepWithinBounds(): Promise<void> {
    const { bytes, hours } = this.limits;
    const oldest = this.#clock.now().getTime() * 1000 - hours * hour;
    for (const level of [1, 2] as const) {
      while ((this.#of(level).secondOldest ?? Number.POSITIVE_INFINITY) < oldest && (await this.#drop(level)));
    }
    for (const level of [1, 2, 3] as const) while (this.bytes > bytes && (await this.#drop(level)));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#writing;
    clearTimeout(this.#saving);
    // Who reads at this moment would open files behind our back.
    await Promise.allSettled(this.#readings);
    try {
      await this.#save();
    } finally {
      await Promise.all(this.#levels.map((level) => level.close()));
    }
  }

  #of(level: TransferLevel): LevelSpool {
    return this.#levels[(level - 1) as 0 | 1 | 2];
  }

  /** Everything that waits is written together; what comes meanwhile is written together next. */
  async #write(): Promise<void> {
    while (this.#waitingBytes > 0) {
      await Promise.all(levels.map((level) => this.#writeLevel(level, this.#epoch)));
      await this.keepWithinBounds().catch((err: unknown) =>
        this.#log.error({ err }, 'store not kept within its bounds'),
      );
    }
    this.#writing = undefined;
  }

  async #writeLevel(level: TransferLevel, epoch: number): Promise<void> {
    const index = (level - 1) as 0 | 1 | 2;
    const records = this.#waiting[index];
    if (records.length === 0) return;
    this.#waiting[index] = [];
    try {
      await this.#append(level, records, epoch);
      for (const record of records) record.written();
      this.onDurable(level);
    } catch (failure) {
      this.#log.error({ err: failure, level }, 'records not written');
      for (const record of records) record.failed(failure);
    } finally {
      for (const { bytes } of records) this.#waitingBytes -= bytes.length;
    }
  }

  /** A full disk is made room on once: by giving up the oldest of the lowest level, never of a higher one. */
  async #append(level: TransferLevel, records: Waiting[], epoch: number): Promise<void> {
    try {
      await this.#of(level).append(records, epoch);
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code !== 'ENOSPC') throw failure;
      const lower = ([1, 2, 3] as const).filter((each) => each <= level);
      for (const each of lower) if (await this.#drop(each)) break;
      await this.#of(level).append(records, epoch);
    }
  }

  async #drop(level: TransferLevel): Promise<boolean> {
    const dropped = await this.#of(level).drop();
    if (dropped === undefined) return false;
    const { range, first, last } = dropped;
    this.#giveUp(level, { from: range[0], to: range[1], first, last });
    return true;
  }

  #giveUp(level: TransferLevel, dropped: DroppedRecords): void {
    const lost = this.#state.of(level).settled.missing(dropped.from, dropped.to).length > 0;
    this.#state.giveUp(level, dropped);
    this.#changed();
    if (lost) this.onDropped(level, dropped);
  }

  /** Numbers below the oldest file that were never settled: the file was given up right before a power cut. */
  #findHole(level: TransferLevel): void {
    const { settled } = this.#state.of(level);
    const spool = this.#of(level);
    const time = spool.oldest ?? this.#clock.now().getTime() * 1000;
    for (const [from, to] of settled.missing(1, spool.first - 1))
      this.#state.giveUp(level, { from, to, first: time, last: time });
  }

  #changed(): void {
    if (this.#closed) return;
    this.#saving ??= setTimeout(() => {
      this.#saving = undefined;
      this.#save().catch((err: unknown) => this.#log.error({ err }, 'state of the store not written'));
    }, stateMs);
  }

  #save(): Promise<void> {
    this.#lastSave = this.#lastSave
      .catch(() => {})
      .then(async () => {
        for (const level of levels) this.#state.of(level).next = this.#of(level).next;
        const settled = levels.map((level) => this.#state.of(level).settled.runs());
        await this.#state.store();
        // Only what is known on disk to be settled may go.
        for (const [index, level] of levels.entries()) {
          const kept = settled[index] ?? [];
          await this.#of(level).prune((from, to) => kept.some((run) => run[0] <= from && to <= run[1]));
        }
      });
    return this.#lastSave;
  }
}
