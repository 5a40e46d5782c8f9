import { createHash } from 'node:crypto';
import type { Agreement } from '@keystead/apps/work/agreements';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import type { RecordsService } from '@keystead/data/records';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { renderPaper, type Sealer, sealPaper, verifySeal } from '@keystead/kernel/pdf';
import type { Signer } from '@keystead/kernel/security/audit';
import { contractPaper } from './contract-paper.ts';
import { ContractMissing, ContractUnsigned } from './problems.ts';
import type { ContractText, TextOf } from './reading.ts';
import { templateMark } from './template.ts';

export interface ContractFile {
  agreement: string;
  version: number;
  digest: string;
  templateKind: string;
  templateNumber: number;
  contract: string;
  evidence: string;
  sha256: string;
  evidenceSha256: string;
  certificate: string;
  at: Date;
}

/** Each `true` was looked at just now, on the bytes that are stored. */
export interface ContractProof {
  /** PAdES seal over the whole file: `intact`, `altered`, `none`. */
  readonly seal: string;
  /** The file is byte for byte the one that was sealed then. */
  readonly sameFile: boolean;
  /** It was sealed by the certificate written down then. */
  readonly sameCertificate: boolean;
  /** The evidence is unchanged, names this file, and its own signature (with its time) holds. */
  readonly evidence: boolean;
  /** Every party's signature holds, under the wording the file prints. */
  readonly signatures: boolean;
  readonly holds: boolean;
}

/** What the sealers of the installation are; opened when first needed. */
export interface Seals {
  sealer(): Promise<Sealer>;
  signer(): Signer;
}

const keptYears = 30;
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const columns =
  sql.raw(`agreement, version, digest, template_kind as "templateKind", template_number as "templateNumber", contract,
  evidence, sha256, evidence_sha256 as "evidenceSha256", certificate, at`);

/** All that shows who agreed to what, when and how it was made sure; signed by the installation's own key beside the PDF. */
function evidenceOf(
  { agreement, version, signatures, facts }: ContractText,
  file: object,
  at: Date,
  signer: Signer,
): Buffer {
  const record = JSON.stringify({
    lease: { id: agreement.id, code: agreement.code, version: version.number, digest: version.digest },
    template: templateMark(facts.template),
    parties: agreement.parties,
    file,
    signatures: signatures.map(({ role, digest, evidence }) => ({ role, digest, ...evidence })),
    at: at.toISOString(),
  });
  return Buffer.from(JSON.stringify({ record, seal: signer.sign(record) }, null, 1));
}

async function wholeOf(content: AsyncIterable<Buffer | string>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of content) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

type Parts = Pick<Kernel, 'db' | 'clock' | 'audit'> & { records: RecordsService; textOf: TextOf; seals: Seals };

/** Signed leases as sealed files with their evidence (H-9.1.3-a). */
export function createContracts({ db, clock, audit, records, textOf, seals }: Parts) {
  const found = (tx: Tx, actor: Actor, id: string) =>
    tx.maybe(sql<ContractFile>`
      select ${columns} from papers.contract where agreement = ${id} and organisation = ${actor.scope.organisation}
        and ${inSubtrees(actor.scope, 'place')}`);

  /** Throws ContractMissing. */
  const get = (actor: Actor, id: string): Promise<ContractFile> =>
    db.transaction(actor.scope, async (tx) => {
      const file = await found(tx, actor, id);
      if (!file) throw new ContractMissing({ id });
      return file;
    });

  async function put(tx: Tx, actor: Actor, agreement: Agreement, name: string, mediaType: string, content: Buffer) {
    const labels = { storeLevel: 3, retentionYears: keptYears, subject: `agreement:${agreement.id}` } as const;
    return records.put(tx, actor, { ...labels, place: agreement.place, name, mediaType, content });
  }

  /** Makes the sealed file of a signed lease, once. Throws AgreementMissing, ContractUnsigned. */
  async function make(actor: Actor, id: string): Promise<ContractFile> {
    const text = await textOf(actor, id);
    const { agreement, version, signatures, facts } = text;
    const roles = new Set(signatures.filter(({ holds }) => holds).map(({ role }) => role));
    if (!roles.has('tenant') || !roles.has('lessor')) throw new ContractUnsigned({ id, state: agreement.state });
    const { file, sha256, certificate } = await sealPaper(
      await renderPaper(contractPaper(facts)),
      await seals.sealer(),
    );
    const at = clock.now();
    const evidence = evidenceOf(text, { sha256, certificate }, at, seals.signer());
    return db.transaction(actor.scope, async (tx) => {
      await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`papers:${id}`}, 0))`);
      const known = await found(tx, actor, id);
      if (known) {
        const detail = { code: agreement.code, sha256: known.sha256, made: known.at.toISOString() };
        const place = agreement.place;
        await audit.add(tx, actor, { action: 'contract.seal-again', subject: `agreement:${id}`, place, detail });
        return known;
      }
      const contract = await put(tx, actor, agreement, `${agreement.code}.pdf`, 'application/pdf', file);
      const proof = await put(tx, actor, agreement, `${agreement.code}-evidence.json`, 'application/json', evidence);
      const { kind, number } = facts.template;
      await tx.run(sql`
        insert into papers.contract (agreement, organisation, place, version, digest, template_kind, template_number, contract, evidence,
          sha256, evidence_sha256, certificate, at)
        values (${id}, ${agreement.organisation}, ${agreement.place}, ${version.number}, ${version.digest}, ${kind}, ${number}, ${contract.id},
          ${proof.id}, ${sha256}, ${proof.hash}, ${certificate}, ${at})`);
      await audit.add(tx, actor, {
        action: 'contract.seal',
        subject: `agreement:${id}`,
        place: agreement.place,
        detail: { code: agreement.code, digest: version.digest, sha256, certificate, template: `${kind}-${number}` },
      });
      const made = await found(tx, actor, id);
      if (!made) throw new ContractMissing({ id });
      return made;
    });
  }

  const bytes = async (actor: Actor, record: string, purpose: string): Promise<Buffer> =>
    wholeOf((await records.open(actor, record, purpose)).content);

  /** Whether the evidence names this file and is signed by this installation. */
  function evidenceHolds(evidence: Buffer, file: ContractFile): boolean {
    try {
      const { record, seal } = JSON.parse(evidence.toString('utf8')) as { record: string; seal: string };
      const said = JSON.parse(record) as { lease: { digest: string }; file: { sha256: string; certificate: string } };
      return (
        seals.signer().verify(record, seal) &&
        said.file.sha256 === file.sha256 &&
        said.file.certificate === file.certificate &&
        said.lease.digest === file.digest
      );
    } catch {
      return false;
    }
  }

  /** Looks at a file as if it were the contract of the lease: the stored one, or one somebody brings. Throws ContractMissing. */
  async function prove(actor: Actor, id: string, brought?: Buffer): Promise<ContractProof> {
    const file = await get(actor, id);
    const content = brought ?? (await bytes(actor, file.contract, 'contract-check'));
    const evidence = await bytes(actor, file.evidence, 'contract-check');
    const { verdict, certificate } = await verifySeal(content);
    const { signatures } = await textOf(actor, id);
    const checks = {
      seal: verdict,
      sameFile: sha256(content) === file.sha256,
      sameCertificate: certificate === file.certificate,
      evidence: sha256(evidence) === file.evidenceSha256 && evidenceHolds(evidence, file),
      signatures: signatures.length >= 2 && signatures.every(({ holds, digest }) => holds && digest === file.digest),
    };
    const { seal, ...others } = checks;
    return { ...checks, holds: seal === 'intact' && Object.values(others).every(Boolean) };
  }

  return {
    get,
    make,
    prove,
    /** By the platform itself, after the last signature. */
    makeFor: (organisation: string, id: string) => make(systemActor('papers', organisation as OrganisationId), id),
    /** A file somebody brings, looked at and noted. */
    check: async (actor: Actor, id: string, brought: Buffer): Promise<ContractProof> => {
      const proof = await prove(actor, id, brought);
      await db.transaction(actor.scope, (tx) =>
        audit.add(tx, actor, {
          action: 'contract.check',
          subject: `agreement:${id}`,
          detail: { sha256: sha256(brought), seal: proof.seal, holds: proof.holds },
        }),
      );
      return proof;
    },
    open: async (actor: Actor, id: string, which: 'contract' | 'evidence') =>
      records.open(actor, (await get(actor, id))[which], 'contract'),
    /** The wording to be read before it is signed, without a seal. */
    preview: async (actor: Actor, id: string): Promise<Buffer> => {
      const { facts } = await textOf(actor, id);
      return renderPaper(contractPaper({ ...facts, signed: [] }));
    },
  };
}

export type Contracts = ReturnType<typeof createContracts>;
