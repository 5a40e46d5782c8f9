import { systemActor } from '@keystead/contracts/access';
import { sql } from '@keystead/kernel/db';
import type { Translate } from '@keystead/kernel/i18n';
import { calendarsOf } from './calendars.ts';
import { nextState } from './case.ts';
import { lookAt, type ServiceClock } from './clock.ts';
import { caseKinds, kindOf } from './kinds.ts';
import { type CaseRow, type ClockRow, caseColumns, clockColumns } from './row.ts';
import type { CaseDesk, CaseParts } from './service.ts';
import { saveClock } from './store.ts';

const batch = 200;
const consenting = caseKinds.filter((kind) => kind.consentAfter !== undefined && kind.states.includes('confirmed'));

/** What time alone does to cases: clocks pass their marks, silence becomes consent. */
export function createUpkeep({ db, clock, log }: CaseParts, desk: CaseDesk, t: Translate) {
  return {
    /** Marks every running clock that is past its warning or its deadline, and says so once. Answers how many marks. */
    passClocks: (): Promise<number> =>
      db.systemTransaction(async (tx) => {
        const now = clock.now();
        // The case is locked, as it is by every step: a clock is never written by two at once.
        const due = await tx.all(sql<CaseRow & { clock: ClockRow['name'] }>`
          select ${caseColumns}, k.name as clock from cases.clock k join cases.case c on c.id = k.case_id
          where (k.warn_at <= ${now} and k.warned_at is null) or (k.due_at <= ${now} and k.breached_at is null)
          order by k.due_at limit ${batch} for update of c skip locked`);
        let marked = 0;
        for (const row of due) {
          const [kept] = await tx.all(
            sql<ServiceClock>`select ${clockColumns} from cases.clock k where k.case_id = ${row.id} and k.name = ${row.clock}`,
          );
          if (!kept) continue;
          const calendars = await calendarsOf(tx, row.organisation);
          const seen = lookAt(kept, calendars(kept.calendar), now);
          await saveClock(tx, row, seen.clock, calendars);
          for (const mark of seen.marks) await desk.tellMark(tx, row, kept.name, mark);
          marked += seen.marks.length;
        }
        return marked;
      }),

    /** Confirms and closes what was done so long ago that nobody's word counts as consent. Answers how many. */
    takeConsent: async (): Promise<number> => {
      let closed = 0;
      for (const kind of consenting) {
        const now = clock.now();
        const silent = await db.systemRead(sql<{ id: string; organisation: string }>`
          select c.id, c.organisation from cases.case c
          left join cases.consent o on o.organisation = c.organisation and o.kind = c.kind
          where c.state = 'done' and c.kind = ${kind.id}
            and c.done_at <= ${now}::timestamptz - make_interval(secs => coalesce(o.days * 86400, ${kind.consentAfter ?? 0}::int))
          order by c.done_at limit ${batch}`);
        for (const { id, organisation } of silent) {
          const actor = systemActor('cases', organisation);
          const reason = t('case.note.consent');
          await db
            .systemTransaction(async (tx) => {
              await desk.takeIn(tx, actor, id, 'confirm', { reason });
              if (nextState(kindOf(kind.id), 'confirmed', 'close'))
                await desk.takeIn(tx, actor, id, 'close', { reason });
            })
            .then(
              () => {
                closed += 1;
              },
              (cause) => log.warn({ err: cause, case: id }, 'consent could not be taken'),
            );
        }
      }
      return closed;
    },
  };
}

export type CaseUpkeep = ReturnType<typeof createUpkeep>;
