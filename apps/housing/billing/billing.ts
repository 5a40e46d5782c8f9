import type { AgreementsService } from '@keystead/apps/work/agreements';
import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { LedgerService } from '@keystead/apps/work/ledger';
import type { Actor } from '@keystead/contracts/access';
import type { PlacesService } from '@keystead/data/places';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingsService } from '@keystead/data/things';
import type { Kernel } from '@keystead/kernel/module';
import { createAccounts } from './accounts.ts';
import { createBills } from './bills.ts';
import { createCatalogue } from './catalogue.ts';
import { createDunning } from './dunning.ts';
import { createHistory } from './history.ts';
import { createIssuing } from './issuing.ts';
import { createMeterDesk } from './meter-desk.ts';
import { createMeters } from './meters.ts';
import { createPaymentPlans } from './payment-plans.ts';
import { createPayments } from './payments.ts';
import { createReading } from './reading.ts';
import { createReconciling } from './reconciling.ts';
import { createReport } from './report.ts';
import { createRuns } from './runs.ts';

export interface BillingNeeds {
  readonly agreements: AgreementsService;
  readonly alarms: AlarmsService;
  readonly ledger: LedgerService;
  readonly places: PlacesService;
  readonly telemetry: TelemetryService;
  readonly things: ThingsService;
}

interface RefundWish {
  agreement: string;
  channel: string;
  amount: number;
  reference: string;
  reason: string;
}

/** Bills, payments, days of channels, reminders, reports. */
export function createBilling(kernel: Kernel, needs: BillingNeeds) {
  const { agreements, ledger } = needs;
  const parts = { ...kernel, ...needs };
  const catalogue = createCatalogue(kernel);
  const issuing = createIssuing({ ...parts, catalogue });
  const bills = createBills({ ...parts, issuing });
  const accounts = createAccounts(kernel);
  return {
    catalogue,
    importHistory: createHistory({ ...parts, catalogue }),
    issuing,
    runs: createRuns({ ...parts, issuing }),
    bills,
    meters: createMeters({ ...parts, issuing, bills }),
    meterDesk: createMeterDesk(parts),
    reading: createReading(kernel.db, issuing.today),
    payments: createPayments({ ...parts, accounts }),
    reconciling: createReconciling({ ...parts, accounts }),
    dunning: createDunning(parts),
    paymentPlans: createPaymentPlans(kernel),
    report: createReport(kernel),
    /** The door of exits: the bill up to the last day. */
    finish: bills.finish,
    paid: ledger.payments,
    leaseOf: (actor: Actor, id: string) => agreements.get(actor, id),
    /** Gives prepaid money back. Throws AgreementMissing, AmountTooLarge, PeriodClosed. */
    payBack: async (actor: Actor, wish: RefundWish): Promise<void> => {
      const { id, place, parties } = await agreements.get(actor, wish.agreement);
      const party = parties.find(({ role }) => role === 'tenant')?.party ?? '';
      await kernel.db.transaction(actor.scope, async (tx) => {
        const key = `refund:${wish.channel}:${wish.reference}`;
        const fresh = await ledger.refund(tx, actor, { ...wish, party, place, key });
        if (fresh)
          await kernel.audit.add(tx, actor, {
            action: 'payment.refund',
            subject: `agreement:${id}`,
            place,
            detail: { channel: wish.channel, amount: wish.amount, reference: wish.reference, reason: wish.reason },
          });
      });
    },
  };
}

export type BillingService = ReturnType<typeof createBilling>;
