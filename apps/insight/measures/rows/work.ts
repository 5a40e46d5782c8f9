import { sql } from '@keystead/kernel/db';
import type { Window } from '../measure.ts';
import { here, type MeasuredRow } from './row.ts';

const seconds = (from: string, to: string) => sql`floor(extract(epoch from ${sql.ref(to)} - ${sql.ref(from)}))::bigint`;

const repairsWhere = (window: Window, moment: string, num: ReturnType<typeof sql>) => sql<MeasuredRow>`
  select c.id::text as ref, c.place, ${num} as num, 1::bigint as den from cases_pub.case c
  where ${here(window, 'c')} and c.kind = 'repair' and ${sql.ref(moment)} >= ${window.from} and ${sql.ref(moment)} <= ${window.at}`;

export const repairs = (window: Window) => repairsWhere(window, 'c.opened_at', sql`1::bigint`);
export const repairResponse = (window: Window) =>
  repairsWhere(window, 'c.accepted_at', seconds('c.opened_at', 'c.accepted_at'));
export const repairResolution = (window: Window) =>
  repairsWhere(window, 'c.done_at', seconds('c.opened_at', 'c.done_at'));

/** Warnings nobody closed by the cut-off, and how long each had been open then. */
export const openWarnings = (window: Window) => sql<MeasuredRow>`
  select a.id::text as ref, a.place, floor(extract(epoch from ${window.at}::timestamptz - a.raised_at))::bigint as num, 1::bigint as den
  from alarms_pub.alarm a
  where ${here(window, 'a')} and a.raised_at <= ${window.at} and (a.closed_at is null or a.closed_at > ${window.at})`;
