import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { partyChanged } from '@keystead/contracts/events/parties';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Party, PartyMissing } from './party.ts';
import type { Sealing } from './sealing.ts';
import * as store from './store.ts';

/** Until when somebody has to keep what is known of a party; undefined = no reason to keep it. */
export type Retainer = (tx: Tx, organisation: string, party: string) => Promise<Date | undefined>;

export type Ending = { readonly state: 'erased' } | { readonly state: 'restricted'; readonly until: Date };

const dueAtOnce = 100;

type Parts = Pick<Kernel, 'db' | 'clock' | 'outbox' | 'audit'> & { sealing: Sealing };

/** The end of personal data: keys destroyed, or use stopped as long as a law asks that they be kept. */
export function createErasure({ db, clock, outbox, audit, sealing }: Parts) {
  const retainers = new Map<string, Retainer>();

  async function erase(tx: Tx, actor: Actor, party: Party): Promise<void> {
    const [row] = await tx.all(sql<{ sealed: boolean }>`select sealed from parties.party where id = ${party.id}`);
    if (row?.sealed) await sealing.shred(tx, party.id);
    await tx.run(sql`delete from parties.field where party = ${party.id}`);
    await tx.run(sql`update parties.proposal set sealed = null, masked = '{"fields":[],"join":[],"leave":[]}', state = 'dropped',
      decided_at = coalesce(decided_at, ${clock.now()}) where party = ${party.id} and state = 'open'`);
    await tx.run(sql`update parties.party set state = 'erased', keep_until = null, account = null, version = version + 1,
      name = ${`#${party.id.slice(-8)}`} where id = ${party.id}`);
    await tell(tx, actor, party, 'erase', {});
  }

  async function tell(
    tx: Tx,
    actor: Actor,
    party: Party,
    change: string,
    detail: Record<string, unknown>,
  ): Promise<void> {
    await outbox.add(tx, partyChanged, party, { id: party.id, kind: party.kind, change });
    await audit.add(tx, actor, { action: `party.${change}`, subject: `party:${party.id}`, place: party.place, detail });
  }

  return {
    /** Says why data of parties must be kept for a while; asked before anything is erased. */
    retain: (name: string, retainer: Retainer): void => void retainers.set(name, retainer),

    /** Ends the use of a party's data. Throws PartyMissing. */
    cancel: async (tx: Tx, actor: Actor, id: string): Promise<Ending> => {
      const party = await tx.one(store.lockedParty(actor.scope, id), () => new PartyMissing({ id }));
      const asked = [...retainers].map(async ([name, retainer]) => ({
        name,
        until: await retainer(tx, party.organisation, id),
      }));
      const held = (await Promise.all(asked)).filter(({ until }) => until !== undefined && until > clock.now());
      const until = held.reduce<Date | undefined>(
        (latest, each) => (each.until && (!latest || each.until > latest) ? each.until : latest),
        undefined,
      );
      if (!until) {
        await erase(tx, actor, party);
        return { state: 'erased' };
      }
      await tx.run(
        sql`update parties.party set state = 'restricted', keep_until = ${until}, version = version + 1 where id = ${id}`,
      );
      await tell(tx, actor, party, 'restrict', { until: until.toISOString(), for: held.map(({ name }) => name) });
      return { state: 'restricted', until };
    },

    /** Erases restricted parties whose time is over; answers how many. */
    eraseDue: async (): Promise<number> => {
      const due = await db.systemRead(sql<{ id: string; organisation: OrganisationId }>`
        select id, organisation from parties.party where state = 'restricted' and keep_until <= ${clock.now()} limit ${dueAtOnce}`);
      for (const { id, organisation } of due) {
        const actor = systemActor('parties.erase-due', organisation);
        await db.systemTransaction(async (tx) => {
          const [party] = await tx.all(store.lockedParty(actor.scope, id));
          if (party?.state === 'restricted') await erase(tx, actor, party);
        });
      }
      return due.length;
    },
  };
}

export type Erasure = ReturnType<typeof createErasure>;
