import { type Actor, systemActor } from '@keystead/contracts/access';
import { systemTroubled } from '@keystead/contracts/events/system';
import { newId } from '@keystead/contracts/ids';
import type { Clock, Log } from '@keystead/kernel/base';
import type { Outbox } from '@keystead/kernel/bus';
import type { Db } from '@keystead/kernel/db';
import { type Anchors, type Audit, type Report, verifyJournal } from '@keystead/kernel/security/audit';
import { VerificationMissing } from './line.ts';
import type { VerificationView } from './schemas.ts';
import * as store from './store.ts';

export interface VerificationOptions {
  db: Db;
  clock: Clock;
  log: Log;
  audit: Audit;
  outbox: Outbox;
  anchors: () => Anchors;
}

const view = (row: store.VerificationRow): VerificationView => ({ ...row, startedAt: row.startedAt.toISOString() });
const progressPause = 300; // ms between two notes of progress

/** Runs of the verifier, their progress kept in the database so that any process can tell of it. */
export function createVerifications({ db, clock, log, audit, outbox, anchors }: VerificationOptions) {
  async function end(actor: Actor, id: string, report: Report): Promise<void> {
    const { ok, lines, faultCount, faults, unsealed } = report;
    await db.systemTransaction(async (tx) => {
      await tx.run(store.endVerification(id, 'done', report, clock.now()));
      await tx.run(store.forgetVerifications);
      const detail = { lines, faultCount, faults: faults.slice(0, 10), unsealed };
      const outcome = ok ? 'done' : 'failed';
      await audit.add(tx, actor, { action: 'journal.verified', subject: 'journal', kind: 'system', outcome, detail });
      await outbox.add(
        tx,
        systemTroubled,
        { organisation: actor.scope.organisation, place: '' },
        {
          source: 'journal',
          state: ok ? 'well' : 'troubled',
          severity: 1,
          detail: faults
            .map(({ kind, seq }) => `${kind} ${seq ?? ''}`.trim())
            .join(', ')
            .slice(0, 300),
        },
      );
    });
  }

  async function run(actor: Actor, id: string): Promise<void> {
    let noted = 0;
    try {
      const report = await verifyJournal({
        db,
        clock,
        anchors: anchors(),
        onProgress: async (done, total) => {
          if (performance.now() - noted < progressPause) return;
          noted = performance.now();
          await db.systemRead(store.noteProgress(id, done, total, clock.now()));
        },
      });
      await db.systemRead(store.noteProgress(id, report.lines, report.lines, clock.now()));
      await end(actor, id, report);
    } catch (cause) {
      log.error({ err: cause }, 'the journal could not be verified');
      await db.systemRead(store.endVerification(id, 'failed', null, clock.now()));
      throw cause;
    }
  }

  async function begin(actor: Actor): Promise<{ id: string; fresh: boolean }> {
    const [running] = await db.systemRead(store.runningVerification(clock.now()));
    if (running) return { id: running.id, fresh: false };
    const id = newId();
    await db.systemTransaction(async (tx) => {
      await tx.run(store.addVerification(id, actor, clock.now()));
      await audit.add(tx, actor, { action: 'journal.verify', subject: 'journal' });
    });
    return { id, fresh: true };
  }

  async function get(id: string): Promise<VerificationView> {
    const [row] = await db.systemRead(store.verificationById(id));
    if (!row) throw new VerificationMissing({ id });
    return view(row);
  }

  return {
    /** Starts a run, or joins the one that is under way; it goes on after the answer. */
    start: async (actor: Actor): Promise<VerificationView> => {
      const { id, fresh } = await begin(actor);
      // Its failure is in the log and in the row, which is what the page that started it looks at.
      if (fresh) void run(actor, id).catch(() => {});
      return get(id);
    },
    get,
    list: async (): Promise<VerificationView[]> => (await db.systemRead(store.verifications(20))).map(view),
    /** The nightly run, on behalf of the organisation that operates the installation. */
    nightly: async (organisation: string): Promise<void> => {
      const actor = systemActor('journal', organisation);
      const { id, fresh } = await begin(actor);
      if (fresh) await run(actor, id);
    },
  };
}
