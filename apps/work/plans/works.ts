import { type Actor, may, type OrganisationId } from '@keystead/contracts/access';
import { InputInvalid, NotAllowed, Problem } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { Definition } from './plan.ts';
import { type OccurrenceRow, occurrenceColumns } from './row.ts';

/** Where and when a task of the platform's own work is to be done. */
export interface WorkGround {
  readonly organisation: OrganisationId;
  /** Path; '' = the whole organisation. */
  readonly place: string;
  readonly at: Date;
}

/** Work the platform does by itself as a plan says, in portions, each of which may be done twice without harm. */
export interface PlannedWork {
  /** `eligibility.yearly-reviews` */
  readonly name: string;
  readonly label: { readonly zh: string; readonly en: string };
  /** What whoever plans it must be allowed. */
  readonly permission: string;
  /** Does the next portion; answers how many things it did and how many are left. */
  portion(of: WorkGround): Promise<{ done: number; left: number }>;
}

export interface Progress {
  done: number;
  total: number;
  failure: string | null;
}

interface DueWork extends OccurrenceRow {
  definition: Definition;
  done: number | null;
}

const tasksAtOnce = 20;
const portionsAtOnce = 400;

type Tell = (tx: Tx, of: OccurrenceRow, change: string) => Promise<void>;

/** Plans whose target is work of the platform: modules offer it, plans say when, each task shows how far it is. */
export function createWorks({ db, clock, log }: Pick<Kernel, 'db' | 'clock' | 'log'>) {
  const offered = new Map<string, PlannedWork>();

  const save = (tx: Tx, of: OccurrenceRow, { done, total, failure }: Progress) =>
    tx.run(sql`
      insert into plans.progress (occurrence, organisation, place, done, total, failure, changed_at)
      values (${of.id}, ${of.organisation}, ${of.place}, ${done}, ${total}, ${failure}, ${clock.now()})
      on conflict (occurrence) do update set done = excluded.done, total = excluded.total, failure = excluded.failure,
        changed_at = excluded.changed_at`);

  async function carryOut(due: DueWork, work: PlannedWork, tell: Tell, signal?: AbortSignal): Promise<void> {
    const { definition: _definition, done: before, ...of } = due;
    const ground = { organisation: of.organisation as OrganisationId, place: of.place, at: of.at };
    let done = before ?? 0;
    for (let portions = 0; portions < portionsAtOnce && !signal?.aborted; portions++) {
      const portion = await work.portion(ground);
      done += portion.done;
      const over = portion.left === 0 || portion.done === 0;
      await db.systemTransaction(async (tx) => {
        await save(tx, of, { done, total: done + portion.left, failure: null });
        if (over)
          await tx.run(sql`update plans.occurrence set state = 'done', done_at = ${clock.now()}, done_by = 'plans'
            where id = ${of.id}`);
        await tell(tx, of, over ? 'done' : 'made');
      });
      if (over) return;
    }
  }

  return {
    /** A module says what the platform can do for plans; the same name twice is a mistake. */
    offer: (work: PlannedWork): void => void offered.set(work.name, work),
    works: (): readonly PlannedWork[] => [...offered.values()],

    /** Throws InputInvalid for work nobody offers, NotAllowed. */
    checkWork: (actor: Actor, name: string): void => {
      const work = offered.get(name);
      if (!work) throw new InputInvalid({ in: 'body' }, [{ pointer: '/definition/target/name', code: 'unknown' }]);
      if (!may(actor, work.permission)) throw new NotAllowed({ permission: work.permission });
    },

    /** Whether an organisation has a plan in force that does this work: then nothing else does it. */
    isPlanned: async (organisation: string, name: string): Promise<boolean> => {
      const rows = await db.systemRead(sql<{ id: string }>`
        select id from plans.plan where organisation = ${organisation} and enabled
          and definition #>> '{target,kind}' = 'work' and definition #>> '{target,name}' = ${name} limit 1`);
      return rows.length > 0;
    },

    /** Does what is due; a failure is written into its task and tried again at the next turn. */
    workDue: async (tell: Tell, signal?: AbortSignal): Promise<void> => {
      const due = await db.systemRead(sql<DueWork>`
        select ${occurrenceColumns}, e.definition, p.done from plans.occurrence o
          join plans.edition e on e.plan = o.plan and e.number = o.edition
          left join plans.progress p on p.occurrence = o.id
        where o.state = 'open' and o.at <= ${clock.now()} and e.definition #>> '{target,kind}' = 'work'
        order by o.at limit ${tasksAtOnce}`);
      for (const each of due) {
        const { target } = each.definition;
        const work = target.kind === 'work' ? offered.get(target.name) : undefined;
        if (!work || signal?.aborted) continue;
        try {
          await carryOut(each, work, tell, signal);
        } catch (cause) {
          const failure = cause instanceof Problem ? cause.type : 'internal';
          log.warn({ err: cause, occurrence: each.id }, 'the work of a plan failed');
          const { definition: _definition, done, ...of } = each;
          await db.systemTransaction((tx) => save(tx, of, { done: done ?? 0, total: done ?? 0, failure }));
        }
      }
    },
  };
}

export type Works = ReturnType<typeof createWorks>;
