import { sql } from '@keystead/kernel/db';
import type { Window } from '../measure.ts';
import { monthAfter } from '../window.ts';
import { here, type SourceRow } from './source.ts';

/**
 * Charges of the month, or due in it, that stood at the cut-off: `net` (what was waived is taken off as it stands), `paid`
 * by then, `of_month`, `due_in_month`.
 */
export const charges = (window: Window) => {
  const [first, next] = [`${window.month}-01`, `${monthAfter(window.month)}-01`];
  const due = sql`(c.due_on >= ${first}::date and c.due_on < ${next}::date)`;
  return sql<SourceRow>`
  select c.id::text as ref, c.place, c.amount - c.waived as net, coalesce(p.amount, 0) as paid,
    c.period = ${window.month} as of_month, ${due} as due_in_month
  from ledger_pub.charge c left join lateral (
    select sum(s.amount) as amount from ledger_pub.settlement s where s.charge = c.id and s.at <= ${window.at}) p on true
  where ${here(window, 'c')} and c.fund = 'income' and (c.period = ${window.month} or ${due}) and c.at <= ${window.at}
    and (c.reversed_at is null or c.reversed_at > ${window.at})`;
};

/** Meter figures of electricity taken over for the month: `quantity`, thousandths of a kilowatt-hour. */
export const electricity = (window: Window) => sql<SourceRow>`
  select u.id::text as ref, u.place, u.quantity from billing_pub.usage u
  where ${here(window, 'u')} and u.subject = 'electricity' and u.period = ${window.month} and u.at <= ${window.at}
    and (u.replaced_at is null or u.replaced_at > ${window.at})`;
