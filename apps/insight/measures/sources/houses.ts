import { sql } from '@keystead/kernel/db';
import type { Window } from '../measure.ts';
import { here, type SourceRow } from './source.ts';

const inForce = sql`('effective', 'expiring', 'holdover')`;

/**
 * Leases in force at the cut-off, by the last state each had come to. One that is over now and was touched for the last
 * time before the cut-off was over then: it is not looked at again.
 */
const leasesInForce = (window: Window) => sql`
  select a.id as agreement, a.subject, a.place from agreements_pub.agreement a cross join lateral (
    select v.state from agreements_pub.turn v where v.agreement = a.id and v.at <= ${window.at} order by v.number desc limit 1) l
  where ${here(window, 'a')} and a.kind = 'lease' and a.created_at <= ${window.at}
    and (a.state in ${inForce} or a.changed_at > ${window.at}) and l.state in ${inForce}`;

/** Each house with its last status up to the cut-off, and whether it was let: `state`, `let`. */
export const houses = (window: Window) => sql<SourceRow>`
  select h.id::text as ref, h.place, s.to_state as state, h.id in (select f.subject from (${leasesInForce(window)}) f) as let
  from stock_pub.house h cross join lateral (
    select s.to_state from stock_pub.status s where s.house = h.id and s.at <= ${window.at} order by s.at desc, s.number desc limit 1) s
  where ${here(window, 'h')}`;

export const leases = (window: Window) => sql<SourceRow>`
  select f.agreement::text as ref, f.place from (${leasesInForce(window)}) f`;

/** Movings in of the month with the whole days the house stood empty before: `days`. */
export const turnovers = (window: Window) => sql<SourceRow>`
  select s.house::text || '/' || s.number as ref, s.place, floor(extract(epoch from s.at - v.at) / 86400)::bigint as days
  from stock_pub.status s cross join lateral (
    select v.at from stock_pub.status v where v.house = s.house and v.from_state = 'moving-out' and v.to_state = 'vacant' and v.at <= s.at
    order by v.at desc limit 1) v
  where ${here(window, 's')} and s.from_state = 'pending-move-in' and s.to_state = 'occupied' and s.at >= ${window.from} and s.at <= ${window.at}`;
