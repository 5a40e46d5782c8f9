import type { Actor } from '@keystead/contracts/access';
import { inSubtrees, sql, underPath } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Definition, PlanMissing, planCycles, systems } from './plan.ts';
import { momentsBetween } from './recurrence.ts';
import {
  type OccurrenceRow,
  occurrenceColumns,
  type PlanRow,
  planColumns,
  type SubjectRow,
  subjectColumns,
} from './row.ts';
import { isWorkday } from './working-days.ts';
import type { Progress } from './works.ts';

export interface PlanFilter {
  readonly kind?: string | undefined;
  readonly system?: string | undefined;
  readonly cycle?: string | undefined;
  readonly enabled?: boolean | undefined;
}

export interface OccurrenceFilter {
  readonly from: Date;
  readonly to: Date;
  readonly plan?: string | undefined;
  readonly kind?: string | undefined;
  readonly state?: string | undefined;
  readonly under?: string | undefined;
}

const listLimit = 1000;
const previewLimit = 50;
const calendarLimit = 5000;

/** A line of the calendar: made already, or still to come. */
export interface CalendarLine {
  plan: string;
  code: string;
  name: string;
  kind: string;
  system: string;
  procedure: string | null;
  subject: string;
  at: Date;
  state: 'planned' | 'open' | 'missed' | 'done' | 'cancelled';
  occurrence: string | null;
  caseId: string | null;
}

/** Everything that is asked about plans, within the actor's scope. */
export function createPlanReading({ db, clock }: Pick<Kernel, 'db' | 'clock'>) {
  const list = (actor: Actor, filter: PlanFilter = {}): Promise<PlanRow[]> =>
    db.read(
      actor.scope,
      sql<PlanRow>`select ${planColumns} from plans.plan p
        where p.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'p.place')}
          ${filter.kind ? sql`and p.kind = ${filter.kind}` : sql``} ${filter.system ? sql`and p.system = ${filter.system}` : sql``}
          ${filter.cycle ? sql`and p.cycle = ${filter.cycle}` : sql``}
          ${filter.enabled === undefined ? sql`` : sql`and p.enabled = ${filter.enabled}`}
        order by p.code limit ${listLimit}`,
    );

  const subjectsOf = (actor: Actor, plans: readonly string[]) =>
    db.read(
      actor.scope,
      sql<SubjectRow & { plan: string }>`select s.plan, ${subjectColumns} from plans.subject s
        where s.plan = any(${plans}) and ${inSubtrees(actor.scope, 's.place')} order by s.plan, s.number`,
    );

  const occurrences = (actor: Actor, filter: OccurrenceFilter) =>
    db.read(
      actor.scope,
      sql<
        OccurrenceRow & {
          code: string;
          name: string;
          definition: Definition;
          points: number;
          failed: number;
          progress: Progress | null;
        }
      >`
        select ${occurrenceColumns}, e.code, e.name, e.definition,
          (select jsonb_build_object('done', w.done, 'total', w.total, 'failure', w.failure)
            from plans.progress w where w.occurrence = o.id) as progress,
          (select count(*)::int from plans.reading r where r.occurrence = o.id) as points,
          (select count(*)::int from plans.reading r where r.occurrence = o.id and not r.passed) as failed
        from plans.occurrence o join plans.edition e on e.plan = o.plan and e.number = o.edition
        where o.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'o.place')}
          and o.at >= ${filter.from} and o.at < ${filter.to}
          ${filter.plan ? sql`and o.plan = ${filter.plan}` : sql``}
          ${filter.under ? sql`and ${underPath(filter.under, 'o.place')}` : sql``}
          ${filter.state === 'missed' ? sql`and o.missed_at is not null` : filter.state ? sql`and o.state = ${filter.state}` : sql``}
        order by o.at, o.id limit ${calendarLimit}`,
    );

  const stateOf = (row: Pick<OccurrenceRow, 'state' | 'missedAt'>): CalendarLine['state'] =>
    row.state === 'open' && row.missedAt ? 'missed' : row.state;

  return {
    list,
    occurrences,
    stateOf,

    get: async (actor: Actor, id: string) => {
      const [row] = await db.read(
        actor.scope,
        sql<PlanRow>`select ${planColumns} from plans.plan p where p.id = ${id} and ${inSubtrees(actor.scope, 'p.place')}`,
      );
      if (!row) throw new PlanMissing({ id });
      const editions = await db.read(
        actor.scope,
        sql<{ number: number; at: Date; actorName: string; definition: Definition }>`
          select number, at, actor_name as "actorName", definition from plans.edition where plan = ${id} order by number desc`,
      );
      return { row, subjects: await subjectsOf(actor, [id]), editions };
    },

    /** The next moments of a trigger somebody is writing. */
    preview: (trigger: Definition['trigger'], count: number): Date[] => {
      if (trigger.kind !== 'time') return [];
      const now = clock.now();
      const far = new Date(now.getTime() + 6 * 366 * 86_400_000);
      return momentsBetween(trigger, now, far, isWorkday, Math.min(count, previewLimit)).map(({ at }) => at);
    },

    /** What was made in a period and what is still to come, task by task (M-5.4-5). */
    calendar: async (actor: Actor, filter: OccurrenceFilter): Promise<CalendarLine[]> => {
      const plans = await list(actor, { kind: filter.kind });
      const byId = new Map(plans.map((plan) => [plan.id, plan]));
      const made = (await occurrences(actor, filter)).filter(({ plan }) => byId.has(plan));
      const lines: CalendarLine[] = made.map((row) => ({
        plan: row.plan,
        code: row.code,
        name: row.name,
        kind: byId.get(row.plan)?.kind ?? '',
        system: byId.get(row.plan)?.system ?? '',
        procedure: row.definition.procedure?.code ?? null,
        subject: row.subjectLabel,
        at: row.at,
        state: stateOf(row),
        occurrence: row.id,
        caseId: row.caseId,
      }));
      const asked = plans.filter((plan) => plan.enabled && (!filter.plan || plan.id === filter.plan));
      const subjects = await subjectsOf(
        actor,
        asked.map(({ id }) => id),
      );
      for (const plan of asked) {
        const { trigger, procedure } = plan.definition;
        if (trigger.kind !== 'time' || lines.length >= calendarLimit) continue;
        const from = plan.madeUntil > filter.from ? plan.madeUntil : new Date(filter.from.getTime() - 1);
        const to = new Date(filter.to.getTime() - 1);
        if (from >= to) continue;
        for (const { at } of momentsBetween(trigger, from, to, isWorkday, 400))
          for (const subject of subjects.filter((each) => each.plan === plan.id))
            lines.push({
              plan: plan.id,
              code: plan.code,
              name: plan.name,
              kind: plan.kind,
              system: plan.system,
              procedure: procedure?.code ?? null,
              subject: subject.label,
              at,
              state: 'planned',
              occurrence: null,
              caseId: null,
            });
      }
      return lines.sort((a, b) => a.at.getTime() - b.at.getTime()).slice(0, calendarLimit);
    },

    /** Plans by period and system (M-5.4-7): every cell is there, the empty ones too. */
    tree: async (actor: Actor) => {
      const plans = await list(actor);
      return planCycles.map((cycle) => ({
        cycle,
        systems: systems.map((system) => ({
          system,
          plans: plans
            .filter((plan) => plan.cycle === cycle && plan.system === system)
            .map(({ id, code, name, enabled }) => ({ id, code, name, enabled })),
        })),
      }));
    },

    /** How many tasks came about, were done, done in time, missed (H-9.5.1-b-1). */
    figures: (actor: Actor, filter: OccurrenceFilter) =>
      db.read(
        actor.scope,
        sql<{
          plan: string;
          code: string;
          name: string;
          made: number;
          done: number;
          inTime: number;
          missed: number;
          due: number;
        }>`
          select o.plan, max(e.code) as code, max(e.name) as name, count(*)::int as made,
            (count(*) filter (where o.state = 'done'))::int as done,
            (count(*) filter (where o.state = 'done' and o.done_at <= o.deadline))::int as "inTime",
            (count(*) filter (where o.missed_at is not null))::int as missed,
            (count(*) filter (where o.deadline <= ${clock.now()} and o.state <> 'cancelled'))::int as due
          from plans.occurrence o join plans.edition e on e.plan = o.plan and e.number = o.edition
          where o.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'o.place')}
            and o.at >= ${filter.from} and o.at < ${filter.to} ${filter.plan ? sql`and o.plan = ${filter.plan}` : sql``}
          group by o.plan order by max(e.code)`,
      ),
  };
}

export type PlanReading = ReturnType<typeof createPlanReading>;
