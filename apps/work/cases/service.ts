import { type Actor, inScope, may, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { caseChanged, caseClockPassed } from '@keystead/contracts/events/cases';
import { newId } from '@keystead/contracts/ids';
import { EditConflict, NotAllowed } from '@keystead/contracts/problem';
import type { Clock, Log } from '@keystead/kernel/base';
import type { Outbox } from '@keystead/kernel/bus';
import { type Db, sql, type Tx } from '@keystead/kernel/db';
import type { Audit } from '@keystead/kernel/security/audit';
import { calendarsOf, levelOf } from './calendars.ts';
import { type CaseStep, isEnded } from './case.ts';
import { caseCode, codeDay } from './code.ts';
import { begin, type Calendars, type Course, retarget, take } from './course.ts';
import { chosen, workersAt } from './dispatch.ts';
import { kindOf } from './kinds.ts';
import type { CasePorts } from './ports.ts';
import { type Grade, priorityOf } from './priority.ts';
import { AssigneeUnknown, CaseEnded } from './problems.ts';
import { requireAssignee, requireJudge, type StepInput } from './requirements.ts';
import type { CaseRow, Subject } from './row.ts';
import { settle } from './settling.ts';
import * as store from './store.ts';

/** What is told when a case is opened. `place` is a path; people name `placeId` instead. */
export interface CaseDraft {
  readonly kind: string;
  readonly title: string;
  readonly description?: string;
  readonly category?: string;
  readonly place?: string;
  readonly placeId?: string;
  readonly subjects?: readonly Subject[];
  readonly impact?: Grade;
  readonly urgency?: Grade;
  readonly requester?: { readonly id?: string; readonly name: string };
  readonly form?: Record<string, unknown>;
  readonly source?: string;
  /** Items beside those every case of the kind starts with. */
  readonly checklist?: readonly { readonly text: string; readonly required: boolean }[];
}

export interface CaseEdit {
  readonly title?: string;
  readonly description?: string;
  readonly category?: string;
  readonly impact?: Grade;
  readonly urgency?: Grade;
  readonly form?: Record<string, unknown>;
}

/** Input of a step; triage may judge anew. */
export interface StepCall extends StepInput {
  readonly impact?: Grade;
  readonly urgency?: Grade;
}

export interface CaseParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly audit: Audit;
  readonly log: Log;
  readonly ports: CasePorts;
}

/** Opening a case and taking it through its states: the only two ways a state comes about. */
export function createDesk({ db, clock, outbox, audit, ports }: CaseParts) {
  async function tell(tx: Tx, row: CaseRow, from: string, to: string, assignee: string | null): Promise<void> {
    await outbox.add(tx, caseChanged, row, {
      id: row.id,
      code: row.code,
      kind: row.kind,
      from,
      to,
      title: row.title,
      priority: row.priority,
      ...(assignee ? { assignee } : {}),
    });
  }

  /** Opens a case in the caller's transaction; answers its row. Throws NotFound (kind), PlaceMissing, NotAllowed (place). */
  async function openIn(tx: Tx, actor: Actor, draft: CaseDraft): Promise<CaseRow> {
    const kind = kindOf(draft.kind);
    const { organisation } = actor.scope;
    const at = clock.now();
    const impact = draft.impact ?? 2;
    const urgency = draft.urgency ?? 2;
    const place =
      draft.placeId && ports.places ? await ports.places.pathOf(tx, organisation, draft.placeId) : (draft.place ?? '');
    if (!inScope(actor.scope, place)) throw new NotAllowed({ reason: 'place-out-of-reach' });
    const day = codeDay(at);
    const row: CaseRow = {
      id: newId(),
      organisation,
      place,
      placeId: draft.placeId ?? null,
      code: caseCode(kind.prefix, day, await store.nextNumber(tx, organisation, day)),
      kind: kind.id,
      state: 'new',
      title: draft.title,
      description: draft.description ?? '',
      category: draft.category ?? null,
      impact,
      urgency,
      priority: priorityOf(impact, urgency),
      source: draft.source ?? 'person',
      requester: draft.requester ? (draft.requester.id ?? null) : actor.kind === 'system' ? null : actor.id,
      requesterName: draft.requester?.name ?? (actor.kind === 'system' ? null : actor.name),
      assignee: null,
      assigneeName: null,
      team: null,
      waitingFor: null,
      outcome: null,
      form: draft.form ?? {},
      rating: null,
      ratingNote: null,
      openedAt: at,
      acceptedAt: null,
      doneAt: null,
      endedAt: null,
      reopened: 0,
      changedAt: at,
      version: 1,
    };
    await store.insertCase(tx, row, draft.subjects ?? []);
    for (const [index, item] of [...kind.checklist, ...(draft.checklist ?? [])].entries())
      await tx.run(sql`
        insert into cases.item (id, case_id, organisation, place_in_list, text, required)
        values (${newId()}, ${row.id}, ${organisation}, ${index + 1}, ${item.text}, ${item.required})`);
    const calendars = await calendarsOf(tx, organisation);
    const course = begin(await levelOf(tx, organisation, kind, row.priority), at);
    for (const each of course.clocks) await store.saveClock(tx, row, each, calendars);
    await store.addHistory(tx, row, {
      at,
      actor: actor.id,
      actorName: actor.name,
      actorKind: actor.kind,
      step: 'open',
      from: '',
      to: 'new',
      reason: null,
      detail: { source: row.source },
    });
    await audit.add(tx, actor, {
      action: 'case.open',
      subject: `case:${row.id}`,
      place,
      detail: { code: row.code, kind: kind.id, source: row.source, title: row.title },
    });
    await tell(tx, row, '', 'new', null);
    if (kind.dispatched) await dispatchIn(tx, row);
    return row;
  }

  /** Gives a new case to whoever fits best, when there is anybody; else it waits for a dispatcher. */
  async function dispatchIn(tx: Tx, row: CaseRow): Promise<void> {
    const worker = chosen(await workersAt({ db, ports }, row.organisation, row.place), row.category);
    if (!worker) return;
    const platform = systemActor('cases.dispatch', row.organisation as OrganisationId);
    await takeIn(tx, platform, row.id, 'assign', { assignee: worker.id });
  }

  async function nameOfAssignee(organisation: string, before: CaseRow, assignee: string | null, actor: Actor) {
    if (assignee === null) return null;
    if (assignee === before.assignee) return before.assigneeName;
    if (assignee === actor.id) return actor.name;
    if (!ports.staff) return assignee;
    const name = await ports.staff.nameOf(organisation, assignee);
    if (name === undefined) throw new AssigneeUnknown({ assignee });
    return name;
  }

  /**
   * Takes one step in the caller's transaction: rule, state, clocks, history, journal and event together. Throws
   * CaseMissing, EditConflict (the case moved on since `version`), CaseStepRefused, StepIncomplete, AssigneeUnknown,
   * NotAllowed (not the assignee).
   */
  async function takeIn(
    tx: Tx,
    actor: Actor,
    id: string,
    step: CaseStep,
    input: StepCall,
    version?: number,
  ): Promise<void> {
    const { row, clocks } = await store.lockCase(tx, actor.scope, id);
    if (version !== undefined && version !== row.version) throw new EditConflict({ id, version: row.version });
    const kind = kindOf(row.kind);
    const by = { id: actor.id, dispatches: may(actor, 'case:assign') };
    requireAssignee(step, row.assignee, by);
    requireJudge(step, row, by);
    const at = clock.now();
    const calendars = await calendarsOf(tx, row.organisation);
    const open = await store.openGround(tx, id);
    const taken = take(kind, { ...row, clocks }, step, input, { actor: actor.id, at, open }, calendars);
    const assigneeName = await nameOfAssignee(row.organisation, row, taken.course.assignee, actor);
    const impact = input.impact ?? row.impact;
    const urgency = input.urgency ?? row.urgency;
    const judged = { ...row, impact, urgency, priority: priorityOf(impact, urgency) };
    const course =
      judged.priority === row.priority ? taken.course : await rejudged(tx, judged, taken.course, calendars);
    await store.saveCourse(
      tx,
      judged,
      course,
      {
        assigneeName,
        outcome: step === 'finish' ? (input.note ?? null) : null,
        reopened: course.state === 'reopened',
        at,
      },
      calendars,
    );
    const said = input.reason ?? input.note ?? null;
    const detail = { assignee: course.assignee, team: course.team, waitingFor: course.waitingFor };
    await store.addHistory(tx, row, {
      at,
      actor: actor.id,
      actorName: actor.name,
      actorKind: actor.kind,
      step,
      from: taken.from,
      to: course.state,
      reason: said,
      detail,
    });
    await audit.add(tx, actor, {
      action: `case.${step}`,
      subject: `case:${id}`,
      place: row.place,
      detail: { code: row.code, from: taken.from, to: course.state, reason: said, ...detail },
    });
    for (const mark of taken.marks) await tellMark(tx, row, mark.clock, mark.mark);
    if (isEnded(course.state)) await tx.run(sql`update cases.watch set case_id = null where case_id = ${id}`);
    await tell(tx, row, taken.from, course.state, course.assignee);
  }

  /** A new judgement of priority sets new targets; what the clocks used up stays used up. */
  async function rejudged(tx: Tx, row: CaseRow, course: Course, calendars: Calendars): Promise<Course> {
    const level = await levelOf(tx, row.organisation, kindOf(row.kind), row.priority);
    return { ...course, clocks: course.clocks.map((each) => retarget(each, level, calendars, clock.now())) };
  }

  async function tellMark(tx: Tx, row: CaseRow, name: string, mark: string): Promise<void> {
    await outbox.add(tx, caseClockPassed, row, {
      id: row.id,
      code: row.code,
      clock: name,
      mark,
      kind: row.kind,
      title: row.title,
      priority: row.priority,
      ...(row.assignee ? { assignee: row.assignee } : {}),
    });
  }

  return {
    /** Something other than the state changed: open pages learn of it. */
    tellEdited: (tx: Tx, row: CaseRow) => tell(tx, row, row.state, row.state, row.assignee),
    openIn,
    takeIn,
    /** The case, locked until the transaction ends. Throws CaseMissing outside the scope. */
    lockIn: (tx: Tx, actor: Actor, id: string) => store.lockCase(tx, actor.scope, id),
    tellMark,
    /** For work that another module decides: see settling.ts. */
    settleIn: (tx: Tx, actor: Actor, id: string, note: string) => settle(tx, actor, id, note, takeIn),
    open: (actor: Actor, draft: CaseDraft) => db.transaction(actor.scope, (tx) => openIn(tx, actor, draft)),
    take: (actor: Actor, id: string, step: CaseStep, input: StepCall, version?: number) =>
      db.transaction(actor.scope, (tx) => takeIn(tx, actor, id, step, input, version)),

    /** Changes the describing fields. `version` is what the client saw; throws EditConflict when it is not the present one. */
    edit: (actor: Actor, id: string, version: number | undefined, edit: CaseEdit) =>
      db.transaction(actor.scope, async (tx) => {
        const { row, clocks } = await store.lockCase(tx, actor.scope, id);
        if (version !== row.version) throw new EditConflict({ id, version: row.version });
        if (isEnded(row.state)) throw new CaseEnded({ id, state: row.state });
        const after = { ...row, ...edit };
        after.priority = priorityOf(after.impact, after.urgency);
        const at = clock.now();
        await store.saveEdit(tx, after, at);
        if (after.priority !== row.priority) {
          const calendars = await calendarsOf(tx, row.organisation);
          const course = await rejudged(tx, after, { ...row, clocks }, calendars);
          for (const each of course.clocks) await store.saveClock(tx, row, each, calendars);
        }
        await audit.add(tx, actor, {
          action: 'case.edit',
          subject: `case:${id}`,
          place: row.place,
          detail: { fields: Object.keys(edit), priority: after.priority },
        });
        await tell(tx, after, row.state, row.state, row.assignee);
      }),
  };
}

export type CaseDesk = ReturnType<typeof createDesk>;
