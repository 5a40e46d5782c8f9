import type { PolicyService } from '@keystead/apps/housing/policy';
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
import { createDials } from './dials.ts';
import { createDunning } from './dunning.ts';
import { createDunningDesk } from './dunning-desk.ts';
import { createExporting } from './exporting.ts';
import { createHistory } from './history.ts';
import { createHolding } from './holding.ts';
import { createIssuing } from './issuing.ts';
import { createLeaving } from './leaving.ts';
import { createMeterDesk } from './meter-desk.ts';
import { createMeters } from './meters.ts';
import { createPaymentPlans } from './payment-plans.ts';
import { createPayments } from './payments.ts';
import { createReading } from './reading.ts';
import { createReconciling } from './reconciling.ts';
import { createRentOwed } from './rent-owed.ts';
import { createReport } from './report.ts';
import { createRuns } from './runs.ts';
import { createTaken } from './taken.ts';

export interface BillingNeeds {
  readonly agreements: AgreementsService;
  readonly alarms: AlarmsService;
  readonly ledger: LedgerService;
  readonly places: PlacesService;
  readonly policy: PolicyService;
  readonly telemetry: TelemetryService;
  readonly things: ThingsService;
}

/** Bills, payments, days of channels, reminders, reports. */
export function createBilling(kernel: Kernel, needs: BillingNeeds) {
  const { agreements, ledger } = needs;
  const parts = { ...kernel, ...needs };
  const catalogue = createCatalogue(parts);
  const issuing = createIssuing({ ...parts, catalogue });
  const bills = createBills({ ...parts, issuing });
  const accounts = createAccounts(kernel);
  const holding = createHolding(parts);
  ledger.guardRefunds(holding.guard);
  const dials = createDials(parts);
  return {
    catalogue,
    exportList: createExporting(kernel),
    importHistory: createHistory({ ...parts, catalogue }),
    issuing,
    runs: createRuns({ ...parts, issuing }),
    bills,
    dials,
    meters: createMeters({ ...parts, dials, issuing, bills }),
    meterDesk: createMeterDesk(parts),
    reading: createReading(kernel.db, issuing.today),
    payments: createPayments({ ...parts, accounts, holding }),
    reconciling: createReconciling({ ...parts, accounts }),
    /** The door of exits: months of rent that are owed. */
    rentMonthsOwed: createRentOwed(parts),
    dunning: { ...createDunning(parts), ...createDunningDesk(kernel) },
    paymentPlans: createPaymentPlans(kernel),
    report: createReport(kernel),
    /** The door of exits: the bill up to the last day, bills by a rent that changed, and what the meters tell. */
    finish: bills.finish,
    rework: bills.rework,
    toldOf: createLeaving({ agreements, dials }),
    taken: createTaken(kernel.db),
    leaseOf: (actor: Actor, id: string) => agreements.get(actor, id),
  };
}

export type BillingService = ReturnType<typeof createBilling>;
