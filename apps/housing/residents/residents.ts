import type { BillingService } from '@keystead/apps/housing/billing';
import type { LeasesService } from '@keystead/apps/housing/leases';
import type { PapersService } from '@keystead/apps/housing/papers';
import type { PolicyService } from '@keystead/apps/housing/policy';
import type { AgreementsService } from '@keystead/apps/work/agreements';
import type { CasesService } from '@keystead/apps/work/cases';
import type { NotifyService } from '@keystead/apps/work/notify';
import type { PartiesService } from '@keystead/data/parties';
import type { RecordsService } from '@keystead/data/records';
import type { Kernel } from '@keystead/kernel/module';
import type { IdentityService } from '@keystead/kernel/security/identity';
import { createCalls } from './calls.ts';
import { createOwnBills } from './own-bills.ts';
import { createOwnCases } from './own-cases.ts';
import { createOwnHome } from './own-home.ts';
import { createOwnLeases } from './own-leases.ts';
import { createRenewals } from './renewals.ts';
import { createStanding } from './standing.ts';

export interface ResidentNeeds {
  readonly agreements: AgreementsService;
  readonly billing: BillingService;
  readonly cases: CasesService;
  readonly identity: IdentityService;
  readonly leases: LeasesService;
  readonly notify: NotifyService;
  readonly papers: PapersService;
  readonly parties: PartiesService;
  readonly policy: PolicyService;
  readonly records: RecordsService;
}

/** What a resident sees and does of what is his own. */
export function createResidents({ db, clock, audit }: Pick<Kernel, 'db' | 'clock' | 'audit'>, needs: ResidentNeeds) {
  const standing = createStanding({ db, parties: needs.parties });
  const bills = createOwnBills({ standing, billing: needs.billing });
  const repairs = createOwnCases('repair', { db, standing, ...needs });
  const requests = createOwnCases('request', { db, standing, ...needs });
  const complaints = createOwnCases('complaint', { db, standing, ...needs });
  return {
    bills,
    repairs,
    requests,
    complaints,
    renewals: createRenewals({ db, clock, standing, requests, ...needs }),
    leases: createOwnLeases({ db, audit, standing, ...needs, codes: needs.identity.codes }),
    home: createOwnHome({ standing, bills, repairs, notify: needs.notify }),
    notices: needs.notify,
    calls: createCalls({ db, ...needs }),
  };
}

export type ResidentsService = ReturnType<typeof createResidents>;
