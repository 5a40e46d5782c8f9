import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Signer } from '@keystead/kernel/security/audit';
import { type Agreement, digestOf } from './agreement.ts';
import { AgreementStepRefused, SignedTextChanged } from './problems.ts';
import { type AgreementWork, kindOf, type Parts } from './service.ts';
import * as store from './store.ts';

export interface SignatureWish {
  readonly role: string;
  readonly party: string;
  /** Digest of the text the signer saw. */
  readonly digest: string;
  /** How it was made sure who signs: `counter` 柜台, `code` 短信验证码, … */
  readonly identityCheck: string;
  readonly consent: string;
}

/** What was said and who by, sealed by the installation's key (I-5.2.3-e-3). */
export interface Evidence {
  readonly statement: string;
  readonly seal: string;
}

export interface Signature {
  id: string;
  version: number;
  role: string;
  party: string;
  digest: string;
  evidence: Evidence;
  at: Date;
  actorName: string;
}

const signatures = (id: string) => sql<Signature>`
  select id, version, role, party, digest, evidence, at, actor_name as "actorName" from agreements.signature
  where agreement = ${id} order by at, id`;

/** Signing with a detached record of evidence, sealed by the installation's key; the text itself is never touched. */
export function createSigning({
  db,
  clock,
  kinds,
  step,
  signer,
}: Parts & Pick<AgreementWork, 'step'> & { signer(): Signer }) {
  async function textOf(tx: Tx, agreement: Agreement): Promise<string> {
    return digestOf(agreement, await store.latestTerms(tx, agreement.id), await tx.all(store.feesOf(agreement.id)));
  }

  return {
    /** Throws AgreementStepRefused when it is not that role's turn, SignedTextChanged. */
    sign: async (tx: Tx, actor: Actor, id: string, wish: SignatureWish): Promise<Agreement> => {
      const before = await store.lock(tx, actor.scope, id);
      const turn = kindOf(kinds, before.kind).signing[before.state];
      const party = before.parties.find(({ role, party }) => role === wish.role && party === wish.party);
      if (!turn || turn.role !== wish.role || !party)
        throw new AgreementStepRefused({ state: before.state, step: `sign:${wish.role}` });
      const digest = await textOf(tx, before);
      if (digest !== wish.digest) throw new SignedTextChanged({ digest });
      const at = clock.now();
      const statement = JSON.stringify({
        agreement: id,
        code: before.code,
        version: before.version,
        digest,
        role: wish.role,
        party: wish.party,
        identityCheck: wish.identityCheck,
        consent: wish.consent,
        at: at.toISOString(),
        by: actor.id,
        from: actor.from ?? null,
      });
      const evidence = JSON.stringify({ statement, seal: signer().sign(statement) });
      await tx.run(sql`
        insert into agreements.signature (id, agreement, organisation, version, role, party, digest, evidence, at, actor, actor_name)
        values (${newId()}, ${id}, ${before.organisation}, ${before.version}, ${wish.role}, ${wish.party}, ${digest}, ${evidence}, ${at}, ${actor.id}, ${actor.name})`);
      return step(tx, actor, id, turn.step);
    },
    /** Each signature with whether its seal holds and the text it was put under is kept unchanged among the versions. */
    signatures: (actor: Actor, id: string) =>
      db.transaction(actor.scope, async (tx) => {
        await store.lock(tx, actor.scope, id);
        const versions = new Map((await tx.all(store.versionsOf(id))).map((each) => [each.number, each]));
        const agreement = await store.lock(tx, actor.scope, id);
        return (await tx.all(signatures(id))).map((each) => {
          const version = versions.get(each.version);
          const recomputed =
            version &&
            digestOf({ ...agreement, startsOn: version.startsOn, endsOn: version.endsOn }, version.terms, version.fees);
          const holds = signer().verify(each.evidence.statement, each.evidence.seal) && recomputed === each.digest;
          return { ...each, holds };
        });
      }),
    textDigest: (actor: Actor, id: string) =>
      db.transaction(actor.scope, async (tx) => textOf(tx, await store.lock(tx, actor.scope, id))),
  };
}
