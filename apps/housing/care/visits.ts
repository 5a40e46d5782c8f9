import type { HouseholdsService } from '@keystead/apps/housing/households';
import type { AlarmsService } from '@keystead/apps/work/alarms';
import { isWorkday, momentsBetween, type Recurrence } from '@keystead/apps/work/plans';
import type { Actor } from '@keystead/contracts/access';
import { defaultZone, localDate, localTime } from '@keystead/contracts/calendar';
import { newId } from '@keystead/contracts/ids';
import { type PartiesService, PartyMissing } from '@keystead/data/parties';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import {
  CareMissing,
  coarse,
  overdueRule,
  ServiceInFuture,
  type ServiceKind,
  VisitMissing,
  VisitPlanMissing,
  VisitSettled,
  visitCode,
} from './care.ts';

export interface VisitPlan {
  readonly id: string;
  readonly household: string;
  readonly person: string;
  readonly recurrence: Recurrence;
  readonly worker: string;
}
export interface Visit {
  readonly number: number;
  readonly id: string;
  readonly plan: string;
  readonly household: string;
  readonly person: string;
  readonly worker: string;
  readonly dueOn: string;
  readonly state: 'due' | 'done' | 'dropped';
  readonly overdueAt: Date | null;
  readonly doneAt: Date | null;
}
export interface ServiceDraft {
  readonly kind: ServiceKind;
  readonly person: string;
  readonly at?: Date;
  readonly note?: string;
}

export interface VisitParts extends Pick<Kernel, 'db' | 'clock' | 'audit'> {
  readonly alarms: Pick<AlarmsService, 'raise' | 'clear'>;
  readonly households: Pick<HouseholdsService, 'marks'>;
  readonly parties: PartiesService;
}

interface PlanRow extends VisitPlan {
  readonly organisation: string;
  readonly place: string;
  readonly madeUntil: Date;
}
interface VisitRow extends Omit<Visit, 'worker'> {
  readonly organisation: string;
  readonly place: string;
}

const listLimit = 500;
const planColumns = sql`p.id, p.organisation, p.place, p.household, p.person, p.recurrence, p.worker, p.made_until as "madeUntil"`;
const visitColumns = sql`v.number, v.id, v.organisation, v.place, v.plan, v.household, v.person, v.due_on::text as "dueOn", v.state,
  v.overdue_at as "overdueAt", v.done_at as "doneAt"`;

/**
 * Who is looked after, visits by plan, and the ledger of what was done (H-9.1.2-c-2). Recurrence and working days are those
 * of apps/work/plans; plans and cases themselves are seen by many, and a visit plan says that somebody is ill or alone.
 */
export function createVisits({ db, clock, audit, alarms, households, parties }: VisitParts) {
  const today = (): string => localDate(clock.now());
  const localDay = (at: Date): string => localDate(at);

  /** The beginning of the local day. */
  const midnight = (): Date => new Date(clock.now().getTime() - localTime(defaultZone, clock.now().getTime()).inDay);

  /** The marked person. Throws CareMissing: care is planned for whom somebody marked, in view of the actor. */
  async function careOf(actor: Actor, person: string) {
    const mark = (await households.marks.list(actor)).find((each) => each.person === person);
    if (!mark) throw new CareMissing({ person });
    return mark;
  }

  async function append(
    tx: Tx,
    actor: Actor,
    of: { organisation: string; place: string; household: string; person: string; visit: string | null },
    draft: Omit<ServiceDraft, 'person'>,
  ): Promise<string> {
    const id = newId(clock.now().getTime());
    const at = draft.at ?? clock.now();
    if (at > clock.now()) throw new ServiceInFuture({ at });
    const [party] = await parties.getMany(tx, actor, [of.person]);
    if (!party) throw new PartyMissing({ id: of.person });
    const note = draft.note ? await parties.sealText(tx, party, `care:${id}`, draft.note) : null;
    await tx.run(sql`insert into care.service (id, organisation, place, household, person, kind, visit, at, note, logged_at, logged_by, logged_by_name)
      values (${id}, ${of.organisation}, ${of.place}, ${of.household}, ${of.person}, ${draft.kind}, ${of.visit}, ${at}, ${note}, ${clock.now()},
        ${actor.id}, ${actor.name})`);
    // The kind of care would tell of health: the journal says that there was a service.
    await audit.add(tx, actor, {
      action: 'care.service',
      subject: `household:${of.household}`,
      place: of.place,
      detail: { service: id },
    });
    return id;
  }

  /** Visits that are due by now; again makes none twice. */
  async function makeDue(): Promise<number> {
    const now = clock.now();
    return db.systemTransaction(async (tx) => {
      const plans = await tx.all(sql<PlanRow>`select ${planColumns} from care.visit_plan p
        where p.ended_at is null and p.made_until < ${now} order by p.made_until limit 1000 for update skip locked`);
      let made = 0;
      for (const plan of plans) {
        for (const { key, at } of momentsBetween(plan.recurrence, plan.madeUntil, now, isWorkday, 100))
          made +=
            await tx.run(sql`insert into care.visit (id, organisation, place, plan, key, household, person, due_on, state)
            values (${newId(now.getTime())}, ${plan.organisation}, ${plan.place}, ${plan.id}, ${key}, ${plan.household}, ${plan.person},
              ${localDay(at)}, 'due') on conflict on constraint visit_once do nothing`);
        await tx.run(sql`update care.visit_plan set made_until = ${now} where id = ${plan.id}`);
      }
      return made;
    });
  }

  /** A visit nobody made on its day: one alarm, without a name and without the home. */
  async function chaseOverdue(): Promise<number> {
    return db.systemTransaction(async (tx) => {
      const late = await tx.all(sql<VisitRow>`select ${visitColumns} from care.visit v
        where v.state = 'due' and v.overdue_at is null and v.due_on < ${today()}::date order by v.due_on limit 500 for update skip locked`);
      for (const visit of late) {
        const code = visitCode(visit.number);
        await alarms.raise(tx, {
          organisation: visit.organisation,
          place: coarse(visit.place),
          rule: overdueRule,
          subject: { kind: 'care', id: visit.id, code, name: code },
          title: { zh: `关爱走访 ${code} 已逾期`, en: `Care visit ${code} is overdue` },
          severity: 3,
          transferLevel: 2,
          eventTime: clock.now(),
          readings: { dueOn: visit.dueOn },
        });
        await tx.run(sql`update care.visit set overdue_at = ${clock.now()} where id = ${visit.id}`);
      }
      return late.length;
    });
  }

  /** The alarm stands above the home, perhaps beyond the reach of whoever made the visit. */
  const endAlarm = ({ id, organisation }: VisitRow): Promise<unknown> =>
    db.systemTransaction((tx) =>
      alarms.clear(tx, {
        ...{ organisation, rule: overdueRule, subject: { kind: 'care', id } },
        ...{ eventTime: clock.now(), readings: {} },
      }),
    );

  return {
    makeDue,
    chaseOverdue,
    careOf,

    /** Everybody marked, with names masked by data/parties' own rule where the actor may not read them. */
    people: async (actor: Actor) => {
      const marks = await households.marks.list(actor);
      const ids = [...new Set(marks.map(({ person }) => person))];
      const named = await db.transaction(actor.scope, (tx) => parties.getMany(tx, actor, ids));
      const last = await db.read(
        actor.scope,
        sql<{ person: string; at: Date }>`select s.person, max(s.at) as at from care.service s
          where s.person = any(${ids}::uuid[]) and ${inSubtrees(actor.scope, 's.place')} and s.kind <> 'help' group by s.person`,
      );
      return ids.map((person) => ({
        person,
        name: named.find(({ id }) => id === person)?.name ?? '',
        household: marks.find((mark) => mark.person === person)?.household ?? '',
        kinds: marks.filter((mark) => mark.person === person).map(({ kind }) => kind),
        lastServed: last.find((each) => each.person === person)?.at ?? null,
      }));
    },

    /** What is due today already is there at once. Throws CareMissing. */
    plan: async (actor: Actor, draft: { person: string; worker: string; recurrence: Recurrence }): Promise<string> => {
      const mark = await careOf(actor, draft.person);
      const made = await db.transaction(actor.scope, async (tx) => {
        const [home] = await parties.getMany(tx, actor, [mark.household]);
        if (!home) throw new CareMissing({ person: draft.person });
        const id = newId(clock.now().getTime());
        await tx.run(sql`insert into care.visit_plan (id, organisation, place, household, person, recurrence, worker, made_until, made_by, made_at)
          values (${id}, ${actor.scope.organisation}, ${home.place}, ${mark.household}, ${draft.person}, ${JSON.stringify(draft.recurrence)},
            ${draft.worker}, ${midnight()}, ${actor.id}, ${clock.now()})`);
        const detail = { plan: id };
        await audit.add(tx, actor, {
          action: 'visit-plan.add',
          subject: `household:${mark.household}`,
          place: home.place,
          detail,
        });
        return id;
      });
      await makeDue();
      return made;
    },

    /** Ends a plan; visits that are due still stand. */
    endPlan: (actor: Actor, id: string): Promise<void> =>
      db.transaction(actor.scope, async (tx) => {
        const ended = await tx.maybe(sql<{ household: string; place: string }>`
          update care.visit_plan p set ended_at = ${clock.now()} where p.id = ${id} and p.ended_at is null
            and p.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'p.place')} returning household, place`);
        if (!ended) throw new VisitPlanMissing({ id });
        const { household, place } = ended;
        await audit.add(tx, actor, {
          action: 'visit-plan.end',
          subject: `household:${household}`,
          place,
          detail: { plan: id },
        });
      }),

    plans: (actor: Actor): Promise<VisitPlan[]> =>
      db.read(
        actor.scope,
        sql<VisitPlan>`select ${planColumns} from care.visit_plan p where p.organisation = ${actor.scope.organisation}
          and ${inSubtrees(actor.scope, 'p.place')} and p.ended_at is null order by p.made_at, p.id limit ${listLimit}`,
      ),

    visits: (actor: Actor, state: 'due' | 'overdue' | 'done' | undefined): Promise<Visit[]> =>
      db.read(
        actor.scope,
        sql<Visit>`select ${visitColumns}, p.worker from care.visit v join care.visit_plan p on p.id = v.plan
          where v.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'v.place')}
            ${state === 'overdue' ? sql`and v.state = 'due' and v.overdue_at is not null` : state ? sql`and v.state = ${state}` : sql``}
          order by v.due_on desc, v.id desc limit ${listLimit}`,
      ),

    /** A visit was made: a line in the ledger, and its alarm ends. Throws VisitMissing, VisitSettled, ServiceInFuture. */
    visit: async (actor: Actor, id: string, done: { at?: Date; note?: string }): Promise<string> => {
      const { line, visit } = await db.transaction(actor.scope, async (tx) => {
        const visit = await tx.one(
          sql<VisitRow>`select ${visitColumns} from care.visit v where v.id = ${id} and v.organisation = ${actor.scope.organisation}
            and ${inSubtrees(actor.scope, 'v.place')} for update`,
          () => new VisitMissing({ id }),
        );
        if (visit.state !== 'due') throw new VisitSettled({ id });
        const line = await append(tx, actor, { ...visit, visit: id }, { ...done, kind: 'visit' });
        await tx.run(sql`update care.visit set state = 'done', done_at = ${clock.now()} where id = ${id}`);
        return { line, visit };
      });
      if (visit.overdueAt) await endAlarm(visit);
      return line;
    },

    /** Any other service. Throws CareMissing, ServiceInFuture. */
    serve: async (actor: Actor, draft: ServiceDraft): Promise<string> => {
      const { household, person } = await careOf(actor, draft.person);
      return db.transaction(actor.scope, async (tx) => {
        const [home] = await parties.getMany(tx, actor, [household]);
        if (!home) throw new CareMissing({ person });
        const { organisation } = actor.scope;
        return append(tx, actor, { organisation, place: home.place, household, person, visit: null }, draft);
      });
    },

    /** The ledger of one person, newest first, with what was noted. */
    ledger: (actor: Actor, person: string) =>
      db.transaction(actor.scope, async (tx) => {
        const rows = await tx.all(sql<{
          id: string;
          kind: ServiceKind;
          at: Date;
          note: Buffer | null;
          byName: string;
          place: string;
        }>`
          select s.id, s.kind, s.at, s.note, s.logged_by_name as "byName", s.place from care.service s
          where s.person = ${person} and s.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 's.place')}
          order by s.at desc, s.id desc limit ${listLimit}`);
        if (rows[0])
          await audit.add(tx, actor, { action: 'care.ledger-read', subject: `party:${person}`, place: rows[0].place });
        const lines = [];
        for (const { note, place: _, ...row } of rows)
          lines.push({ ...row, note: note && (await parties.unsealText(tx, person, `care:${row.id}`, note)) });
        return lines;
      }),
  };
}

export type Visits = ReturnType<typeof createVisits>;
