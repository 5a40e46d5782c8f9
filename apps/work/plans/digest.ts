import { createHash } from 'node:crypto';
import type { ReadingRow } from './row.ts';

/** Digest of a line of the ledger: everything in it, the digest before it included. */
export function digestOf(occurrence: string, line: Omit<ReadingRow, 'digest'>): string {
  const {
    point,
    at,
    actor,
    actorName,
    value,
    passed,
    note,
    record,
    sha256,
    takenAt,
    longitude,
    latitude,
    device,
    former,
  } = line;
  const said = [
    occurrence,
    point,
    at.toISOString(),
    actor,
    actorName,
    value,
    passed,
    note,
    record,
    sha256,
    takenAt?.toISOString() ?? null,
    longitude,
    latitude,
    device,
    former,
  ];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

/** Numbers of the points whose lines are not what they were when written, in the order they were written. */
export function brokenLines(occurrence: string, lines: readonly ReadingRow[]): number[] {
  const broken: number[] = [];
  let former = '';
  for (const line of lines) {
    if (line.former !== former || digestOf(occurrence, line) !== line.digest) broken.push(line.point);
    former = line.digest;
  }
  return broken;
}
