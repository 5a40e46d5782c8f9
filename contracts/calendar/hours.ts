import type { FieldError } from '@keystead/contracts/problem';
import { type Static, Type } from 'typebox';
import { clockOf } from './zone.ts';

/** Hours that return on the same weekdays: `{ weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '12:00' }`. */
export const WeeklyHoursSchema = Type.Object(
  {
    /** 1 = Monday … 7 = Sunday. */
    weekdays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7 }),
    from: Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' }),
    /** `24:00` = the end of the day. A time not after `from` lasts into the next day. */
    to: Type.String({ pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$' }),
  },
  { additionalProperties: false },
);

export type WeeklyHours = Static<typeof WeeklyHoursSchema>;

/** [start, end) in ms since local midnight. */
export type Span = readonly [start: number, end: number];

const dayMs = 86_400_000;

/**
 * The spans of each weekday (index 1–7; 0 is unused), sorted and merged; hours over midnight are cut there and
 * go on the next weekday. Entries with a bad clock are reported, not guessed.
 */
export function spansByWeekday(hours: readonly WeeklyHours[]): { spans: Span[][]; errors: FieldError[] } {
  const raw: [number, number][][] = Array.from({ length: 8 }, () => []);
  const errors: FieldError[] = [];
  hours.forEach((entry, index) => {
    const from = clockOf(entry.from);
    const to = clockOf(entry.to);
    if (from === undefined || from === dayMs) errors.push({ pointer: `/${index}/from`, code: 'bad-clock' });
    if (to === undefined) errors.push({ pointer: `/${index}/to`, code: 'bad-clock' });
    if (from === undefined || to === undefined || from === dayMs) return;
    for (const weekday of new Set(entry.weekdays)) {
      if (to > from) raw[weekday]?.push([from, to]);
      else {
        raw[weekday]?.push([from, dayMs]);
        if (to > 0) raw[(weekday % 7) + 1]?.push([0, to]);
      }
    }
  });
  return { spans: raw.map(mergeSpans), errors };
}

function mergeSpans(spans: [number, number][]): Span[] {
  const merged: [number, number][] = [];
  for (const [start, end] of spans.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
