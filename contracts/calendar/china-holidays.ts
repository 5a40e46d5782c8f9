import { dateOf, dayOf } from './zone.ts';

interface Arrangement {
  /** First and last free day of each holiday. */
  readonly free: readonly (readonly [from: string, to: string])[];
  /** Weekend days worked in exchange. */
  readonly worked: readonly string[];
}

/**
 * Public holidays of mainland China as the State Council General Office arranged them (facts of its yearly notices;
 * that of 2025 of 12 November 2024, that of 2026 of 4 November 2025). Each year is added when its notice is out.
 */
const arrangements: Readonly<Record<number, Arrangement>> = {
  2025: {
    free: [
      ['2025-01-01', '2025-01-01'],
      ['2025-01-28', '2025-02-04'],
      ['2025-04-04', '2025-04-06'],
      ['2025-05-01', '2025-05-05'],
      ['2025-05-31', '2025-06-02'],
      ['2025-10-01', '2025-10-08'],
    ],
    worked: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  },
  2026: {
    free: [
      ['2026-01-01', '2026-01-03'],
      ['2026-02-15', '2026-02-23'],
      ['2026-04-04', '2026-04-06'],
      ['2026-05-01', '2026-05-05'],
      ['2026-06-19', '2026-06-21'],
      ['2026-09-25', '2026-09-27'],
      ['2026-10-01', '2026-10-07'],
    ],
    worked: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
};

/** Years for which the arrangement is known. */
export const chinaHolidayYears: readonly number[] = Object.keys(arrangements).map(Number);

/** Holiday and make-up dates of one year as lists for a working calendar; undefined for a year not yet known. */
export function chinaHolidays(year: number): { holidays: string[]; workdays: string[] } | undefined {
  const arrangement = arrangements[year];
  if (!arrangement) return undefined;
  const holidays: string[] = [];
  for (const [from, to] of arrangement.free) {
    for (let day = dayOf(from) ?? 0; day <= (dayOf(to) ?? -1); day++) holidays.push(dateOf(day));
  }
  return { holidays, workdays: [...arrangement.worked] };
}
