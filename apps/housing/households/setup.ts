import type { AgreementsService } from '@keystead/apps/work/agreements';
import type { CasesService } from '@keystead/apps/work/cases';
import { dayBegins, localDate } from '@keystead/contracts/calendar';
import type { PartiesService } from '@keystead/data/parties';
import type { RecordsService } from '@keystead/data/records';
import type { Kernel } from '@keystead/kernel/module';
import { createChanges } from './changes.ts';
import { createCheckIn } from './check-in.ts';
import { createDossiers } from './dossiers.ts';
import { importHistory } from './history.ts';
import { createMarks } from './marks.ts';
import { createOwnHousehold } from './own.ts';
import * as store from './store.ts';

/** Business data are kept for five years (H-8.4-c). */
const keptAfterLeaseMs = 5 * 366 * 86_400_000;

export interface HouseholdPorts {
  readonly agreements: AgreementsService;
  readonly cases: CasesService;
  readonly parties: PartiesService;
  readonly records: RecordsService;
}

/** Joins the parts of the module; what comes out is what other modules know as `households`. */
export function createHouseholds(kernel: Pick<Kernel, 'db' | 'clock' | 'outbox' | 'audit'>, ports: HouseholdPorts) {
  const today = () => localDate(kernel.clock.now());
  const parts = { ...kernel, ...ports, today };
  const dossiers = createDossiers(parts);
  const changes = createChanges({ ...parts, dossiers });
  const marks = createMarks(parts);
  dossiers.contribute('requests', async (actor, household, limit) => {
    const { items } = await changes.list(actor, { household, limit });
    return items.map(({ id, kind, caseCode, state, submittedAt }) => ({
      id,
      title: caseCode,
      kind,
      state,
      at: submittedAt,
    }));
  });
  dossiers.contribute('leases', async (actor, household, limit) => {
    const leases = await ports.agreements.list(actor, { kind: 'lease', party: household, limit });
    return leases.map(({ id, code, title, state, startsOn }) => ({
      id,
      title: `${code} ${title}`,
      state,
      at: dayBegins(startsOn),
    }));
  });
  dossiers.contribute('bills', async (actor, household, limit) => {
    const bills = await kernel.db.read(actor.scope, store.billsOf(actor.scope, household, limit));
    return bills.map(({ id, period, amount, open, dueOn, reversed }) => ({
      id,
      title: period,
      state: reversed ? 'reversed' : open > 0 ? 'open' : 'paid',
      at: dayBegins(dueOn),
      fen: amount,
    }));
  });
  ports.parties.retain('leases', async (tx, organisation, party) => {
    const home = await ports.parties.householdOf(tx, organisation, party);
    const [last] = await tx.all(store.lastLeaseEnd(organisation, [party, ...(home ? [home] : [])]));
    return last?.endsOn ? new Date(Date.parse(last.endsOn) + keptAfterLeaseMs) : undefined;
  });
  const checkIn = createCheckIn({ ...ports, dossiers });
  return {
    ...dossiers,
    importHistory,
    checkIn,
    changes,
    marks,
    own: createOwnHousehold({ ...parts, dossiers, changes }),
  };
}

export type HouseholdsService = ReturnType<typeof createHouseholds>;
