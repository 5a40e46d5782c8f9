import type { Actor } from '@keystead/contracts/access';
import type { FileRecord, RecordsService } from '@keystead/data/records';
import type { ChangeDraft, Changes } from './changes.ts';
import type { Dossiers, HouseholdParts } from './dossiers.ts';
import { ChangeMissing, HouseholdMissing } from './household.ts';

export interface OwnFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

/** Largest file a household hands in. */
export const ownFileLimit = 20 * 1024 * 1024;
const retentionYears = 5;

type Parts = HouseholdParts & { dossiers: Dossiers; changes: Changes; records: RecordsService };

/** What a household does with its own file: its reach is that file, whatever places the role reaches. */
export function createOwnHousehold({ db, parties, records, dossiers, changes }: Parts) {
  /** The household of the person behind a sign-in. Throws OwnPartyMissing, HouseholdMissing. */
  async function home(actor: Actor): Promise<{ household: string; own: Actor }> {
    const { party, own } = await parties.own.self(actor);
    const household = await db.transaction(own.scope, (tx) => parties.householdOf(tx, party.organisation, party.id));
    if (!household) throw new HouseholdMissing({});
    return { household, own };
  }

  return {
    home,
    dossier: async (actor: Actor) => {
      const { household, own } = await home(actor);
      return dossiers.dossier(own, household);
    },
    submit: async (actor: Actor, draft: ChangeDraft) => {
      const { household, own } = await home(actor);
      return changes.submit(own, household, draft);
    },
    changes: async (actor: Actor, limit: number) => {
      const { household, own } = await home(actor);
      return changes.list(own, { household, limit });
    },
    withdraw: async (actor: Actor, id: string): Promise<void> => {
      const { household, own } = await home(actor);
      const { change } = await changes.shown(own, id);
      if (change.household !== household) throw new ChangeMissing({ id });
      await changes.withdraw(own, id);
    },
    /** Hands a paper in, encrypted as personal data are. */
    putFile: async (actor: Actor, file: OwnFile): Promise<FileRecord> => {
      const { household, own } = await home(actor);
      return db.transaction(own.scope, async (tx) => {
        const { place } = await dossiers.find(tx, own, household);
        return records.put(tx, own, {
          ...file,
          storeLevel: 3,
          retentionYears,
          subject: `household:${household}`,
          place,
          most: ownFileLimit,
        });
      });
    },
  };
}

export type OwnHousehold = ReturnType<typeof createOwnHousehold>;
