import { type Actor, inScope } from '@keystead/contracts/access';
import { consentWithdrawn } from '@keystead/contracts/events/parties';
import { newId } from '@keystead/contracts/ids';
import { problem } from '@keystead/contracts/problem';
import { type Query, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { fieldIds, personalFields } from './fields.ts';
import { type Party, PartyMissing } from './party.ts';
import * as store from './store.ts';

/** Purposes a consent can be given to. Those in `separatePurposes` are asked for by themselves. */
export const consentPurposes = [
  'eligibility-check',
  'biometric-key',
  'special-care',
  'inactivity-watch',
  'data-sharing',
] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];
/** Sensitive data: a consent of its own, never one tick for all (H-11.3-e-2). */
export const separatePurposes: readonly ConsentPurpose[] = ['biometric-key', 'special-care', 'inactivity-watch'];

export interface Consent {
  readonly id: string;
  readonly party: string;
  readonly purpose: ConsentPurpose;
  readonly separate: boolean;
  /** Which wording was agreed to. */
  readonly wording: string;
  readonly givenAt: Date;
  readonly withdrawnAt: Date | null;
}

export class ConsentGone extends problem('consent-gone', 404) {}
export class ConsentGiven extends problem('consent-given', 409) {}
/** A consent to sensitive data was asked for together with others. */
export class ConsentNotSeparate extends problem('consent-not-separate', 422) {}

const columns = sql`c.id, c.party, c.purpose, c.separate, c.wording, c.given_at as "givenAt", c.withdrawn_at as "withdrawnAt"`;

export const consentsOf = (party: string): Query<Consent> =>
  sql<Consent>`select ${columns} from parties.consent c where c.party = ${party} order by c.given_at desc, c.id desc limit 200`;

/** True when this consent stands at this moment. */
export const standing = async (tx: Tx, party: string, purpose: string): Promise<boolean> =>
  (
    await tx.all(
      sql`select 1 from parties.consent where party = ${party} and purpose = ${purpose} and withdrawn_at is null`,
    )
  ).length > 0;

/** Consents 授权同意: given by the person, withdrawn by the person, and what hangs on them ends. */
export function createConsents({ clock, outbox, audit, db }: Pick<Kernel, 'db' | 'clock' | 'outbox' | 'audit'>) {
  async function partyOf(tx: Tx, actor: Actor, id: string): Promise<Party> {
    return tx.one(store.lockedParty(actor.scope, id), () => new PartyMissing({ id }));
  }

  /**
   * Gives one or several consents of one wording. A separate one comes alone: throws ConsentNotSeparate. Throws
   * ConsentGiven when one of them stands already, PartyMissing.
   */
  async function give(
    tx: Tx,
    actor: Actor,
    party: string,
    purposes: readonly ConsentPurpose[],
    wording: string,
  ): Promise<Consent[]> {
    const { organisation, place, id } = await partyOf(tx, actor, party);
    const alone = purposes.filter((purpose) => separatePurposes.includes(purpose));
    if (alone.length > 0 && purposes.length > 1) throw new ConsentNotSeparate({ purposes: alone });
    const at = clock.now();
    for (const purpose of purposes) {
      if (await standing(tx, id, purpose)) throw new ConsentGiven({ purpose });
      await tx.run(sql`insert into parties.consent (id, organisation, party, purpose, separate, wording, given_at, given_to)
        values (${newId()}, ${organisation}, ${id}, ${purpose}, ${separatePurposes.includes(purpose)}, ${wording}, ${at}, ${actor.id})`);
    }
    await audit.add(tx, actor, {
      action: 'consent.give',
      subject: `party:${id}`,
      place,
      detail: { purposes, wording },
    });
    return (await tx.all(consentsOf(id))).filter((row) => row.withdrawnAt === null && purposes.includes(row.purpose));
  }

  /** Takes a consent back; values that rest on it are deleted at once. Throws ConsentGone. */
  async function withdraw(tx: Tx, actor: Actor, id: string): Promise<void> {
    const [found] = await tx.all(sql<Consent & { organisation: string; place: string }>`
      select ${columns}, p.organisation, p.place from parties.consent c join parties.party p on p.id = c.party
      where c.id = ${id} and c.organisation = ${actor.scope.organisation} for update of c`);
    if (found?.withdrawnAt !== null || !inScope(actor.scope, found.place)) throw new ConsentGone({ id });
    await tx.run(sql`update parties.consent set withdrawn_at = ${clock.now()}, version = version + 1 where id = ${id}`);
    const resting = fieldIds.filter((field) => personalFields[field].consent === found.purpose);
    const deleted = await store.dropFields(tx, found.party, resting);
    await outbox.add(tx, consentWithdrawn, found, { consent: id, party: found.party, purpose: found.purpose });
    await audit.add(tx, actor, {
      action: 'consent.withdraw',
      subject: `party:${found.party}`,
      place: found.place,
      detail: { purpose: found.purpose, deleted },
    });
  }

  async function withdrawOwn(tx: Tx, actor: Actor, party: string, id: string): Promise<void> {
    if (!(await tx.all(consentsOf(party))).some((consent) => consent.id === id)) throw new ConsentGone({ id });
    await withdraw(tx, actor, id);
  }

  return {
    /** Does the person agree to this now? For modules that act on consents. */
    stands: (tx: Tx, party: string, purpose: ConsentPurpose) => standing(tx, party, purpose),
    give,
    withdraw,
    withdrawOwn,
    of: async (actor: Actor, party: string): Promise<Consent[]> =>
      db.transaction(actor.scope, async (tx) => tx.all(consentsOf((await partyOf(tx, actor, party)).id))),
  };
}

export type Consents = ReturnType<typeof createConsents>;
