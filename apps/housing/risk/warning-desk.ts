import { HouseMissing } from '@keystead/apps/housing/stock';
import type { AlarmStep, AlarmsService } from '@keystead/apps/work/alarms';
import type { CasesService } from '@keystead/apps/work/cases';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { warningChanged } from '@keystead/contracts/events/risk';
import { newId } from '@keystead/contracts/ids';
import { EditConflict } from '@keystead/contracts/problem';
import type { PartiesService } from '@keystead/data/parties';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import { readCursor, writeCursor } from '@keystead/kernel/http';
import type { Kernel } from '@keystead/kernel/module';
import { daysOf } from './day-store.ts';
import type { DayUse, Finding, Grade, WarningKind } from './facts.ts';
import * as store from './store.ts';
import {
  type Closing,
  quietAfter,
  requireClosing,
  ruleOf,
  titles,
  type Warning,
  WarningCaseFirst,
  WarningClosed,
  WarningMissing,
} from './warning.ts';

export interface DeskParts extends Pick<Kernel, 'db' | 'clock' | 'audit' | 'outbox'> {
  readonly alarms: Pick<AlarmsService, 'raise' | 'clear' | 'get' | 'step'>;
  readonly cases: Pick<CasesService, 'openIn'>;
  readonly parties: Pick<PartiesService, 'membersIn'>;
  readonly today: () => string;
}

/** What a warning is about. */
export interface WarnedOf {
  readonly organisation: string;
  readonly place: string;
  readonly kind: 'house' | 'agreement';
  readonly id: string;
  readonly name: string;
  readonly house: string | null;
}

/** What somebody with a case may see: sums by day, and who the contract names. */
export interface PersonDetail {
  readonly days: readonly DayUse[];
  readonly tenants: readonly { readonly party: string; readonly name: string; readonly members: number }[];
}

const dayMs = 86_400_000;
const platform = 'risk';
/** Nobody took it over yet: whoever answers for the homes. */
const duty = 'duty';

/** Warnings 预警: found by the platform, ended by people, and by nothing else. Nothing is ever done to a tenant here. */
export function createWarningDesk({ db, clock, audit, outbox, alarms, cases, parties, today }: DeskParts) {
  const tell = (tx: Tx, w: Warning, change: string) =>
    outbox.add(tx, warningChanged, w, { id: w.id, kind: w.kind, change, grade: w.grade });

  /** A finding becomes a warning, or adds to the one that stands. Answers what changed; nothing when it is the same. */
  async function found(
    tx: Tx,
    of: WarnedOf,
    finding: Finding,
    {
      rule = ruleOf[finding.kind],
      alarm,
      quiet = true,
      by = platform,
    }: { rule?: string; alarm?: string; quiet?: boolean; by?: string } = {},
  ): Promise<'found' | 'regraded' | undefined> {
    const { organisation, place } = of;
    const now = clock.now();
    const before = await store.latestOf(tx, organisation, rule, of.id);
    const stands = before?.state === 'open' ? before : undefined;
    if (stands && stands.grade === finding.grade && stands.liftedAt === null) return undefined;
    if (quiet && !stands && before?.closedAt && before.feedback) {
      const rests = before.closedAt.getTime() + quietAfter[before.feedback] * dayMs > now.getTime();
      if (rests && finding.grade >= before.grade) return undefined;
    }
    const title = titles[finding.kind];
    const raised =
      alarm ??
      (
        await alarms.raise(tx, {
          organisation,
          place,
          rule,
          subject: { kind: of.kind, id: of.id, code: of.name, name: of.name },
          title: { zh: `${title.zh}：${of.name}`, en: `${title.en}: ${of.name}` },
          severity: finding.grade,
          transferLevel: 1,
          eventTime: now,
          readings: Object.fromEntries(finding.reasons.map(({ fact, value }) => [fact, value])),
        })
      ).id;
    const { kind, grade, score, reasons } = finding;
    if (stands) {
      await store.regrade(tx, { id: stands.id, grade, score, reasons });
      await store.addStep(tx, { ...stands, grade }, 'regraded', by, now, { reasons });
      await tell(tx, { ...stands, grade }, 'regraded');
      return 'regraded';
    }
    const warning: Warning = {
      ...{ id: newId(now.getTime()), organisation, place, kind, rule, subjectKind: of.kind, subject: of.id },
      ...{ subjectName: of.name, house: of.house, alarm: raised, grade, score, reasons, state: 'open', liftedAt: null },
      ...{ owner: duty, ownerName: '', caseId: null, caseCode: null, action: null, person: null, result: null },
      ...{ feedback: null, openedAt: now, closedAt: null, settled: false, version: 1 },
    };
    await store.addWarning(tx, warning);
    await store.addStep(tx, warning, 'found', by, now, { reasons });
    await tell(tx, warning, 'found');
    return 'found';
  }

  /** What was found no longer holds. The warning waits for its end by people all the same. */
  async function lift(tx: Tx, warning: Warning): Promise<void> {
    if (warning.liftedAt !== null) return;
    const { organisation, rule, subjectKind, subject } = warning;
    const now = clock.now();
    const of = { kind: subjectKind, id: subject };
    await alarms.clear(tx, { organisation, rule, subject: of, eventTime: now, readings: {} });
    await store.lift(tx, warning.id, now);
    await store.addStep(tx, warning, 'lifted', platform, now);
  }

  async function locked(tx: Tx, actor: Actor, id: string): Promise<Warning> {
    const warning = await tx.one(store.lockedWarning(actor.scope, id), () => new WarningMissing({ id }));
    if (warning.state === 'closed') throw new WarningClosed({ id });
    return warning;
  }

  const journal = (tx: Tx, actor: Actor, w: Warning, action: string, detail: Record<string, unknown>) =>
    audit.add(tx, actor, { action, subject: `warning:${w.id}`, place: w.place, detail: { kind: w.kind, ...detail } });

  /** Takes the alarm of a closed warning the rest of its way. */
  async function settle(actor: Actor, warning: Pick<Warning, 'id' | 'alarm' | 'action'>): Promise<void> {
    for (;;) {
      const { alarm } = await alarms.get(actor, warning.alarm);
      const [step] = alarm.steps.filter((each) => each !== 'reopen' && each !== 'handle');
      if (!step) break;
      await alarms.step(actor, warning.alarm, step as AlarmStep, { note: warning.action ?? '' });
    }
    await db.systemTransaction((tx) => tx.run(sql`update risk.warning set settled = true where id = ${warning.id}`));
  }

  return {
    found,
    lift,

    list: async (actor: Actor, asked: Omit<store.WarningFilter, 'after'> & { cursor?: string | undefined }) => {
      const { cursor, limit, ...filter } = asked;
      const after = cursor === undefined ? undefined : readCursor(cursor);
      const rows = await db.read(actor.scope, store.warnings(actor.scope, { ...filter, after, limit: limit + 1 }));
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return { items: rows.slice(0, limit), next: last ? writeCursor(last.openedAt, last.id) : null };
    },

    get: async (actor: Actor, id: string) => {
      const [warning] = await db.read(actor.scope, store.warningById(actor.scope, id));
      if (!warning) throw new WarningMissing({ id });
      return { warning, steps: await db.read(actor.scope, store.stepsOf(id)) };
    },

    /** Somebody saw something: a warning by hand, which goes the same way. Throws HouseMissing; answers the one that stands. */
    raise: (actor: Actor, draft: { kind: WarningKind; house: string; grade: Grade }): Promise<string> =>
      db.transaction(actor.scope, async (tx) => {
        const { kind, house, grade } = draft;
        const home = await tx.one(
          sql<{ organisation: string; place: string; name: string }>`
            select h.organisation, h.place, coalesce(p.name, h.id::text) as name from stock_pub.house h left join places_pub.place p on p.id = h.id
            where h.id = ${house} and h.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'h.place')}`,
          () => new HouseMissing({ id: house }),
        );
        const reasons = [{ fact: 'reported', value: 1, limit: 0 }];
        await found(
          tx,
          { ...home, kind: 'house', id: house, house },
          { kind, grade, score: 1, reasons },
          { quiet: false, by: actor.name },
        );
        const warning = await store.latestOf(tx, actor.scope.organisation, ruleOf[kind], house);
        if (!warning) throw new WarningMissing({});
        await journal(tx, actor, warning, 'warning.raise', { grade });
        return warning.id;
      }),

    openAges: (actor: Actor) => db.read(actor.scope, store.openAges(actor.scope, clock.now())),
    feedback: (actor: Actor) => db.read(actor.scope, store.feedbackOf(actor.scope)),

    /** Takes it over: from now on this person answers for it. */
    own: (actor: Actor, id: string): Promise<void> =>
      db.transaction(actor.scope, async (tx) => {
        const warning = await locked(tx, actor, id);
        await tx.run(
          sql`update risk.warning set owner = ${actor.id}, owner_name = ${actor.name}, version = version + 1 where id = ${id}`,
        );
        await store.addStep(tx, warning, 'owned', actor.name, clock.now());
        await tell(tx, warning, 'owned');
        await journal(tx, actor, warning, 'warning.own', {});
      }),

    /** Opens the violation case, with which persons may be looked at. One case a warning. */
    openCase: (actor: Actor, id: string, note: string): Promise<{ id: string; code: string }> =>
      db.transaction(actor.scope, async (tx) => {
        const warning = await locked(tx, actor, id);
        if (warning.caseId && warning.caseCode) return { id: warning.caseId, code: warning.caseCode };
        const row = await cases.openIn(tx, actor, {
          kind: 'violation',
          title: `${titles[warning.kind].zh}：${warning.subjectName}`,
          description: note,
          category: warning.kind,
          place: warning.place,
          subjects: [{ kind: warning.subjectKind, id: warning.subject, label: warning.subjectName }],
          source: 'warning',
          form: { warning: warning.id, grade: warning.grade },
        });
        await tx.run(
          sql`update risk.warning set case_id = ${row.id}, case_code = ${row.code}, version = version + 1 where id = ${id}`,
        );
        await store.addStep(tx, warning, 'case', actor.name, clock.now(), { case: row.code });
        await tell(tx, warning, 'case');
        await journal(tx, actor, warning, 'warning.case', { case: row.code });
        return { id: row.id, code: row.code };
      }),

    /** What stands behind the sums; only with a case, for a reason, and with a line in the journal (K25). */
    reveal: (actor: Actor, id: string, reason: string): Promise<PersonDetail> =>
      db.transaction(actor.scope, async (tx) => {
        const warning = await tx.one(store.warningById(actor.scope, id), () => new WarningMissing({ id }));
        if (!warning.caseId) throw new WarningCaseFirst({ id });
        await journal(tx, actor, warning, 'warning.reveal', { reason, case: warning.caseCode });
        const named = await tx.all(sql<{ party: string; name: string }>`
          select p.party, p.name from agreements_pub.agreement a join agreements_pub.party p on p.agreement = a.id and p.role = 'tenant'
          where a.organisation = ${warning.organisation} and a.kind = 'lease' and a.state in ('effective', 'expiring', 'holdover')
            and (a.id = ${warning.subject} or a.subject::text = ${warning.house}) order by a.starts_on desc limit 5`);
        const tenants = [];
        for (const each of named) tenants.push({ ...each, members: (await parties.membersIn(tx, each.party)).length });
        return { days: warning.house ? await daysOf(tx, warning.house, today()) : [], tenants };
      }),

    /** Ends it: what was done, by whom, with which result, and whether it was right. Throws WarningCloseIncomplete. */
    close: async (actor: Actor, id: string, closing: Closing, version?: number): Promise<void> => {
      const { action, person, result, feedback } = requireClosing(closing);
      const closed = await db.transaction(actor.scope, async (tx) => {
        const warning = await locked(tx, actor, id);
        if (version !== undefined && version !== warning.version) throw new EditConflict({ version: warning.version });
        await lift(tx, warning);
        await tx.run(sql`update risk.warning set state = 'closed', closed_at = ${clock.now()}, closed_by = ${actor.id}, action = ${action},
          person = ${person}, result = ${result}, feedback = ${feedback}, version = version + 1 where id = ${id}`);
        await store.addStep(tx, warning, 'closed', actor.name, clock.now(), { action, person, result, feedback });
        await tell(tx, warning, 'closed');
        await journal(tx, actor, warning, 'warning.close', { feedback });
        return { ...warning, action };
      });
      await settle(actor, closed);
    },

    /** Alarms of warnings that were closed when the second half did not come about. */
    settleClosed: async (): Promise<number> => {
      const rows = await db.systemRead(store.unsettled(100));
      for (const row of rows) await settle(systemActor(platform, row.organisation as OrganisationId), row);
      return rows.length;
    },
  };
}

export type WarningDesk = ReturnType<typeof createWarningDesk>;
