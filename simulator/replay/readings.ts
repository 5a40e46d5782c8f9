import { defaultZone } from '@keystead/contracts/calendar';
import { readCell, readTime } from '@keystead/contracts/thing-model';
import type { Row } from './csv.ts';
import type { Learned } from './learning.ts';

/** One row as it is published; `ts` in ms since 1970, with the fraction the file gives. */
export interface Reading {
  readonly line: number;
  readonly ts: number;
  readonly values: Readonly<Record<string, number | boolean | string>>;
}

export type Refused = { readonly line: number; readonly reason: string };

/**
 * Turns rows into readings. Cells without a value are left out; a row with the wrong number of fields, without a
 * readable time or without any value is refused. `begin`: ms, the time of the first row of a table without times.
 */
export function rowReader({ plan, width, interval }: Learned, begin: number, zone = defaultZone) {
  let untimed = 0;
  return ({ line, cells }: Row): Reading | Refused => {
    if (cells.length !== width) return { line, reason: `${cells.length}/${width} 列 / fields` };
    const micros =
      plan.time === undefined ? (begin + interval * 1000 * untimed) * 1000 : readTime(cells[plan.time] ?? '', zone);
    if (micros === undefined)
      return { line, reason: `时间不可读 / no time: ${(cells[plan.time ?? 0] ?? '').slice(0, 40)}` };
    const values: Record<string, number | boolean | string> = {};
    let found = 0;
    for (const { index, property } of plan.fields) {
      const value = readCell(property, cells[index] ?? '');
      if (value === undefined) continue;
      values[property.id] = value;
      found += 1;
    }
    if (found === 0) return { line, reason: '没有数值 / no value' };
    untimed += 1;
    return { line, ts: micros / 1000, values };
  };
}
