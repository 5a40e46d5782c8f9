import type { AlarmsService } from '@keystead/apps/work/alarms';
import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import type { Kernel } from '@keystead/kernel/module';
import { openSigner, type Signer } from '@keystead/kernel/security/audit';
import { type Exit, exitCode, lateStage, type Settlement } from './exit.ts';
import type { ExitWork } from './service.ts';
import * as store from './store.ts';

/** What the supervision end is told of an exit: no names. */
export interface ExitReport {
  readonly exit: string;
  readonly code: string;
  readonly kind: string;
  readonly house: string;
  readonly lease: string;
  readonly openedAt: string;
  readonly endedAt: string | null;
  readonly settlement: Omit<Settlement, 'lines'> | null;
}

/** The port to the supervision end: answers its acknowledgement, or throws. */
export type Report = (url: string, report: ExitReport, signature: string, signal: AbortSignal) => Promise<string>;

class SupervisionSilent extends Error {}
const answerLimit = 16 * 1024;
const againMs = [30_000, 120_000, 600_000, 3_600_000];

/** Posts the report, signed by the installation's key; the answer names what it was filed under. Throws when it does not. */
export const reportOverHttp: Report = async (url, report, signature, signal) => {
  const headers = { 'content-type': 'application/json', 'x-keystead-signature': signature };
  const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(report), signal, redirect: 'error' });
  const text = await reply.text();
  if (!reply.ok || text.length > answerLimit) throw new SupervisionSilent(`status ${reply.status}`);
  const { ack } = JSON.parse(text) as { ack?: unknown };
  if (typeof ack !== 'string' || ack === '' || ack.length > 200) throw new SupervisionSilent('no acknowledgement');
  return ack;
};

export const overdueRule = 'platform:exit-overdue';

type Parts = Pick<Kernel, 'db' | 'clock' | 'settings' | 'log'> & {
  alarms: AlarmsService;
  exits: ExitWork;
  report: Report;
};

/** What the clock asks of exits: to warn of days that passed, and to report results until they are acknowledged. */
export function createDuties({ db, clock, settings, log, alarms, exits, report }: Parts) {
  let known: Signer | undefined;
  const signer = (): Signer => {
    known ??= openSigner(settings.DATA_DIR);
    return known;
  };
  const sums = ({ lines: _, ...rest }: Settlement) => rest;
  const reportOf = (exit: Exit): ExitReport => ({
    ...{ exit: exit.id, code: exitCode(exit.number), kind: exit.kind, house: exit.house, lease: exit.lease },
    ...{ openedAt: exit.openedAt.toISOString(), endedAt: exit.endedAt?.toISOString() ?? null },
    settlement: exit.settlement && sums(exit.settlement),
  });

  return {
    /** Escalates each stage whose day has passed, once (H-9.2.6-b-1). */
    escalate: async (): Promise<number> => {
      const due = await db.systemRead(store.late(clock.now()));
      for (const exit of due)
        await db.systemTransaction(async (tx) => {
          const stage = lateStage(exit, clock.now()) ?? 'inspection';
          const code = exitCode(exit.number);
          await alarms.raise(tx, {
            ...{ organisation: exit.organisation, place: exit.place, rule: overdueRule },
            subject: { kind: 'exit', id: exit.id, code, name: code },
            title: { zh: `退出 ${code} 超过办理时限`, en: `Exit ${code} is past its day` },
            ...{ severity: 2, transferLevel: 2, eventTime: clock.now(), readings: { stage } },
          });
          await store.save(tx, { ...exit, escalated: stage }, null);
        });
      return due.length;
    },

    /** Over, one way or the other: nothing is late any more. */
    settleAlarm: (exit: Pick<Exit, 'id' | 'organisation'>): Promise<void> =>
      db.systemTransaction(async (tx) => {
        const subject = { kind: 'exit', id: exit.id };
        const { organisation } = exit;
        await alarms.clear(tx, { organisation, rule: overdueRule, subject, eventTime: clock.now(), readings: {} });
      }),

    /** Tells the supervision end; what is not acknowledged is told again, later each time (H-9.2.6-b-2). */
    reportDue: async (signal: AbortSignal): Promise<number> => {
      let told = 0;
      for (const { url, tries, ...exit } of await db.systemRead(store.unreported(clock.now()))) {
        if (signal.aborted || url === null) break;
        const content = reportOf(exit);
        try {
          const ack = await report(url, content, signer().sign(JSON.stringify(content)), signal);
          await exits.acknowledged(systemActor('exits.report', exit.organisation as OrganisationId), exit.id, ack);
          told += 1;
        } catch (cause) {
          const again = new Date(clock.now().getTime() + (againMs[Math.min(tries, againMs.length - 1)] ?? 0));
          log.warn({ err: cause, exit: exit.id }, 'an exit could not be reported');
          const failure = cause instanceof Error ? cause.message.slice(0, 200) : 'unknown';
          await db.systemTransaction((tx) => store.failed(tx, exit.id, failure, again));
        }
      }
      return told;
    },
  };
}
