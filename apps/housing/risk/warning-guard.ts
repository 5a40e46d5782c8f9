import type { StepGuard } from '@keystead/apps/work/alarms';
import { sql } from '@keystead/kernel/db';
import { WarningNotClosed } from './warning.ts';

const ending = new Set(['resolve', 'review', 'close']);

/** The alarm of an open warning is not ended at the alarm desk, where nobody asks what was done (H-9.2.5-c). */
export const guardWarnings: StepGuard = async (tx, { id }, step) => {
  if (!ending.has(step)) return;
  const open = await tx.maybe(
    sql<{ id: string }>`select id from risk.warning where alarm = ${id} and state = 'open' limit 1`,
  );
  if (open) throw new WarningNotClosed({ warning: open.id });
};
