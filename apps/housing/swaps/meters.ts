import type { BillingService, MeterTold } from '@keystead/apps/housing/billing';
import type { MoveInsService } from '@keystead/apps/housing/movein';
import type { Agreement } from '@keystead/apps/work/agreements';
import type { Actor } from '@keystead/contracts/access';
import type { Tx } from '@keystead/kernel/db';

export interface MeterParts {
  readonly billing: Pick<BillingService, 'toldOf'>;
  readonly moveIns: Pick<MoveInsService, 'readingsOf'>;
}

/** What the meters of the house a lease is about tell up to its last day there, from its handover on. */
export const createMeters = ({ billing, moveIns }: MeterParts) => ({
  toldOf: async (tx: Tx, actor: Actor, lease: Agreement, lastDay: string): Promise<MeterTold[]> =>
    billing.toldOf(actor, lease, lastDay, await moveIns.readingsOf(tx, lease.id)),
});

export type Meters = ReturnType<typeof createMeters>;
