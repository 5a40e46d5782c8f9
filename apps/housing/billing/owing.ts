import { sql } from '@keystead/kernel/db';

/** What a lease owes of one kind of fee: all that is late of it together, or what will be due on one day. Amount in fen. */
export interface Owing {
  organisation: string;
  place: string;
  agreement: string;
  party: string;
  subject: string;
  /** The day it is late since, or the day it will be due. */
  since: string;
  amount: number;
  code: string;
  name: string;
  /** Steps of the ladder said of it already. */
  taken: string[];
}

const open = sql`c.reversed_at is null and c.settled + c.waived < c.amount`;

/** Leases after one that owe something due by a day, in order. */
export const leasesOwing = (until: string, after: string, limit: number) => sql<{ agreement: string }>`
  select distinct c.agreement from ledger_pub.charge c where ${open} and c.due_on <= ${until}::date and c.agreement > ${after}
  order by c.agreement limit ${limit}`;

/** A lease is left alone on a day. */
export const pausedOn = (day: string) => sql`
  exists (select from billing.pause p where p.agreement = a.id and p.ended_at is null and ${day}::date between p.from_day and p.until_day)`;

/** Charges that are spoken of together on a day have the same of this: one of all that is late, one of each day to come. */
export const togetherOn = (today: string, column: 'c.due_on' | 'n.since') =>
  sql`greatest(${sql.raw(column)}, ${today}::date - 1)`;

/** Of some leases what is late today and what will be due by a day; a lease that is paused has none. */
export const owingOf = (agreements: readonly string[], today: string, until: string) => sql<Owing>`
  with l as (
    select c.organisation, c.agreement, c.subject, min(c.place) as place, min(c.party::text)::uuid as party, min(c.due_on) as since,
      sum(c.amount - c.settled - c.waived)::bigint as amount
    from ledger_pub.charge c where ${open} and c.due_on <= ${until}::date and c.agreement = any(${agreements})
    group by 1, 2, 3, ${togetherOn(today, 'c.due_on')})
  select l.organisation, l.place, l.agreement, l.party, l.subject, l.since::text as since, l.amount, a.code, s.name_zh as name,
    array(select n.step from billing.notice n where n.agreement = l.agreement and n.subject = l.subject and n.since = l.since) as taken
  from l join agreements_pub.agreement a on a.id = l.agreement
    join billing.subject s on s.organisation = l.organisation and s.code = l.subject
  where not ${pausedOn(today)} order by l.agreement, l.subject, l.since`;

/** Is anything of the notice `n` still open? */
export const stillOwed = (today: string) => sql`
  exists (select from ledger_pub.charge c where c.agreement = n.agreement and c.subject = n.subject and ${open}
    and ${togetherOn(today, 'c.due_on')} = ${togetherOn(today, 'n.since')})`;
