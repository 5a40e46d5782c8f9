import { sql } from '@keystead/kernel/db';
import type { Window } from '../measure.ts';
import { here, type MeasuredRow } from './row.ts';

/** Charges that stood at the cut-off, with what was put on each by then. What was waived is taken off as it stands. */
const charges = (window: Window, within: ReturnType<typeof sql>, num: ReturnType<typeof sql>) => sql<MeasuredRow>`
  select c.id::text as ref, c.place, (${num})::bigint as num, (c.amount - c.waived)::bigint as den
  from ledger_pub.charge c join ledger_pub.issued i on i.charge = c.id left join lateral (
    select sum(s.amount) as amount from ledger_pub.settlement s where s.charge = c.id and s.at <= ${window.at}) p on true
  where ${here(window, 'c')} and c.fund = 'income' and ${within} and i.at <= ${window.at}
    and (c.reversed_at is null or c.reversed_at > ${window.at})`;

const ofMonth = ({ month }: Window) => sql`c.period = ${month}`;
const dueInMonth = ({ month }: Window) =>
  sql`c.due_on >= ${`${month}-01`}::date and c.due_on < ${`${month}-01`}::date + interval '1 month'`;
const paid = sql`coalesce(p.amount, 0)`;

export const due = (window: Window) => charges(window, ofMonth(window), sql`c.amount - c.waived`);
export const collected = (window: Window) => charges(window, ofMonth(window), paid);
export const collectedWhenDue = (window: Window) => charges(window, dueInMonth(window), paid);

/** Meter figures taken over for the month; thousandths of a kilowatt-hour. */
export const energy = (window: Window) => sql<MeasuredRow>`
  select u.id::text as ref, u.place, u.quantity::bigint as num, 1::bigint as den from billing_pub.usage u
  where ${here(window, 'u')} and u.subject = 'electricity' and u.period = ${window.month} and u.at <= ${window.at}
    and (u.replaced_at is null or u.replaced_at > ${window.at})`;
