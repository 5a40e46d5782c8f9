import type { Actor } from '@keystead/contracts/access';
import type { Kernel } from '@keystead/kernel/module';
import { type Consent, type ConsentPurpose, type Consents, consentsOf } from './consents.ts';
import { fieldIds, personalFields } from './fields.ts';
import { type Member, OwnPartyMissing, type Party } from './party.ts';
import type { Look, PartyReading } from './reading.ts';
import * as store from './store.ts';
import type { OpenValue, PartyValues } from './values.ts';

/** Everything held of the person who asks (H-11.3-f-1). */
export interface OwnData {
  readonly party: Party;
  readonly values: readonly OpenValue[];
  readonly household: string | null;
  readonly members: readonly Member[];
  readonly consents: readonly Consent[];
}

type Parts = Pick<Kernel, 'db'> & { reading: PartyReading; values: PartyValues; consents: Consents };

/**
 * What a person does with data of his own, whatever places his role reaches. What was filed of him stays where he lived
 * then, so the reach is not a place: it is his organisation, and whoever uses it names his own party or household.
 */
export function createOwn({ db, reading, values, consents }: Parts) {
  /**
   * The registered person behind a sign-in, and the same actor with a reach that holds whatever is filed of him: only for
   * what is found by his party or household. Throws OwnPartyMissing.
   */
  async function self(actor: Actor): Promise<{ party: Party; own: Actor }> {
    const [party] = await db.systemRead(store.partyOfAccount(actor.scope.organisation, actor.id));
    if (!party) throw new OwnPartyMissing({});
    return { party, own: { ...actor, scope: { ...actor.scope, subtrees: [''] } } };
  }

  return {
    self,
    /** Who signs in for a person or a household, the applicant first; for work of the platform. */
    accountsOf: (organisation: string, party: string): Promise<{ account: string; name: string }[]> =>
      db.systemRead(store.accountsOf(organisation, party)),
    data: async (actor: Actor): Promise<OwnData> => {
      const { party, own } = await self(actor);
      const shown = fieldIds.filter((field) => personalFields[field].group !== 'biometric');
      return db.transaction(own.scope, async (tx) => {
        const household = (await reading.householdOf(tx, party.organisation, party.id)) ?? null;
        return {
          party,
          values: await values.open(tx, own, party, shown, 'own-data'),
          household,
          members: household ? await reading.membersIn(tx, household) : [],
          consents: await tx.all(consentsOf(party.id)),
        };
      });
    },

    /** Who looked at data of the person or of his household (H-11.3-f-2), newest first. */
    looks: async (actor: Actor, limit: number): Promise<Look[]> => {
      const { party, own } = await self(actor);
      const home = await db.transaction(own.scope, (tx) => reading.householdOf(tx, party.organisation, party.id));
      const lists = [await reading.looksOf(own, party.id, limit), home ? await reading.looksOf(own, home, limit) : []];
      return lists
        .flat()
        .sort((a, b) => b.at.getTime() - a.at.getTime())
        .slice(0, limit);
    },

    give: async (actor: Actor, purposes: readonly ConsentPurpose[], wording: string): Promise<Consent[]> => {
      const { party, own } = await self(actor);
      return db.transaction(own.scope, (tx) => consents.give(tx, own, party.id, purposes, wording));
    },

    /** Throws ConsentGone, also for a consent of somebody else. */
    withdraw: async (actor: Actor, id: string): Promise<void> => {
      const { party, own } = await self(actor);
      await db.transaction(own.scope, (tx) => consents.withdrawOwn(tx, own, party.id, id));
    },
  };
}

export type OwnDesk = ReturnType<typeof createOwn>;
