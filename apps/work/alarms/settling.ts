import type { Tx } from '@keystead/kernel/db';
import { type Job, job } from '@keystead/kernel/jobs';
import type { Kernel } from '@keystead/kernel/module';
import { settled } from './incident.ts';
import * as incidents from './incident-store.ts';
import type { AlarmRow } from './row.ts';
import * as store from './store.ts';
import type { AlarmTelling } from './telling.ts';

const atOnce = 50;

/** Looks after incidents whose lead has gone: another leads, or none of it is left. */
export function createSettling({ db, clock, tell }: Pick<Kernel, 'db' | 'clock'> & { tell: AlarmTelling }) {
  /** An alarm nobody was told of is told now: what explained it has gone. */
  async function release(tx: Tx, row: AlarmRow): Promise<void> {
    const handling = row.handling === 'resolved' || row.handling === 'reviewed' ? 'new' : row.handling;
    const after: AlarmRow = { ...row, handling, member: false };
    await store.save(tx, after);
    await store.addOccurrence(tx, after, {
      kind: 'released',
      severity: after.severity,
      eventTime: after.last_event_time,
      at: clock.now(),
      readings: after.readings,
    });
    await tell(tx, after, 'released');
  }

  async function settle(tx: Tx, incident: incidents.Incident): Promise<void> {
    const standing = await incidents.standingIn(tx, incident.id);
    const hidden = await incidents.hiddenIn(tx, incident.id);
    const next = settled(incident.lead, standing, hidden);
    if (!next) {
      await incidents.save(tx, { ...incident, due_at: null, ended_at: clock.now() });
      return;
    }
    await incidents.save(tx, {
      ...incident,
      told_severity: next.told,
      due_at: null,
      ...(next.lead ? { lead: next.lead, kind: 'symptom' } : {}),
    });
    if (hidden && next.release === hidden.id) await release(tx, hidden);
    else if (next.lead) {
      const [lead] = await incidents.enlist(tx, [next.lead], incident.id, false);
      if (lead) await tell(tx, lead, 'leading');
    }
  }

  return {
    /** Settles what is due; answers how many incidents. */
    settleDue: (): Promise<number> =>
      db.systemTransaction(async (tx) => {
        const due = await incidents.takeDue(tx, clock.now(), atOnce);
        for (const incident of due) await settle(tx, incident);
        return due.length;
      }),
  };
}

export type Settling = ReturnType<typeof createSettling>;

export const settleIncidents = ({ settleDue }: Settling): Job =>
  job({
    name: 'alarms.settle-incidents',
    every: 10,
    timeout: 60,
    run: async (_payload, { signal }) => {
      while (!signal.aborted && (await settleDue()) > 0);
    },
  });
