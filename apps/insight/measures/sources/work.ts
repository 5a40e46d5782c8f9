import { sql } from '@keystead/kernel/db';
import type { Window } from '../measure.ts';
import { here, type SourceRow } from './source.ts';

const seconds = (from: string, to: string) => sql`floor(extract(epoch from ${sql.ref(to)} - ${sql.ref(from)}))::bigint`;

/** Repairs of which something happened in the month, with seconds to it: `opened`, `response`, `resolution` (null = not then). */
export const repairs = (window: Window) => {
  const within = (moment: string) => sql`(${sql.ref(moment)} >= ${window.from} and ${sql.ref(moment)} <= ${window.at})`;
  const took = (moment: string) => sql`case when ${within(moment)} then ${seconds('c.opened_at', moment)} end`;
  return sql<SourceRow>`
  select c.id::text as ref, c.place, ${within('c.opened_at')} as opened, ${took('c.accepted_at')} as response, ${took('c.done_at')} as resolution
  from cases_pub.case c where ${here(window, 'c')} and c.kind = 'repair'
    and (${within('c.opened_at')} or ${within('c.accepted_at')} or ${within('c.done_at')})`;
};

/** Warnings nobody closed by the cut-off, and how long each had been open then: `age`, seconds. */
export const openWarnings = (window: Window) => sql<SourceRow>`
  select a.id::text as ref, a.place, floor(extract(epoch from ${window.at}::timestamptz - a.raised_at))::bigint as age
  from alarms_pub.alarm a
  where ${here(window, 'a')} and a.raised_at <= ${window.at} and (a.closed_at is null or a.closed_at > ${window.at})`;
