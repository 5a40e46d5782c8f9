import type { Kernel } from '@keystead/kernel/module';
import { createCharging } from './charging.ts';
import { createClosing } from './closing.ts';
import { importHistory } from './history.ts';
import { createPaying } from './paying.ts';
import { createReading } from './reading.ts';

/** The ledger: what is owed, what came in, and what was put on what. Writing happens in the caller's transaction. */
export function createLedger(kernel: Pick<Kernel, 'db' | 'clock' | 'audit' | 'outbox'>) {
  const charging = createCharging(kernel);
  return {
    ...charging,
    ...createPaying({ ...kernel, charging }),
    ...createClosing(kernel),
    ...createReading(kernel.db),
    importHistory,
  };
}

export type LedgerService = ReturnType<typeof createLedger>;
