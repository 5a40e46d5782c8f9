import { type Actor, systemActor } from '@keystead/contracts/access';
import type { alarmChanged } from '@keystead/contracts/events/alarms';
import type { EventEnvelope, Payload } from '@keystead/contracts/events/define';
import type { thingOnlineChanged } from '@keystead/contracts/events/things';
import type { Tx } from '@keystead/kernel/db';
import type { Translate } from '@keystead/kernel/i18n';
import { nextState, restingStates } from './case.ts';
import type { CaseEntries } from './entries.ts';
import { kindOf } from './kinds.ts';
import { isStale, type OpeningRule, ruleFor, type Trouble } from './opening-rule.ts';
import { addSubject, orderOfOutage, othersSilent } from './outage.ts';
import { gradesOfSeverity } from './priority.ts';
import type { CaseDesk, CaseParts } from './service.ts';
import { lockCase } from './store.ts';
import * as watches from './watch-store.ts';

type AlarmEvent = EventEnvelope<Payload<typeof alarmChanged>>;
type OnlineEvent = EventEnvelope<Payload<typeof thingOnlineChanged>>;

const arising = new Set(['raised', 'reactivated', 'escalated', 'released']);
const dueBatch = 100;

/**
 * Cases that open, and end, by themselves. A trouble is watched from the event on; when it has lasted as long as its
 * rule says, one case opens, or joins the open one about the same subject (H-7.1-c-3, H-9.5.2-b-2).
 */
export function createReactions(parts: CaseParts, desk: CaseDesk, entries: CaseEntries, t: Translate) {
  const { clock, ports } = parts;
  const platform = (organisation: string): Actor => systemActor('cases', organisation);

  async function ruleOf(tx: Tx, organisation: string, trouble: Trouble): Promise<OpeningRule | undefined> {
    await watches.furnish(tx, organisation, clock.now());
    return ruleFor(await tx.all(watches.rulesOf(organisation)), trouble);
  }

  /** Another trouble about the subject of an open case: said in the case; work thought done is open again. */
  async function join(tx: Tx, caseId: string, watch: watches.WatchRow): Promise<void> {
    const actor = platform(watch.organisation);
    const { row } = await lockCase(tx, actor.scope, caseId);
    const text = t('case.note.again', { title: watch.title });
    await entries.noteIn(tx, row, actor, text, true);
    if (restingStates.includes(row.state)) await desk.takeIn(tx, actor, caseId, 'reopen', { reason: text });
    else await desk.tellEdited(tx, row);
  }

  /** A thing that fell silent with others is named in their order; false when there is none. */
  async function joinOutage(tx: Tx, watch: watches.WatchRow): Promise<boolean> {
    const ground = await ports.grounds?.groundOf(tx, watch.organisation, watch.place);
    const caseId = ground === undefined ? undefined : await orderOfOutage(tx, watch, ground);
    if (caseId === undefined) return false;
    const actor = platform(watch.organisation);
    const { row } = await lockCase(tx, actor.scope, caseId);
    const named = await addSubject(tx, caseId, watch);
    if (named === 2) await entries.noteIn(tx, row, actor, t('case.note.outage'), true);
    await desk.tellEdited(tx, row);
    await watches.saveWatch(tx, { ...watch, dueAt: null, caseId });
    return true;
  }

  async function open(tx: Tx, watch: watches.WatchRow): Promise<void> {
    const { organisation, source, subject } = watch;
    const existing = await watches.openCaseAbout(tx, organisation, watch.kind, subject);
    if (existing === undefined && source === 'offline' && (await joinOutage(tx, watch))) return;
    let caseId = existing;
    if (caseId === undefined) {
      const opened = await desk.openIn(tx, platform(organisation), {
        kind: watch.kind,
        title: watch.title,
        place: watch.place,
        subjects: [subject],
        ...gradesOfSeverity(watch.severity),
        source,
      });
      caseId = opened.id;
    }
    const fresh =
      source !== 'alarm' || (await watches.linkAlarm(tx, organisation, caseId, watch.sourceId, clock.now()));
    if (existing !== undefined && fresh) await join(tx, existing, watch);
    await watches.saveWatch(tx, { ...watch, dueAt: null, caseId });
  }

  async function watchFor(
    tx: Tx,
    watch: Omit<watches.WatchRow, 'dueAt' | 'kind' | 'caseId' | 'present'>,
    before: watches.WatchRow | undefined,
    rule: OpeningRule,
  ): Promise<void> {
    const dueAt = before?.caseId ? null : new Date(watch.since.getTime() + rule.delay * 1000);
    const row = { ...watch, present: true, kind: rule.kind, dueAt, caseId: before?.caseId ?? null };
    await watches.saveWatch(tx, row);
    if (dueAt && dueAt <= clock.now()) await open(tx, row);
  }

  /**
   * A thing that is silent can find nothing new: an alarm of its own says that it is silent, which the offline rules
   * look after. The gravest are never held back.
   */
  async function onlySilent(tx: Tx, { organisation, payload: { severity, subject } }: AlarmEvent): Promise<boolean> {
    if (subject.kind !== 'thing' || severity <= 1) return false;
    const silence = await watches.lockWatch(tx, organisation, 'offline', subject.id);
    return silence?.present === true && silence.dueAt !== null;
  }

  async function alarmArose(tx: Tx, event: AlarmEvent): Promise<void> {
    const { id, severity, subject, rule: alarmRule, title, suppressed, group } = event.payload;
    if (suppressed || group?.member || (await onlySilent(tx, event))) return;
    const before = await watches.lockWatch(tx, event.organisation, 'alarm', id);
    if (isStale(before?.toldAt, event)) return;
    const rule = await ruleOf(tx, event.organisation, {
      source: 'alarm',
      severity,
      rule: alarmRule,
      subjectKind: subject.kind,
    });
    if (!rule) return;
    const since = before?.present ? before.since : new Date(event.at);
    // It came back after its case was ended: that work is over, this is other work (H-6.5-c-2).
    const over = before?.present === false && before.caseId !== null && (await watches.hasEnded(tx, before.caseId));
    await watchFor(
      tx,
      {
        organisation: event.organisation,
        source: 'alarm',
        sourceId: id,
        since,
        toldAt: new Date(event.at),
        place: event.place,
        subject: { kind: subject.kind, id: subject.id, label: subject.name || subject.code },
        title: t('case.title.alarm', { subject: subject.name || subject.code, alarm: title.zh }),
        severity,
      },
      before && over ? { ...before, caseId: null } : before,
      rule,
    );
  }

  /**
   * A trouble behind a case has gone. An order that silence opened ends by itself, with the reason, once nothing is
   * left behind it; any other case is told, and people end it.
   */
  async function passed(tx: Tx, caseId: string, watch: watches.WatchRow, reason: string): Promise<void> {
    const actor = platform(watch.organisation);
    const { row } = await lockCase(tx, actor.scope, caseId);
    const recovers = nextState(kindOf(row.kind), row.state, 'recover') !== undefined;
    if (row.source === 'offline' && recovers && !(await watches.stillTroubled(tx, row.id))) {
      await desk.takeIn(tx, actor, row.id, 'recover', { reason });
      return;
    }
    // One of many that come back is not worth a line; the last one is.
    if (watch.source !== 'offline' || !(await othersSilent(tx, row.id)))
      await entries.noteIn(tx, row, actor, reason, true);
    await desk.tellEdited(tx, row);
  }

  /** It came under another alarm before it had a case: that one's case is for both. */
  async function alarmGrouped(tx: Tx, event: AlarmEvent): Promise<void> {
    const before = await watches.lockWatch(tx, event.organisation, 'alarm', event.payload.id);
    if (!before?.dueAt || isStale(before.toldAt, event)) return;
    await watches.saveWatch(tx, { ...before, dueAt: null, toldAt: new Date(event.at) });
  }

  async function alarmCleared(tx: Tx, event: AlarmEvent): Promise<void> {
    const before = await watches.lockWatch(tx, event.organisation, 'alarm', event.payload.id);
    if (!before || isStale(before.toldAt, event)) return;
    await watches.saveWatch(tx, { ...before, present: false, dueAt: null, toldAt: new Date(event.at) });
    if (before.caseId && before.present)
      await passed(tx, before.caseId, before, t('case.note.alarm-cleared', { title: before.title }));
  }

  async function fellSilent(tx: Tx, event: OnlineEvent): Promise<void> {
    const { id, code, since } = event.payload;
    const { organisation, place } = event;
    const before = await watches.lockWatch(tx, organisation, 'offline', id);
    if (isStale(before?.toldAt, event)) return;
    const facts = await ports.things?.factsOf(tx, organisation, id);
    const trouble: Trouble = { source: 'offline', severity: 3, subjectKind: 'thing', family: facts?.family };
    const rule = await ruleOf(tx, organisation, trouble);
    if (!rule) return;
    const name = facts?.name ?? code;
    await watchFor(
      tx,
      {
        organisation,
        source: 'offline',
        sourceId: id,
        since: new Date(since),
        toldAt: new Date(event.at),
        place,
        subject: { kind: 'thing', id, label: name },
        title: t('case.title.offline', { subject: name }),
        severity: rule.delay === 0 ? 1 : 3,
      },
      before,
      rule,
    );
  }

  async function cameBack(tx: Tx, event: OnlineEvent): Promise<void> {
    const before = await watches.lockWatch(tx, event.organisation, 'offline', event.payload.id);
    if (!before || isStale(before.toldAt, event)) return;
    await watches.saveWatch(tx, { ...before, present: false, dueAt: null, toldAt: new Date(event.at) });
    if (before.caseId && before.present)
      await passed(tx, before.caseId, before, t('case.note.back-online', { subject: before.subject.label }));
  }

  return {
    alarmChanged: async (event: AlarmEvent, tx: Tx): Promise<void> => {
      if (arising.has(event.payload.change)) await alarmArose(tx, event);
      else if (event.payload.change === 'grouped') await alarmGrouped(tx, event);
      else if (event.payload.change === 'cleared') await alarmCleared(tx, event);
    },
    onlineChanged: async (event: OnlineEvent, tx: Tx): Promise<void> => {
      if (event.payload.to === 'offline') await fellSilent(tx, event);
      else if (event.payload.to === 'online') await cameBack(tx, event);
    },
    /** Opens what has lasted long enough. One that cannot be opened does not hold up the others. */
    openDue: async (): Promise<number> =>
      parts.db.systemTransaction(async (tx) => {
        const due = await watches.takeDue(tx, clock.now(), dueBatch);
        for (const watch of due)
          await tx
            .savepoint(() => open(tx, watch))
            .catch(async (cause) => {
              parts.log.error(
                { err: cause, source: watch.source, sourceId: watch.sourceId },
                'case could not be opened',
              );
              await watches.saveWatch(tx, { ...watch, dueAt: new Date(clock.now().getTime() + 60_000) });
            });
        return due.length;
      }),
  };
}

export type CaseReactions = ReturnType<typeof createReactions>;
