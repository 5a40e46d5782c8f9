import type { LeasesService } from '@keystead/apps/housing/leases';
import type { PapersService } from '@keystead/apps/housing/papers';
import { AgreementMissing, type AgreementsService, type Fee } from '@keystead/apps/work/agreements';
import type { Actor } from '@keystead/contracts/access';
import { problem } from '@keystead/contracts/problem';
import type { Kernel } from '@keystead/kernel/module';
import type { IdentityService } from '@keystead/kernel/security/identity';
import type { OwnLease, Standing, StandingOf } from './standing.ts';

/** The code typed in is not the one that was sent, or it is too old. */
export class SigningCodeWrong extends problem('signing-code-wrong', 403) {}

export interface OwnLeaseFile extends OwnLease {
  readonly title: string;
  readonly lessor: string;
  readonly terms: Record<string, unknown>;
  readonly fees: readonly Fee[];
  /** Of the wording as it is now; what one signs under. */
  readonly digest: string;
  readonly toSign: boolean;
  /** The sealed file is there to be downloaded. */
  readonly sealed: boolean;
  readonly signatures: readonly { role: string; at: Date; holds: boolean }[];
}

type Parts = Pick<Kernel, 'db' | 'audit'> & {
  standing: StandingOf;
  agreements: AgreementsService;
  leases: LeasesService;
  papers: Pick<PapersService, 'sealedOf'>;
  codes: IdentityService['codes'];
};

const purposeOf = (id: string): string => `sign:${id}`;

/** Reading and signing one's own leases. Those of others are not there. */
export function createOwnLeases({ db, audit, standing, agreements, leases, papers, codes }: Parts) {
  function mine({ leases }: Standing, id: string): OwnLease {
    const found = leases.find((each) => each.id === id);
    if (!found) throw new AgreementMissing({ id });
    return found;
  }

  return {
    list: async (actor: Actor): Promise<readonly OwnLease[]> => (await standing(actor)).leases,

    get: async (actor: Actor, id: string): Promise<OwnLeaseFile> => {
      const who = await standing(actor);
      const lease = mine(who, id);
      const [{ title, parties }, versions, fees, digest, signatures, sealed] = await Promise.all([
        agreements.get(who.own, id),
        agreements.versions(who.own, id),
        agreements.fees(who.own, id),
        agreements.textDigest(who.own, id),
        agreements.signatures(who.own, id),
        papers.sealedOf([id]),
      ]);
      return {
        ...lease,
        title,
        lessor: parties.find(({ role }) => role === 'lessor')?.name ?? '',
        terms: versions.at(-1)?.terms ?? {},
        fees,
        digest,
        toSign: lease.state === 'pending-tenant',
        sealed: sealed.has(id),
        signatures: signatures.map(({ role, at, holds }) => ({ role, at, holds })),
      };
    },

    /** Sends the code the signature will need; answers how many seconds it lives. */
    sendCode: async (actor: Actor, id: string): Promise<number> => {
      const who = await standing(actor);
      const { place } = mine(who, id);
      const line = { action: 'lease.ask-code', subject: `agreement:${id}`, place };
      await db.transaction(who.own.scope, (tx) => audit.add(tx, actor, line));
      return codes.send({ account: actor.id, organisation: actor.scope.organisation }, purposeOf(id));
    },

    /** Signs as tenant. Throws AgreementMissing, SigningCodeWrong, AgreementStepRefused, SignedTextChanged. */
    sign: async (actor: Actor, id: string, wish: { digest: string; consent: string; code: string }): Promise<void> => {
      const who = await standing(actor);
      const { party } = mine(who, id);
      if (!(await codes.use(actor.id, purposeOf(id), wish.code))) throw new SigningCodeWrong();
      const { digest, consent } = wish;
      await leases.sign(who.own, id, { role: 'tenant', party, digest, consent, identityCheck: 'code' });
    },
  };
}

export type OwnLeases = ReturnType<typeof createOwnLeases>;
