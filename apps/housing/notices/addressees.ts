import type { Addressee } from '@keystead/apps/work/notify';
import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import type { PartiesService } from '@keystead/data/parties';
import type { Kernel } from '@keystead/kernel/module';

const reason = 'notice';

/** How a tenant is reached; a household by the member who applied, else by the first there is. Contact points never leave the server. */
export const createAddressees = ({ db, parties }: Pick<Kernel, 'db'> & { parties: PartiesService }) =>
  /** Undefined when nobody is there any more, or may be contacted. */
  async function addresseeOf(organisation: string, party: string): Promise<Addressee | undefined> {
    const actor = systemActor('notices', organisation as OrganisationId);
    return db.transaction(actor.scope, async (tx) => {
      const [first] = await parties.getMany(tx, actor, [party]);
      const members = first?.kind === 'household' ? await parties.membersIn(tx, party) : [];
      const person = members.find(({ relation }) => relation === 'applicant') ?? members[0];
      const [found] = person ? await parties.getMany(tx, actor, [person.person]) : [first];
      if (found?.state !== 'active') return undefined;
      // A look that opens nothing would still be a line in the person's list of looks.
      const held = new Set(found.fields.map(({ field }) => field));
      const wanted = (['phone', 'email'] as const).filter((field) => held.has(field));
      const values = wanted.length > 0 ? await parties.use(tx, actor, found.id, wanted, reason) : [];
      const of = (field: string) => values.find((each) => each.field === field)?.value;
      const [phone, email] = [of('phone'), of('email')];
      return {
        name: found.name,
        ...(found.account && { account: found.account }),
        ...(phone && { phone }),
        ...(email && { email }),
      };
    });
  };

export type AddresseeOf = ReturnType<typeof createAddressees>;
