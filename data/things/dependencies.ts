import { sql, type Tx } from '@keystead/kernel/db';

/** A thing reached along what carries what: a container or gateway its contents, a supply what it feeds, a base what runs or depends on it. */
export interface Dependency {
  id: string;
  /** The step at the carrier's end is a supply (feeds, runs-on, depends-on), not containment. */
  supplied: boolean;
  /** Every step between the two is a supply. */
  suppliedThroughout: boolean;
}

const farthest = 8; // steps
const mostAbove = 100;
const mostBelow = 10_000;

// Relations as carrier → carried, whichever way round the kind reads.
const steps = sql`(
  select source as carrier, target as carried, kind <> 'contains' as supply from things.relation where kind in ('contains', 'feeds')
  union all
  select target, source, true from things.relation where kind in ('runs-on', 'depends-on'))`;

/** What the trouble of one thing means for others, from the graph of things. */
export const dependencies = {
  /** What a thing leans on, nearest first. */
  above: (tx: Tx, id: string): Promise<Dependency[]> =>
    tx.all(sql<Dependency>`
      with recursive reached(number, hops, at_carrier, throughout) as (
        select number, 0, true, true from things.thing where id = ${id}
        union
        select s.carrier, r.hops + 1, s.supply, r.throughout and s.supply
        from reached r join ${steps} s on s.carried = r.number where r.hops < ${farthest})
      select t.id, bool_or(r.at_carrier) as supplied, bool_or(r.throughout) as "suppliedThroughout"
      from reached r join things.thing t on t.number = r.number where r.hops > 0 and t.id <> ${id}
      group by t.id order by min(r.hops) limit ${mostAbove}`),

  /** What leans on a thing, nearest first. */
  below: (tx: Tx, id: string): Promise<Dependency[]> =>
    tx.all(sql<Dependency>`
      with recursive reached(number, hops, at_carrier, throughout) as (
        select number, 0, true, true from things.thing where id = ${id}
        union
        select s.carried, r.hops + 1, case when r.hops = 0 then s.supply else r.at_carrier end, r.throughout and s.supply
        from reached r join ${steps} s on s.carrier = r.number where r.hops < ${farthest})
      select t.id, bool_or(r.at_carrier) as supplied, bool_or(r.throughout) as "suppliedThroughout"
      from reached r join things.thing t on t.number = r.number where r.hops > 0 and t.id <> ${id}
      group by t.id order by min(r.hops) limit ${mostBelow}`),
};
