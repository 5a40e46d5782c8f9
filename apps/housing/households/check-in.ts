import type { AgreementsService } from '@keystead/apps/work/agreements';
import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import type { agreementChanged } from '@keystead/contracts/events/agreements';
import type { EventEnvelope, Payload } from '@keystead/contracts/events/define';
import type { PartiesService } from '@keystead/data/parties';
import type { Tx } from '@keystead/kernel/db';
import type { Dossiers } from './dossiers.ts';

interface Parts {
  readonly agreements: AgreementsService;
  readonly parties: PartiesService;
  readonly dossiers: Dossiers;
}

/** A lease that takes effect makes the file of its household, and the house answers for the household from then on. */
export function createCheckIn({ agreements, parties, dossiers }: Parts) {
  return async ({ organisation, payload }: EventEnvelope<Payload<typeof agreementChanged>>, tx: Tx): Promise<void> => {
    if (payload.kind !== 'lease' || payload.to !== 'effective' || payload.from === payload.to) return;
    const actor = systemActor('households.check-in', organisation as OrganisationId);
    const lease = await agreements.lock(tx, actor, payload.id);
    const named = lease.parties.filter(({ role }) => role === 'tenant').map(({ party }) => party);
    for (const party of await parties.getMany(tx, actor, named)) {
      const household = party.kind === 'household' ? party.id : await parties.householdOf(tx, organisation, party.id);
      if (!household || party.state !== 'active') continue;
      await dossiers.openIn(tx, actor, household, 'check-in');
      await dossiers.placeAt(tx, actor, household, lease.place);
    }
  };
}
