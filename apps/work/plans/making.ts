import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { CasesService } from '@keystead/apps/work/cases';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { planOccurred } from '@keystead/contracts/events/plans';
import { newId } from '@keystead/contracts/ids';
import { Problem } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Translate } from '@keystead/kernel/i18n';
import type { Kernel } from '@keystead/kernel/module';
import { caseKindOf, type Definition } from './plan.ts';
import type { Gauges, Operations } from './ports.ts';
import { momentsBetween } from './recurrence.ts';
import {
  type OccurrenceRow,
  occurrenceColumns,
  type PlanRow,
  planColumns,
  type SubjectRow,
  subjectColumns,
} from './row.ts';
import { dueAfter } from './service.ts';
import { isWorkday } from './working-days.ts';
import type { Works } from './works.ts';

export interface MakingParts extends Pick<Kernel, 'db' | 'clock' | 'outbox' | 'log'> {
  cases: Pick<CasesService, 'openIn' | 'takeIn'>;
  alarms: Pick<AlarmsService, 'raise' | 'clear'>;
  gauges: Gauges;
  operations: Operations | undefined;
  t: Translate;
  works: Pick<Works, 'workDue'>;
}

/** Moments of one plan made in one transaction at most; the rest come in the next turn. */
const momentsAtOnce = 100;
const batch = 50;
/** Turns of a counter that jumped, made up for at most. */
const turnsAtOnce = 10;

export const missedRule = (plan: string): string => `platform:plan-missed:${plan}`;

/** Occurrences come about, are handed to their cases or commands, and are chased when nobody does them. */
export function createMaking({ db, clock, outbox, log, cases, alarms, gauges, operations, t, works }: MakingParts) {
  const platform = (organisation: string): Actor => systemActor('plans', organisation as OrganisationId);

  /** Gives the work out. Who has left since the plan was written does not keep it from being there: a dispatcher sees it. */
  async function assign(tx: Tx, actor: Actor, id: string, to: { assignee?: string; team?: string }): Promise<void> {
    const { assignee, team } = to;
    try {
      await tx.savepoint(() =>
        cases.takeIn(tx, actor, id, 'assign', { ...(assignee ? { assignee } : {}), ...(team ? { team } : {}) }),
      );
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      log.warn({ err: cause, case: id }, 'the work of a plan could not be given to whom it names');
      if (assignee && team) await assign(tx, actor, id, { team });
    }
  }

  async function openCase(tx: Tx, plan: PlanRow, subject: SubjectRow, definition: Definition) {
    const { target } = definition;
    if (target.kind !== 'case') return undefined;
    const actor = platform(plan.organisation);
    const procedure = definition.procedure ? [t('plan.followProcedure', { ...definition.procedure })] : [];
    const row = await cases.openIn(tx, actor, {
      kind: caseKindOf(plan.kind),
      title: `${plan.name} · ${subject.label}`,
      description: definition.content ?? '',
      place: subject.place,
      subjects: [{ kind: subject.kind, id: subject.id, label: subject.label }],
      source: 'plan',
      form: { plan: plan.id, ...(definition.procedure ? { procedure: definition.procedure } : {}) },
      checklist: [
        ...procedure.map((text) => ({ text, required: true })),
        ...definition.points.map((point, at) => ({ text: pointText(at, point.text), required: true })),
      ],
    });
    if (target.assignee || target.team) await assign(tx, actor, row.id, target);
    return row;
  }

  /** One occurrence and its case; nothing when it was made before. */
  async function makeIn(tx: Tx, plan: PlanRow, subject: SubjectRow, key: string, at: Date): Promise<boolean> {
    const { definition } = plan;
    const id = newId(clock.now().getTime());
    const deadline = new Date(at.getTime() + definition.allow * 1000);
    const made = await tx.run(sql`
      insert into plans.occurrence (id, plan, organisation, place, key, subject_kind, subject, subject_label, edition, at,
        deadline, state, made_at)
      values (${id}, ${plan.id}, ${plan.organisation}, ${subject.place}, ${key}, ${subject.kind}, ${subject.id},
        ${subject.label}, ${plan.edition}, ${at}, ${deadline}, 'open', ${clock.now()})
      on conflict on constraint occurrence_once do nothing`);
    if (made === 0) return false;
    const row = await openCase(tx, plan, subject, definition);
    if (row)
      await tx.run(sql`update plans.occurrence set case_id = ${row.id}, case_code = ${row.code} where id = ${id}`);
    await tell(tx, { id, plan: plan.id, organisation: plan.organisation, place: subject.place }, 'made', row?.id);
    return true;
  }

  async function tell(
    tx: Tx,
    of: Pick<OccurrenceRow, 'id' | 'plan' | 'organisation' | 'place'>,
    change: string,
    caseId?: string | null,
  ): Promise<void> {
    await outbox.add(tx, planOccurred, of, { id: of.id, plan: of.plan, change, ...(caseId ? { case: caseId } : {}) });
  }

  async function byTime(tx: Tx, plan: PlanRow, subjects: readonly SubjectRow[], now: Date): Promise<number> {
    const { trigger, lead } = plan.definition;
    if (trigger.kind !== 'time') return 0;
    const upTo = new Date(now.getTime() + lead * 1000);
    const moments = momentsBetween(trigger, plan.madeUntil, upTo, isWorkday, momentsAtOnce);
    let count = 0;
    for (const { key, at } of moments)
      for (const subject of subjects) if (await makeIn(tx, plan, subject, key, at)) count += 1;
    const last = moments.length === momentsAtOnce ? moments.at(-1)?.at : undefined;
    const reached = last ?? (upTo > plan.madeUntil ? upTo : plan.madeUntil);
    await tx.run(sql`
      update plans.plan set made_until = ${reached}, due_at = ${dueAfter(plan.definition, reached)} where id = ${plan.id}`);
    return count;
  }

  async function byReading(tx: Tx, plan: PlanRow, subjects: readonly SubjectRow[], now: Date): Promise<number> {
    const { trigger } = plan.definition;
    if (trigger.kind === 'time') return 0;
    let count = 0;
    for (const subject of subjects) {
      const value = await gauges.read(plan.organisation, subject.id, trigger.property);
      if (value === undefined) continue;
      let { mark, turns, held } = subject;
      if (trigger.kind === 'usage') {
        // A counter that was exchanged begins anew; what it will have used counts from there.
        if (mark === null || value < mark) mark = value;
        for (let turn = 0; turn < turnsAtOnce && value - mark >= trigger.each; turn++) {
          mark += trigger.each;
          turns += 1;
          if (await makeIn(tx, plan, subject, `turn-${turns}`, now)) count += 1;
        }
      } else {
        const { above, below } = trigger;
        const holds = (above !== undefined && value > above) || (below !== undefined && value < below);
        if (holds && !held) {
          turns += 1;
          if (await makeIn(tx, plan, subject, `turn-${turns}`, now)) count += 1;
        }
        held = holds;
      }
      await tx.run(sql`
        update plans.subject set mark = ${mark}, turns = ${turns}, held = ${held} where plan = ${plan.id} and number = ${subject.number}`);
    }
    await tx.run(sql`update plans.plan set due_at = ${dueAfter(plan.definition, now)} where id = ${plan.id}`);
    return count;
  }

  async function makeNext(): Promise<{ looked: boolean; made: number }> {
    const now = clock.now();
    return db.systemTransaction(async (tx) => {
      const plan = await tx.maybe(sql<PlanRow>`
        select ${planColumns} from plans.plan p where p.enabled and p.due_at <= ${now} order by p.due_at limit 1 for update skip locked`);
      if (!plan) return { looked: false, made: 0 };
      const subjects = await tx.all(
        sql<SubjectRow>`select ${subjectColumns} from plans.subject s where s.plan = ${plan.id} order by s.number`,
      );
      const make = plan.definition.trigger.kind === 'time' ? byTime : byReading;
      return { looked: true, made: await make(tx, plan, subjects, now) };
    });
  }

  async function supervise(tx: Tx, occurrence: OccurrenceRow, plan: PlanRow, definition: Definition): Promise<string> {
    const actor = platform(plan.organisation);
    const row = await cases.openIn(tx, actor, {
      kind: 'supervision',
      title: t('plan.overdueTitle', { name: plan.name, subject: occurrence.subjectLabel }),
      place: occurrence.place,
      subjects: [{ kind: occurrence.subjectKind, id: occurrence.subject, label: occurrence.subjectLabel }],
      source: 'plan',
      form: { occurrence: occurrence.id, case: occurrence.caseId },
    });
    const { target } = definition;
    if (target.kind === 'case' && target.manager) await assign(tx, actor, row.id, { assignee: target.manager });
    return row.id;
  }

  /** An occurrence nobody did in time: one supervision case, and of a round an alarm (H-9.5.1-b-2, H-9.2.3-a). */
  async function chaseNext(): Promise<boolean> {
    const now = clock.now();
    return db.systemTransaction(async (tx) => {
      const late = await tx.maybe(sql<OccurrenceRow>`
        select ${occurrenceColumns} from plans.occurrence o
        where o.state = 'open' and o.missed_at is null and o.deadline < ${now} order by o.deadline limit 1 for update skip locked`);
      if (!late) return false;
      const plan = await tx.one(
        sql<PlanRow>`select ${planColumns} from plans.plan p where p.id = ${late.plan}`,
        () => new Error('an occurrence without its plan') as never,
      );
      const edition = await tx.maybe(sql<{ definition: Definition }>`
        select definition from plans.edition where plan = ${late.plan} and number = ${late.edition}`);
      const supervision = await supervise(tx, late, plan, edition?.definition ?? plan.definition);
      await tx.run(
        sql`update plans.occurrence set missed_at = ${now}, supervision = ${supervision} where id = ${late.id}`,
      );
      if (plan.kind === 'inspection')
        await alarms.raise(tx, {
          organisation: plan.organisation,
          place: late.place,
          rule: missedRule(plan.id),
          subject: { kind: 'round', id: late.id, code: plan.code, name: late.subjectLabel },
          title: {
            zh: `巡检漏检：${plan.name} · ${late.subjectLabel}`,
            en: `Round missed: ${plan.name} · ${late.subjectLabel}`,
          },
          severity: 3,
          transferLevel: 2,
          eventTime: late.deadline,
          readings: { case: late.caseCode, deadline: late.deadline.toISOString() },
        });
      await tell(tx, late, 'missed', supervision);
      return true;
    });
  }

  /** Commands of plans whose moment came; the occurrence is their key, so that none is given twice. */
  async function giveCommands(): Promise<number> {
    if (!operations) return 0;
    const now = clock.now();
    const due = await db.systemRead(sql<OccurrenceRow & { definition: Definition }>`
      select ${occurrenceColumns}, e.definition from plans.occurrence o
        join plans.edition e on e.plan = o.plan and e.number = o.edition
      where o.state = 'open' and o.missed_at is null and o.at <= ${now} and e.definition #>> '{target,kind}' = 'command'
      order by o.at limit ${batch}`);
    let given = 0;
    for (const { definition, ...occurrence } of due) {
      const { target } = definition;
      if (target.kind !== 'command') continue;
      try {
        await operations.send(
          occurrence.organisation,
          occurrence.plan,
          occurrence.subject,
          target.service,
          target.input,
          occurrence.id,
        );
        await db.systemTransaction(async (tx) => {
          await tx.run(
            sql`update plans.occurrence set state = 'done', done_at = ${now}, done_by = 'plans' where id = ${occurrence.id}`,
          );
          await tell(tx, occurrence, 'done');
        });
        given += 1;
      } catch (cause) {
        log.warn({ err: cause, occurrence: occurrence.id }, 'the command of a plan was not taken');
      }
    }
    return given;
  }

  return {
    /** Everything that is due now; answers how many occurrences came about. */
    makeDue: async (signal?: AbortSignal): Promise<number> => {
      let made = 0;
      for (let turn = { looked: true, made: 0 }; turn.looked && !signal?.aborted; made += turn.made)
        turn = await makeNext();
      await giveCommands();
      await works.workDue(tell, signal);
      return made;
    },
    chaseOverdue: async (signal?: AbortSignal): Promise<number> => {
      let chased = 0;
      while (!signal?.aborted && (await chaseNext())) chased += 1;
      return chased;
    },

    /** Its case was done, cancelled or opened again. */
    followCase: async (tx: Tx, caseId: string, to: string, at: Date, by: string | undefined): Promise<void> => {
      const occurrence = await tx.maybe(
        sql<OccurrenceRow>`select ${occurrenceColumns} from plans.occurrence o where o.case_id = ${caseId} for update`,
      );
      if (!occurrence) return;
      const state = ['done', 'confirmed', 'closed'].includes(to) ? 'done' : to === 'cancelled' ? 'cancelled' : 'open';
      if (state === occurrence.state) return;
      await tx.run(sql`
        update plans.occurrence set state = ${state}, done_at = ${state === 'done' ? at : null},
          done_by = ${state === 'done' ? (by ?? null) : null} where id = ${occurrence.id}`);
      if (state !== 'open' && occurrence.missedAt)
        await alarms.clear(tx, {
          organisation: occurrence.organisation,
          rule: missedRule(occurrence.plan),
          subject: { kind: 'round', id: occurrence.id },
          eventTime: at,
          readings: {},
        });
      await tell(tx, occurrence, state, caseId);
    },
  };
}

/** How a point stands in the checklist of its case. */
export const pointText = (at: number, text: string): string => `${at + 1}. ${text}`;

export type Making = ReturnType<typeof createMaking>;
