import { sql } from '@keystead/kernel/db';
import type { Window } from '../measure.ts';
import { here, type MeasuredRow } from './row.ts';

/** How each house stood: its last status up to the cut-off. */
const standing = (window: Window) => sql`
  select distinct on (s.house) s.house, s.place, s.to_state as state from stock_pub.status s
  where ${here(window, 's')} and s.at <= ${window.at} order by s.house, s.at desc, s.number desc`;

/** Leases in force at the cut-off, by the last state each had come to. */
const leasesInForce = (window: Window) => sql`
  select l.agreement, l.subject, l.place from (
    select distinct on (s.agreement) s.agreement, s.subject, s.place, s.state from agreements_pub.standing s
    where ${here(window, 's')} and s.kind = 'lease' and s.at <= ${window.at} order by s.agreement, s.number desc) l
  where l.state in ('effective', 'expiring', 'holdover')`;

const delivered = sql`h.state not in ('undelivered', 'disabled')`;
const lettable = sql`h.state not in ('undelivered', 'disabled', 'maintenance')`;

const housesWhere = (window: Window, among: typeof delivered, counted: typeof delivered) => sql<MeasuredRow>`
  with standing as (${standing(window)}), let as (select distinct subject from (${leasesInForce(window)}) f)
  select h.house::text as ref, h.place, (${counted})::int::bigint as num, 1::bigint as den
  from standing h left join let l on l.subject = h.house where ${among}`;

export const homes = (window: Window) => housesWhere(window, delivered, sql`true`);
export const vacant = (window: Window) => housesWhere(window, delivered, sql`l.subject is null`);
export const vacantLettable = (window: Window) => housesWhere(window, lettable, sql`l.subject is null`);
export const letLettable = (window: Window) => housesWhere(window, lettable, sql`l.subject is not null`);
export const occupied = (window: Window) => housesWhere(window, delivered, sql`h.state = 'occupied'`);

export const leases = (window: Window) => sql<MeasuredRow>`
  select f.agreement::text as ref, f.place, 1::bigint as num, 1::bigint as den from (${leasesInForce(window)}) f`;

/** Whole days from the end of one tenancy (the house is vacant) to the next moving in, of those who moved in this month. */
export const turnover = (window: Window) => sql<MeasuredRow>`
  select s.house::text || '/' || s.number as ref, s.place, floor(extract(epoch from s.at - v.at) / 86400)::bigint as num, 1::bigint as den
  from stock_pub.status s cross join lateral (
    select v.at from stock_pub.status v where v.house = s.house and v.from_state = 'moving-out' and v.to_state = 'vacant' and v.at <= s.at
    order by v.at desc limit 1) v
  where ${here(window, 's')} and s.from_state = 'pending-move-in' and s.to_state = 'occupied' and s.at >= ${window.from} and s.at <= ${window.at}`;
