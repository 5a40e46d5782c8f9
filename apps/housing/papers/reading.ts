import type { LeasesService } from '@keystead/apps/housing/leases';
import type { Agreement, AgreementsService, Signature, Version } from '@keystead/apps/work/agreements';
import type { Actor } from '@keystead/contracts/access';
import { sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { ContractFacts, SignedBy } from './contract-paper.ts';
import { type TemplateMark, templateOf } from './template.ts';
import type { Templates } from './templates.ts';

export type SignatureFound = Signature & { holds: boolean };

export interface ContractText {
  readonly agreement: Agreement;
  readonly version: Version;
  readonly signatures: readonly SignatureFound[];
  readonly facts: ContractFacts;
}

/** How fees are called; answered by whoever bills them. */
export type FeeNames = (organisation: string) => Promise<ReadonlyMap<string, string>>;

type Parts = Pick<Kernel, 'db' | 'clock'> & {
  agreements: AgreementsService;
  leases: Pick<LeasesService, 'get'>;
  templates: Templates;
  feeNames: FeeNames;
};

interface Statement {
  role: string;
  party: string;
  at: string;
  identityCheck: string;
  consent: string;
}

const signedBy = ({ parties }: Agreement, { evidence }: SignatureFound): SignedBy => {
  const said = JSON.parse(evidence.statement) as Statement;
  const name = parties.find(({ party }) => party === said.party)?.name ?? '';
  return { role: said.role, name, at: said.at, identityCheck: said.identityCheck, consent: said.consent };
};

const markOf = (terms: Readonly<Record<string, unknown>>): Pick<TemplateMark, 'kind' | 'number'> | undefined => {
  const mark = terms.template as Partial<TemplateMark> | undefined;
  return mark?.kind && typeof mark.number === 'number' ? { kind: mark.kind, number: mark.number } : undefined;
};

/** The text of a lease as it stands, or as it was signed when it was. Throws AgreementMissing. */
export const createTexts = ({ db, clock, agreements, leases, templates, feeNames }: Parts) =>
  async function textOf(actor: Actor, id: string): Promise<ContractText> {
    const { lease, ...agreement } = await leases.get(actor, id);
    const versions = await agreements.versions(actor, id);
    const signatures = await agreements.signatures(actor, id);
    const last = versions.at(-1) as Version;
    // What was signed last: the state after it has the same wording.
    const version = versions.find(({ step }) => step === 'lessor-signed') ?? last;
    const held = signatures.filter(({ digest }) => digest === version.digest);
    const { organisation } = agreement;
    const names = await feeNames(organisation);
    return db.transaction(actor.scope, async (tx) => {
      const before = lease.previous
        ? await tx.maybe(sql<{ code: string }>`select code from agreements_pub.agreement where id = ${lease.previous}`)
        : undefined;
      const mark = markOf(version.terms);
      const template =
        (mark && (await templates.numbered(tx, organisation, mark.kind, mark.number))) ??
        (await templates.inForce(tx, organisation, templateOf(lease.kind)));
      const path = await tx.all(sql<{ name: string }>`
        select name from places_pub.place where organisation = ${organisation} and ${agreement.place} like path || '%' order by path`);
      const facts: ContractFacts = {
        agreement,
        version,
        template,
        house: path.map(({ name }) => name).join(' '),
        previous: before?.code ?? '',
        feeNames: names,
        signed: held.map((each) => signedBy(agreement, each)),
        at: clock.now(),
      };
      return { agreement, version, signatures: held, facts };
    });
  };

export type TextOf = ReturnType<typeof createTexts>;
