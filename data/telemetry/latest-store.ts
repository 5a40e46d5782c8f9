import { type Db, type Query, sql, type Tx } from '@keystead/kernel/db';
import { instantText } from './instants.ts';
import { addLatest, addMessage, type LatestPoints } from './latest-values.ts';
import { batchLimit } from './sequence.ts';

interface LatestRow {
  thing: number;
  keys: number[];
  times: number[];
  received: number[];
  vals: number[];
  quals: number[];
  texts: Record<string, string> | null;
}

const select = (things: readonly number[]): Query<LatestRow> => sql<LatestRow>`
  select thing, keys, times::float8[] as times, received::float8[] as received, vals, quals, texts
  from telemetry.latest where thing = any(${things}::int8[])`;

function pointsOf(row: LatestRow): LatestPoints {
  const points: LatestPoints = new Map();
  row.keys.forEach((key, i) => {
    addLatest(points, key, {
      time: row.times[i] as number,
      received: row.received[i] as number,
      value: row.vals[i] as number,
      quality: row.quals[i] as number,
      ...(row.texts?.[key] === undefined ? {} : { text: row.texts[key] }),
    });
  });
  return points;
}

/** The rows as last flushed; things never flushed are absent. */
export async function readLatest(db: Db, things: readonly number[]): Promise<Map<number, LatestPoints>> {
  const rows = await db.systemRead(select(things));
  return new Map(rows.map((row) => [row.thing, pointsOf(row)]));
}

const literal = (values: readonly (number | string)[]): string => `{${values.join(',')}}`;

/** Replaces the rows of the given things in one statement. */
export async function writeLatest(tx: Tx, rows: ReadonlyMap<number, LatestPoints>): Promise<void> {
  const columns: { thing: number; arrays: string[]; texts: string | null }[] = [];
  for (const [thing, points] of rows) {
    const all = [...points];
    const texts = all.filter(([, point]) => point.text !== undefined).map(([key, point]) => [key, point.text]);
    columns.push({
      thing,
      arrays: [
        literal(all.map(([key]) => key)),
        literal(all.map(([, point]) => point.time)),
        literal(all.map(([, point]) => point.received)),
        literal(all.map(([, point]) => (Object.is(point.value, -0) ? '-0' : point.value))),
        literal(all.map(([, point]) => point.quality)),
      ],
      texts: texts.length > 0 ? JSON.stringify(Object.fromEntries(texts)) : null,
    });
  }
  const array = (index: number): string[] => columns.map(({ arrays }) => arrays[index] as string);
  await tx.run(sql`
    insert into telemetry.latest (thing, keys, times, received, vals, quals, texts)
    select thing, keys::int2[], times::int8[], received::int8[], vals::float8[], quals::int2[], texts::json
    from unnest(${columns.map(({ thing }) => thing)}::int8[], ${array(0)}::text[], ${array(1)}::text[], ${array(2)}::text[],
      ${array(3)}::text[], ${array(4)}::text[], ${columns.map(({ texts }) => texts)}::text[])
      as given (thing, keys, times, received, vals, quals, texts)
    on conflict (thing) do update set keys = excluded.keys, times = excluded.times, received = excluded.received,
      vals = excluded.vals, quals = excluded.quals, texts = excluded.texts`);
}

interface FlushMark {
  gateway: number;
  batch: number;
  received: number | null;
}

interface NewRow {
  thing: number;
  time: number;
  received: number;
  keys: number[];
  vals: number[];
  quals: Buffer | null;
  texts: Record<string, string> | null;
}

/**
 * The newest points of things: what was flushed, and the hot rows newer than the flush mark of each gateway. The
 * marks are read first, so that a flush in between is seen twice rather than not at all.
 */
export async function currentLatest(
  db: Db,
  follower: string,
  things: readonly number[],
): Promise<Map<number, LatestPoints>> {
  const marks = await db.systemRead(sql<FlushMark>`
    select b.gateway, coalesce(m.batch, 0) as batch, (extract(epoch from (
        select received from telemetry.batch x where x.gateway = b.gateway and x.batch = m.batch)) * 1000000)::int8 as received
    from (select distinct gateway from telemetry.mark) b
    left join telemetry.mark m on m.follower = ${follower} and m.gateway = b.gateway`);
  const known = await readLatest(db, things);
  const found = new Map(things.map((thing) => [thing, known.get(thing) ?? (new Map() as LatestPoints)]));
  // Without any mark (no follower has run yet) everything hot is new.
  const floors: (FlushMark | undefined)[] = marks.length > 0 ? marks : [undefined];
  const fresh = await Promise.all(
    floors.map((mark) => {
      const since = mark?.received ? sql`and received >= ${instantText(mark.received)}` : sql``;
      const beyond = mark ? sql`and gateway = ${mark.gateway} and seq >= ${(mark.batch + 1) * batchLimit}` : sql``;
      return db.systemRead(sql<NewRow>`
        select thing, (extract(epoch from time) * 1000000)::int8 as time, (extract(epoch from received) * 1000000)::int8 as received,
          keys, vals, quals, texts
        from telemetry.hot where thing = any(${things}::int8[]) ${since} ${beyond} order by hot.received, seq`);
    }),
  );
  for (const row of fresh.flat()) {
    const points = found.get(row.thing);
    if (!points) continue;
    const { time, keys, vals: values, quals, texts } = row;
    const qualities = quals ? [...quals] : undefined;
    addMessage(points, { time, keys, values, qualities, ...(texts ? { texts } : {}) }, row.received);
  }
  return found;
}
