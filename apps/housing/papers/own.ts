import type { Actor } from '@keystead/contracts/access';
import type { PartiesService } from '@keystead/data/parties';
import { sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { Contracts } from './contracts.ts';
import { ContractMissing } from './problems.ts';

type Parts = Pick<Kernel, 'db'> & { parties: PartiesService; contracts: Contracts };

/** Contracts of the tenant who asks: his reach is what he or his household rents, whatever places his role reaches. */
export function createOwnContracts({ db, parties, contracts }: Parts) {
  const holders = async (actor: Actor): Promise<string[]> => {
    const { party, own } = await parties.own.self(actor);
    const home = await db.transaction(own.scope, (tx) => parties.householdOf(tx, party.organisation, party.id));
    return home ? [party.id, home] : [party.id];
  };

  const leasesOf = async (actor: Actor): Promise<{ id: string; place: string }[]> => {
    const mine = await holders(actor);
    return db.systemRead(sql<{ id: string; place: string }>`
      select a.id, a.place from agreements_pub.agreement a join agreements_pub.party p on p.agreement = a.id and p.role = 'tenant'
      where a.organisation = ${actor.scope.organisation} and a.kind = 'lease' and a.state <> 'draft' and p.party = any(${mine})
      order by a.starts_on desc, a.id desc limit 50`);
  };

  /** The same person with the reach of one lease of his own. Throws ContractMissing for any other. */
  async function within(actor: Actor, id: string): Promise<Actor> {
    const lease = (await leasesOf(actor)).find((each) => each.id === id);
    if (!lease) throw new ContractMissing({ id });
    return { ...actor, scope: { ...actor.scope, subtrees: [lease.place] } };
  }

  return {
    /** Of these leases, those whose sealed file is there. */
    sealedOf: async (leases: readonly string[]): Promise<ReadonlySet<string>> => {
      const rows = await db.systemRead(sql<{ agreement: string }>`
        select distinct agreement from papers.contract where agreement = any(${[...leases]}::uuid[])`);
      return new Set(rows.map(({ agreement }) => agreement));
    },
    open: async (actor: Actor, id: string, which: 'contract' | 'evidence') =>
      contracts.open(await within(actor, id), id, which),
    preview: async (actor: Actor, id: string) => contracts.preview(await within(actor, id), id),
    prove: async (actor: Actor, id: string) => contracts.prove(await within(actor, id), id),
  };
}

export type OwnContracts = ReturnType<typeof createOwnContracts>;
