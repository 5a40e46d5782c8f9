import type { NotifyService } from '@keystead/apps/work/notify';
import { type Actor, inScope, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import type { Kernel } from '@keystead/kernel/module';
import type { IdentityService } from '@keystead/kernel/security/identity';
import type { ReportKind } from './kind.ts';
import { ReportKindMissing } from './problems.ts';
import { isDue, monthBefore, nextMoment, type Schedule } from './schedule.ts';
import { createSending } from './sending.ts';
import * as store from './store.ts';

/** A schedule with what it is about: the files there are, when the next is made, what became of the last. */
export interface ScheduleShown extends Schedule {
  readonly report: string;
  readonly name: ReportKind['name'];
  readonly offered: readonly string[];
  readonly next: Date | null;
  readonly last: Omit<store.LastRun, 'report'> | null;
}

/** The first of the month at two in the night; figures of the day before are frozen by then. */
const usual: Schedule = { enabled: true, day: 1, hour: 2, formats: [], receivers: [] };

type Parts = Pick<Kernel, 'db' | 'clock' | 'log' | 'audit' | 'catalogue'> & {
  notify: Pick<NotifyService, 'carry'>;
  identity: Pick<IdentityService, 'usersWith'>;
};

/** Reports that are made by themselves each month and taken to their readers (H-8.5-d, H-9.1.4-d, H-10.1-d). */
export function createReporting(parts: Parts) {
  const { db, clock, log, audit, identity } = parts;
  const kinds = new Map<string, ReportKind>();
  const sendDue = createSending({ ...parts, kindOf: (id) => kinds.get(id) });

  function known(id: string): ReportKind {
    const kind = kinds.get(id);
    if (!kind) throw new ReportKindMissing({ report: id });
    return kind;
  }
  const scheduleOf = (set: readonly store.SetSchedule[], organisation: string, report: string): Schedule => {
    const found = set.find((each) => each.organisation === organisation && each.report === report);
    if (!found) return usual;
    const { enabled, day, hour, formats, receivers } = found;
    return { enabled, day, hour, formats, receivers };
  };
  const wholly = (actor: Actor): void => {
    if (!inScope(actor.scope, '')) throw new NotAllowed();
  };

  async function make(kind: ReportKind, organisation: string, month: string, schedule: Schedule): Promise<void> {
    const actor = systemActor(`reporting.${kind.id}`, organisation as OrganisationId);
    const { id } = await kind.make(actor, month);
    const run = { organisation, report: kind.id, month, made: id, formats: schedule.formats };
    await db.systemTransaction(async (tx) => {
      if ((await tx.run(store.addRun(run, clock.now()))) === 0) return;
      await tx.run(store.addSendings(run, schedule.receivers, clock.now()));
      const detail = { month, receivers: schedule.receivers.length };
      await audit.add(tx, actor, { action: 'report.run', subject: `report:${kind.id}`, detail });
    });
  }

  return {
    /** A module says, when it is set up, that it can make a report. */
    offer(kind: ReportKind): void {
      if (kinds.has(kind.id)) throw new Error(`two reports are named ${kind.id}`);
      kinds.set(kind.id, kind);
    },

    /** When each of these reports is made by itself. Throws NotAllowed (not the whole organisation). */
    schedules: async (actor: Actor, reports: readonly string[]): Promise<ScheduleShown[]> => {
      wholly(actor);
      const { organisation } = actor.scope;
      const [set, runs] = await Promise.all([
        db.read(actor.scope, store.schedulesOf(organisation)),
        db.read(actor.scope, store.lastRuns(organisation)),
      ]);
      return reports.map((report) => {
        const { name, formats } = known(report);
        const schedule = scheduleOf(set, organisation, report);
        const found = runs.find((run) => run.report === report);
        const last = found
          ? { month: found.month, at: found.at, receivers: found.receivers, sent: found.sent, failed: found.failed }
          : null;
        return { report, name, offered: formats, ...schedule, next: nextMoment(schedule, clock.now()), last };
      });
    },

    /** Throws ReportKindMissing, NotAllowed, InputInvalid (a file there is none of, a receiver who may not read it). */
    schedule: async (actor: Actor, report: string, wish: Schedule): Promise<void> => {
      wholly(actor);
      const kind = known(report);
      const { organisation } = actor.scope;
      const readers = wish.receivers.length > 0 ? await identity.usersWith(organisation, kind.permission, '') : [];
      const errors = [
        ...(wish.formats.every((format) => kind.formats.includes(format))
          ? []
          : [{ pointer: '/formats', code: 'enum' }]),
        ...(wish.receivers.every((receiver) => readers.some(({ id }) => id === receiver))
          ? []
          : [{ pointer: '/receivers', code: 'may-not-read' }]),
      ];
      if (errors.length > 0) throw new InputInvalid({ in: 'body' }, errors);
      await db.transaction(actor.scope, async (tx) => {
        await tx.run(store.setSchedule(organisation, report, wish, clock.now()));
        const detail = { ...wish, formats: [...wish.formats], receivers: [...wish.receivers] };
        await audit.add(tx, actor, { action: 'report.schedule', subject: `report:${report}`, detail });
      });
    },

    /** Takes over what a module kept of its own before there were schedules here; what is set here stays. */
    adopt: async (organisation: string, report: string, kept: Pick<Schedule, 'enabled' | 'day'>): Promise<void> => {
      await db.systemTransaction(async (tx) => {
        await tx.run(store.adoptSchedule(organisation, report, { ...usual, ...kept }, clock.now()));
      });
    },

    /**
     * Makes every report of the month that is over whose moment has come, once, and sends what is to be sent. One that
     * cannot be made holds up no other; the job fails in the end, so that it is told.
     */
    runDue: async (signal?: AbortSignal): Promise<number> => {
      const month = monthBefore(clock.now());
      const set = await db.systemRead(store.schedulesOf());
      const faults: unknown[] = [];
      let made = 0;
      for (const kind of kinds.values()) {
        const done = await db.systemRead(store.runsOf(kind.id, month));
        for (const organisation of await kind.organisations(month)) {
          if (signal?.aborted) return made;
          const schedule = scheduleOf(set, organisation, kind.id);
          if (!isDue(schedule, clock.now()) || done.some((run) => run.organisation === organisation)) continue;
          try {
            await make(kind, organisation, month, schedule);
            made += 1;
          } catch (cause) {
            log.error({ err: cause, report: kind.id, month, organisation }, 'a report could not be made');
            faults.push(cause);
          }
        }
      }
      await sendDue(signal);
      if (faults.length > 0) throw new AggregateError(faults, `${faults.length} reports could not be made`);
      return made;
    },
  };
}

export type ReportingService = ReturnType<typeof createReporting>;
