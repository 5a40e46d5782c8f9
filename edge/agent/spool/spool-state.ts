import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SequenceRange, SequenceRanges } from '@keystead/contracts/agent';
import type { DroppedRecords } from '@keystead/terminals/mqtt';
import { replaceFile } from '../files/replace-file.ts';

/** A stretch of the agent's clock without a jump in it. */
export interface ClockEpoch {
  id: number;
  /** µs to add to its times; undefined = never compared with the centre's clock. */
  offset?: number;
}

interface LevelMemory {
  next: number;
  settled: SequenceRanges;
  /** Given up and not yet told to the centre. */
  untold: DroppedRecords[];
}

const newest = 1_000;

/**
 * What the log must remember beside its records: its name, what is acknowledged or given up, the clock's epochs. Kept in
 * one file that is replaced whole; what an acknowledgement changed may be lost by a power cut, and is then sent again.
 */
export class SpoolState {
  readonly log: string;
  readonly levels: readonly [LevelMemory, LevelMemory, LevelMemory];
  epochs: ClockEpoch[];
  readonly #path: string;

  constructor(folder: string) {
    this.#path = join(folder, 'state.json');
    const stored = existsSync(this.#path) ? (JSON.parse(readFileSync(this.#path, 'utf8')) as Stored) : undefined;
    this.log = stored?.log ?? randomBytes(8).toString('hex');
    const level = (index: 0 | 1 | 2): LevelMemory => ({
      next: stored?.levels[index]?.next ?? 1,
      settled: new SequenceRanges(stored?.levels[index]?.settled ?? []),
      untold: stored?.levels[index]?.untold ?? [],
    });
    this.levels = [level(0), level(1), level(2)];
    this.epochs = stored?.epochs ?? [];
  }

  of(level: 1 | 2 | 3): LevelMemory {
    return this.levels[(level - 1) as 0 | 1 | 2];
  }

  /** Records that will never be sent: told to the centre with the next message of their level. */
  giveUp(level: 1 | 2 | 3, dropped: DroppedRecords): void {
    const { settled, untold } = this.of(level);
    for (const [from, to] of settled.missing(dropped.from, dropped.to)) {
      const last = untold.at(-1);
      // Neighbours are one; so many holes that do not touch are told as one that holds them all.
      if (last && (last.to + 1 === from || untold.length >= newest)) {
        last.to = to;
        last.last = dropped.last;
      } else untold.push({ from, to, first: dropped.first, last: dropped.last });
    }
    settled.add(dropped.from, dropped.to);
  }

  store(): Promise<void> {
    const levels = this.levels.map(({ next, settled, untold }) => ({ next, settled: settled.runs(), untold }));
    return replaceFile(this.#path, JSON.stringify({ log: this.log, levels, epochs: this.epochs }));
  }
}

interface Stored {
  log: string;
  levels: { next: number; settled: SequenceRange[]; untold: DroppedRecords[] }[];
  epochs: ClockEpoch[];
}
