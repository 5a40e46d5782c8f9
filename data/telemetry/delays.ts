import type { Actor } from '@keystead/contracts/access';
import { delayLimitOf } from '@keystead/contracts/device-contract';
import { type Db, inSubtrees, sql, underPath } from '@keystead/kernel/db';
import { type Static, Type } from 'typebox';
import { SpanRefused } from './problems.ts';
import type { Asked } from './questions.ts';
import type { ThingDirectory } from './thing-directory.ts';

const Seconds = Type.Number();
export const DelaysView = Type.Object({
  items: Type.Array(
    Type.Object({
      family: Type.String(),
      name: Type.Object({ zh: Type.String(), en: Type.String() }),
      things: Type.Integer(),
      /** Events and readings received in the span. */
      count: Type.Integer(),
      /** Receive time less event time. */
      p50: Seconds,
      p99: Seconds,
      max: Seconds,
      limit: Seconds,
      breaches: Type.Integer(),
    }),
  ),
  /** Things of a class with a limit beyond these were not looked at. */
  cut: Type.Boolean(),
});
export type DelaysView = Static<typeof DelaysView>;

const longestDays = 31;
const thingsMost = 20_000;

interface Row {
  family: string;
  things: number;
  count: number;
  p50: number;
  p99: number;
  max: number;
  breaches: number;
}

/**
 * How long the words of devices with a limit took to come here (H-6.3-a-2, H-6.3-b-1, H-6.5-c-4). What a device kept
 * while its line was cut counts with the time it waited; a clock ahead of ours counts as no delay. Readings are those
 * still kept one by one with their receive time; events are kept for years.
 */
export function createDelays({ db, things }: { db: Db; things: ThingDirectory }) {
  return async function delays(
    actor: Actor,
    { from, to, under }: Pick<Asked, 'from' | 'to'> & { under: string },
  ): Promise<DelaysView> {
    if (from >= to || to.getTime() - from.getTime() > longestDays * 86_400_000) throw new SpanRefused({ longestDays });
    const here = sql`${inSubtrees(actor.scope, 't.place')} and ${underPath(under, 't.place')}`;
    // What a family is for does not change with its versions: one thing of each tells.
    const samples = await db.read(
      actor.scope,
      sql<{ number: number }>`select min(number) as number from things_pub.thing t where ${here} group by family`,
    );
    const refs = await things.refs(samples.map(({ number }) => number));
    const classes = new Map(
      [...refs.values()].flatMap(({ model }) => {
        const limit = delayLimitOf(model);
        return limit === undefined ? [] : [[model.family, { name: model.name, limit }] as const];
      }),
    );
    const asked = await db.read(
      actor.scope,
      sql<{ number: number; family: string }>`
        select number, family from things_pub.thing t where ${here} and family = any(${[...classes.keys()]})
        order by number limit ${thingsMost + 1}`,
    );
    const rows = await db.systemRead(sql<Row>`
      with k as (
        select * from unnest(${asked.map(({ number }) => number)}::int8[], ${asked.map(({ family }) => family)}::text[],
          ${asked.map(({ family }) => classes.get(family)?.limit ?? 0)}::float8[]) as k(thing, family, most)),
      said as (
        select k.family, k.most, e.thing, greatest(0, extract(epoch from e.received - e.time))::float8 as delay
        from telemetry.event e join k on k.thing = e.thing where e.received >= ${from} and e.received < ${to}
        union all
        select k.family, k.most, h.thing, greatest(0, extract(epoch from h.received - h.time))::float8
        from telemetry.hot h join k on k.thing = h.thing where h.received >= ${from} and h.received < ${to})
      select family, count(distinct thing)::int as things, count(*)::int8 as count,
        percentile_cont(0.5) within group (order by delay) as p50, percentile_cont(0.99) within group (order by delay) as p99,
        max(delay) as max, count(*) filter (where delay > most)::int8 as breaches
      from said group by family order by family`);
    return {
      items: rows.map((row) => {
        const { name = { zh: row.family, en: row.family }, limit = 0 } = classes.get(row.family) ?? {};
        return { ...row, name, limit };
      }),
      cut: asked.length > thingsMost,
    };
  };
}
