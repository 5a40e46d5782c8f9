import { sql } from '@keystead/kernel/db';
import { type Job, job } from '@keystead/kernel/jobs';
import type { AlarmRow } from './row.ts';
import type { AlarmTelling } from './telling.ts';

const afterDays = 7;
const atOnce = 500;

/** Minor alarms (grades 3 and 4), and those under a lead, that cleared a week ago and that nobody took up are closed, so that the desk stays readable. */
export const closeStale = (tell: AlarmTelling): Job =>
  job({
    name: 'alarms.close-stale',
    every: 3600,
    timeout: 300,
    run: async (_payload, { db, clock }) => {
      const before = new Date(clock.now().getTime() - afterDays * 86_400_000);
      let closed = 0;
      do {
        closed = await db.systemTransaction(async (tx) => {
          const rows = await tx.all(sql<AlarmRow>`
            update alarms.alarm set handling = 'closed', closed_at = ${clock.now()}, version = version + 1
            where id in (select id from alarms.alarm where condition = 'cleared' and handling in ('new', 'acknowledged') and (severity >= 3 or member)
              and cleared_at < ${before} limit ${atOnce} for update skip locked) returning *`);
          for (const row of rows) await tell(tx, row, 'closed-by-age');
          return rows.length;
        });
      } while (closed === atOnce);
    },
  });
