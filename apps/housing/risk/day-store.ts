import { sql, type Tx } from '@keystead/kernel/db';
import { type DayUse, keptDays } from './facts.ts';

export interface HomeOfPlace {
  readonly id: string;
  readonly organisation: string;
  readonly place: string;
}

/** The path itself and everything above it. */
const pathsTo = (path: string): string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, at, parts) => `${parts.slice(0, at + 1).join('/')}/`);

/** The home a thing hangs in; undefined for a thing of the building. */
export const homeAt = (tx: Tx, organisation: string, place: string): Promise<HomeOfPlace | undefined> =>
  tx.maybe(sql<HomeOfPlace>`select id, organisation, place from stock_pub.house
    where organisation = ${organisation} and place = any(${pathsTo(place)}) order by length(place) desc limit 1`);

const heardWithinMs = 3 * 86_400_000;

/** A lock or a meter of the house `h` was heard of lately: its silence means something. */
export const heardLately = (now: Date) => sql`exists (select from things_pub.thing t
  where t.organisation = h.organisation and t.family in ('lock', 'water-meter', 'electricity-meter')
    and t.place >= h.place and t.place < left(h.place, -1) || '0' and t.last_heard > ${new Date(now.getTime() - heardWithinMs)})`;

/** Credentials of one day told apart, at most: more says nothing more. */
const marksAtMost = 64;

export const addPassages = (
  tx: Tx,
  home: HomeOfPlace,
  day: string,
  use: Omit<DayUse, 'water' | 'electricity'>,
): Promise<number> =>
  tx.run(sql`
    insert into risk.day as d (house, organisation, place, day, entries, night, marks, trouble)
    values (${home.id}, ${home.organisation}, ${home.place}, ${day}, ${use.entries}, ${use.night}, ${[...use.marks]}, ${use.trouble})
    on conflict (house, day) do update set entries = d.entries + excluded.entries, night = d.night + excluded.night,
      trouble = d.trouble + excluded.trouble,
      marks = (select coalesce(array_agg(m), '{}') from (select distinct m from unnest(d.marks || excluded.marks) m order by m limit ${marksAtMost}) x)`);

export const addReading = (
  tx: Tx,
  home: HomeOfPlace,
  meter: { thing: number; kind: 'water' | 'electricity'; day: string; low: number; high: number },
): Promise<number> =>
  tx.run(sql`
    insert into risk.meter_day as d (thing, house, organisation, place, kind, day, low, high)
    values (${meter.thing}, ${home.id}, ${home.organisation}, ${home.place}, ${meter.kind}, ${meter.day}, ${meter.low}, ${meter.high})
    on conflict (thing, day) do update set low = least(d.low, excluded.low), high = greatest(d.high, excluded.high)`);

interface Row extends Omit<DayUse, 'water' | 'electricity'> {
  readonly water: number | null;
  readonly electricity: number | null;
}

/** Days of use of a home from its first known day to the day before `today`; days on which nothing was said are empty. */
export async function daysOf(tx: Tx, house: string, today: string, kept = keptDays): Promise<DayUse[]> {
  const rows = await tx.all(sql<Row>`
    with meter as (
      select day, kind, sum(greatest(high - coalesce(before, low), 0)) as used from (
        select day, kind, high, low, lag(high) over (partition by thing order by day) as before
        from risk.meter_day where house = ${house} and day >= ${today}::date - ${kept + 1}::int) m group by day, kind),
    first as (
      select min(day) as day from (select min(day) as day from risk.day where house = ${house}
        union all select min(day) from risk.meter_day where house = ${house}) f)
    select coalesce(d.entries, 0) as entries, coalesce(d.night, 0) as night, coalesce(d.marks, '{}') as marks, coalesce(d.trouble, 0) as trouble,
      (select used from meter m where m.day = s.day::date and m.kind = 'water') as water,
      (select used from meter m where m.day = s.day::date and m.kind = 'electricity') as electricity
    from first, generate_series(greatest(first.day, ${today}::date - ${kept}::int)::timestamp, (${today}::date - 1)::timestamp, interval '1 day') s(day)
      left join risk.day d on d.house = ${house} and d.day = s.day::date
    order by s.day`);
  return rows.map(({ water, electricity, ...day }) => ({
    ...day,
    water: water ?? undefined,
    electricity: electricity ?? undefined,
  }));
}

/** What lies further back than each home is judged by. */
export async function forgetBefore(tx: Tx, homes: readonly { house: string; before: string }[]): Promise<void> {
  for (const table of [sql`risk.day`, sql`risk.meter_day`])
    await tx.run(sql`delete from ${table} d using json_to_recordset(${JSON.stringify(homes)}::json) as k(house uuid, before date)
      where d.house = k.house and d.day < k.before`);
}

/** The same of homes whose file was taken out: nobody judges them any more. */
export async function forgetGoneBefore(tx: Tx, day: string): Promise<void> {
  for (const table of [sql`risk.day`, sql`risk.meter_day`])
    await tx.run(sql`delete from ${table} d where day < ${day}::date
      and not exists (select from stock_pub.house h where h.id = d.house)`);
}
