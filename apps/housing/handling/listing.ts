import type { Scope } from '@keystead/contracts/access';
import { dateOf, dayBegins, dayOf } from '@keystead/contracts/calendar';
import { inSubtrees, sql } from '@keystead/kernel/db';

/** What a list of handlings asks for. */
export interface HandlingFilter<State extends string> {
  readonly state?: State | undefined;
  readonly house?: string | undefined;
  /** Number, or a part of the name of the household. */
  readonly text?: string | undefined;
  /** `YYYY-MM-DD` here: those whose day it is, in the order of that day. */
  readonly on?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

interface Listed {
  /** The table, and the short name its columns go by in the query. */
  readonly table: string;
  readonly as: string;
  /** First letters of its numbers. */
  readonly prefix: string;
  /** The column with its day, and whether that holds a date or a moment. */
  readonly day: { readonly column: string; readonly holds: 'date' | 'moment' };
  /** Columns a text may name as a whole, besides the number. */
  readonly codes?: readonly string[];
}

const next = (date: string): string => dateOf((dayOf(date) ?? 0) + 1);

/** Conditions and order of a list of handlings; names are the caller's own, never words of a request. */
export function listing({ table, as, prefix, day, codes = [] }: Listed) {
  const column = (name: string) => sql.raw(`${as}.${name}`);
  const [at, order] = [column(day.column), (on: string | undefined) => (on ? day.column : 'opened_at')];

  const named = (text: string) =>
    sql.join(
      [
        sql`position(lower(${text}) in lower(${column('household_name')})) > 0`,
        sql`upper(${text}) = ${prefix} || lpad(${column('number')}::text, 8, '0')`,
        ...codes.map((each) => sql`upper(${column(each)}) = upper(${text})`),
      ],
      sql` or `,
    );
  const onDay = (date: string) =>
    day.holds === 'date'
      ? sql`${at} = ${date}::date`
      : sql`${at} >= ${dayBegins(date)} and ${at} < ${dayBegins(next(date))}`;
  const behind = (after: string, on: string | undefined) => {
    const place = sql.raw(`(${as}.${order(on)}, ${as}.id)`);
    const before = sql`(select b.${sql.raw(order(on))}, b.id from ${sql.raw(table)} b where b.id = ${after})`;
    return on ? sql`${place} > ${before}` : sql`${place} < ${before}`;
  };

  return {
    inReach: (scope: Scope) =>
      sql`${column('organisation')} = ${scope.organisation} and ${inSubtrees(scope, `${as}.place`)}`,
    matching: <State extends string>({ state, house, text, on, after }: Omit<HandlingFilter<State>, 'limit'>) =>
      sql.join(
        [
          sql`true`,
          ...(state ? [sql`${column('state')} = ${state}`] : []),
          ...(house ? [sql`${column('house')} = ${house}`] : []),
          ...(text ? [sql`(${named(text)})`] : []),
          ...(on ? [onDay(on)] : []),
          ...(after ? [behind(after, on)] : []),
        ],
        sql` and `,
      ),
    ordered: (on: string | undefined) =>
      sql.raw(on ? `order by ${as}.${order(on)}, ${as}.id` : `order by ${as}.${order(on)} desc, ${as}.id desc`),
  };
}
