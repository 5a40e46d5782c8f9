import type { AgreementsService } from '@keystead/apps/work/agreements';
import type { CasesService } from '@keystead/apps/work/cases';
import type { Actor } from '@keystead/contracts/access';
import type { PartiesService } from '@keystead/data/parties';
import type { Db } from '@keystead/kernel/db';

export interface Call {
  readonly lease: string;
  readonly category: string;
  readonly title: string;
  readonly description: string;
}

type Parts = { db: Db; agreements: AgreementsService; parties: PartiesService; cases: CasesService };

/** Repairs told of by telephone or at the counter: written down by staff, and the tenant's own from then on. */
export function createCalls({ db, agreements, parties, cases }: Parts) {
  return {
    /** Answers the id of the repair. Throws AgreementMissing outside the actor's places. */
    take: async (actor: Actor, { lease, ...words }: Call): Promise<string> => {
      const { subject, place, parties: sides } = await agreements.get(actor, lease);
      const tenant = sides.find(({ role }) => role === 'tenant');
      const [way] = tenant ? await parties.own.accountsOf(actor.scope.organisation, tenant.party) : [];
      const requester = way ? { id: way.account, name: way.name } : { name: tenant?.name ?? '' };
      return db.transaction(actor.scope, async (tx) => {
        const { id } = await cases.openIn(tx, actor, {
          ...words,
          kind: 'repair',
          place,
          placeId: subject,
          subjects: [{ kind: 'place', id: subject, label: words.title.slice(0, 200) }],
          source: 'hotline',
          requester,
          form: { lease },
        });
        return id;
      });
    },
  };
}

export type Calls = ReturnType<typeof createCalls>;
