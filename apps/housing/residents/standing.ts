import type { Actor } from '@keystead/contracts/access';
import { problem } from '@keystead/contracts/problem';
import type { PartiesService } from '@keystead/data/parties';
import { type Db, sql } from '@keystead/kernel/db';

/** A lease in which the person or the household of the person is the tenant. */
export interface OwnLease {
  readonly id: string;
  readonly code: string;
  readonly state: string;
  /** Path and id of the house, and its name. */
  readonly place: string;
  readonly house: string;
  readonly houseName: string;
  /** The party that is the tenant in it: the person or the household. */
  readonly party: string;
  readonly startsOn: string;
  readonly endsOn: string;
}

/** Who asks, what is his, and the same person with just that within reach. */
export interface Standing {
  readonly name: string;
  readonly leases: readonly OwnLease[];
  /** The lease he lives under, if he has one. */
  readonly home: OwnLease | undefined;
  readonly own: Actor;
}

/** There is no lease one could live under now. */
export class HomeMissing extends problem('own-home-missing', 409) {}

const running = ['effective', 'expiring', 'holdover'];
/** A draft is the lessor's; what was given up or put away is no longer anybody's home. */
const hidden = ['draft', 'void'];
const most = 50;

type Parts = { db: Db; parties: PartiesService };

/**
 * Whatever places a role reaches, a resident reaches the houses of his own leases and nothing else; lists are narrowed to
 * the leases themselves on top of that, for a house had other tenants before (H-10.2-b).
 */
export function createStanding({ db, parties }: Parts) {
  return async (actor: Actor): Promise<Standing> => {
    const { party, own } = await parties.own.self(actor);
    const household = await db.transaction(own.scope, (tx) => parties.householdOf(tx, party.organisation, party.id));
    const mine = household ? [party.id, household] : [party.id];
    const leases = await db.systemRead(sql<OwnLease>`
      select a.id, a.code, a.state, a.place, a.subject as house, coalesce(h.name, '') as "houseName", p.party,
        a.starts_on::text as "startsOn", a.ends_on::text as "endsOn"
      from agreements_pub.agreement a
      join agreements_pub.party p on p.agreement = a.id and p.role = 'tenant'
      left join places_pub.place h on h.id::text = a.subject::text
      where a.organisation = ${party.organisation} and a.kind = 'lease' and p.party = any(${mine}::uuid[])
        and a.state <> all(${hidden}) order by a.starts_on desc, a.id desc limit ${most}`);
    return {
      name: party.name,
      leases,
      // Signed for a later day, a house is not the home yet while another lease runs.
      home: leases.find(({ state }) => running.includes(state)) ?? leases.find(({ state }) => state === 'signed'),
      own: { ...own, scope: { ...own.scope, subtrees: [...new Set(leases.map(({ place }) => place))] } },
    };
  };
}

export type StandingOf = ReturnType<typeof createStanding>;
