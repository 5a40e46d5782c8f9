import { sql } from '@keystead/kernel/db';
import type { Schedule } from './schedule.ts';

export type SetSchedule = Schedule & { organisation: string; report: string };

export const schedulesOf = (organisation?: string) => sql<SetSchedule>`
  select organisation, report, enabled, day, hour, formats, receivers from reporting.schedule
  where ${organisation === undefined ? sql`true` : sql`organisation = ${organisation}`}`;

const newSchedule = (
  organisation: string,
  report: string,
  { enabled, day, hour, formats, receivers }: Schedule,
  now: Date,
) => sql`
  insert into reporting.schedule (organisation, report, enabled, day, hour, formats, receivers, changed_at)
  values (${organisation}, ${report}, ${enabled}, ${day}, ${hour}, ${[...formats]}::text[], ${[...receivers]}::text[], ${now})
  on conflict (organisation, report)`;

export const setSchedule = (...of: Parameters<typeof newSchedule>) => sql`
  ${newSchedule(...of)} do update set enabled = excluded.enabled, day = excluded.day, hour = excluded.hour,
    formats = excluded.formats, receivers = excluded.receivers, changed_at = excluded.changed_at`;

export const adoptSchedule = (...of: Parameters<typeof newSchedule>) => sql`${newSchedule(...of)} do nothing`;

export interface LastRun {
  report: string;
  month: string;
  at: Date;
  receivers: number;
  sent: number;
  /** To whom nothing more will be tried. */
  failed: number;
}

/** The newest run of each report. */
export const lastRuns = (organisation: string) => sql<LastRun>`
  select distinct on (r.report) r.report, r.month, r.at, s.receivers, s.sent, s.failed
  from reporting.run r cross join lateral (
    select count(*)::int as receivers, count(s.sent_at)::int as sent,
      count(*) filter (where s.sent_at is null and s.next_at is null)::int as failed
    from reporting.sending s where (s.organisation, s.report, s.month) = (r.organisation, r.report, r.month)) s
  where r.organisation = ${organisation} order by r.report, r.month desc`;

/** Organisations a report was made for already. */
export const runsOf = (report: string, month: string) => sql<{ organisation: string }>`
  select organisation from reporting.run where report = ${report} and month = ${month}`;

export interface Run {
  organisation: string;
  report: string;
  month: string;
  made: string;
  formats: readonly string[];
}

export const addRun = ({ organisation, report, month, made, formats }: Run, now: Date) => sql`
  insert into reporting.run (organisation, report, month, made, formats, at)
  values (${organisation}, ${report}, ${month}, ${made}, ${[...formats]}::text[], ${now}) on conflict do nothing`;

export const addSendings = ({ organisation, report, month }: Run, receivers: readonly string[], now: Date) => sql`
  insert into reporting.sending (organisation, report, month, receiver, next_at)
  select ${organisation}, ${report}, ${month}, r, ${now}::timestamptz from unnest(${[...receivers]}::text[]) r on conflict do nothing`;

export type Sending = Run & { receiver: string; tries: number };

/** What is to be sent by now, those of one report together. */
export const dueSendings = (now: Date, limit: number) => sql<Sending>`
  select s.organisation, s.report, s.month, s.receiver, s.tries, r.made, r.formats
  from reporting.sending s join reporting.run r using (organisation, report, month)
  where s.next_at <= ${now} order by s.organisation, s.report, s.month, s.receiver limit ${limit}`;

export const settleSending = (
  { organisation, report, month, receiver }: Sending,
  outcome: { sentAt: Date | null; nextAt: Date | null; error: string | null },
) => sql`
  update reporting.sending set tries = tries + 1, sent_at = ${outcome.sentAt}::timestamptz, next_at = ${outcome.nextAt}::timestamptz, error = ${outcome.error}::text
  where organisation = ${organisation} and report = ${report} and month = ${month} and receiver = ${receiver}`;
