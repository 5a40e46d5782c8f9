import { AgreementMissing } from '@keystead/apps/work/agreements';
import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { RecordGone, RecordMissing } from '@keystead/data/records';
import { Download, type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import type { ContractFile, Contracts } from './contracts.ts';
import { ContractMissing, ContractUnsigned, ReceiptMissing } from './problems.ts';
import type { Receipt } from './receipts.ts';
import { ContractView, ProofView, Ref, TemplateBody, TemplateView } from './schemas.ts';
import { TemplateInvalid } from './template.ts';
import type { Templates } from './templates.ts';

const pdf = 'application/pdf';
const largest = 20 * 1024 * 1024;
const dated = ({ at, ...file }: ContractFile) => ({ ...file, at: at.toISOString() });

/** Wordings of contracts, the sealed files, looking whether they are what they were, and receipts. */
export const contractRoutes = (parts: {
  contracts: Contracts;
  templates: Templates;
  receipt: Receipt;
}): MountedRoute[] => {
  const { contracts, templates, receipt } = parts;
  return [
    route({
      id: 'contracts.templates',
      at: 'GET /templates',
      summary: 'Wordings of contracts, every number of them',
      permission: 'lease:read',
      reply: Type.Array(TemplateView),
      run: async ({ actor }) => (await templates.all(actor)).map((each) => ({ ...each, clauses: [...each.clauses] })),
    }),
    route({
      id: 'contracts.writeTemplate',
      at: 'POST /templates',
      summary: 'Write a new wording, in force for leases drafted from a day on',
      permission: 'lease:write',
      body: TemplateBody,
      reply: Type.Object({ number: Type.Integer() }),
      status: 201,
      problems: [TemplateInvalid, InputInvalid, NotAllowed],
      run: ({ actor, body }) => templates.write(actor, body),
    }),
    route({
      id: 'contracts.previewTemplate',
      at: 'POST /templates/preview',
      summary: "A wording as a file, filled with a lease that is nobody's; nothing is kept",
      permission: 'lease:read',
      body: Type.Omit(TemplateBody, ['note']),
      problems: [TemplateInvalid, InputInvalid],
      rate: 30,
      run: async ({ body }) => new Download(await templates.preview(body), pdf, 'contract-template.pdf'),
    }),
    route({
      id: 'contracts.get',
      at: 'GET /:id',
      summary: 'What is known of the sealed file of a lease',
      permission: 'lease:read',
      params: Ref,
      reply: ContractView,
      problems: [ContractMissing],
      run: async ({ actor, params }) => dated(await contracts.get(actor, params.id)),
    }),
    route({
      id: 'contracts.make',
      at: 'POST /:id',
      summary: 'Make the sealed file of a signed lease that has none; it is made once',
      permission: 'lease:write',
      params: Ref,
      reply: ContractView,
      status: 201,
      problems: [AgreementMissing, ContractUnsigned],
      run: async ({ actor, params }) => dated(await contracts.make(actor, params.id)),
    }),
    route({
      id: 'contracts.preview',
      at: 'GET /:id/preview',
      summary: 'The wording of a lease as a file to be read before signing, without a seal',
      permission: 'lease:read',
      params: Ref,
      problems: [AgreementMissing],
      run: async ({ actor, params }) =>
        new Download(await contracts.preview(actor, params.id), pdf, 'contract-draft.pdf'),
    }),
    ...(['contract', 'evidence'] as const).map((which) =>
      route({
        id: which === 'contract' ? 'contracts.file' : 'contracts.evidence',
        at: `GET /:id/${which === 'contract' ? 'file' : 'evidence'}`,
        summary: which === 'contract' ? 'The sealed contract' : 'The record of evidence of a sealed contract',
        permission: 'lease:read',
        params: Ref,
        problems: [ContractMissing, RecordMissing, RecordGone],
        run: async ({ actor, params }) => {
          const { record, content } = await contracts.open(actor, params.id, which);
          // Evidence as bytes too, so that what is saved has the hash that was written down.
          return new Download(content, which === 'contract' ? pdf : 'application/octet-stream', record.name);
        },
      }),
    ),
    route({
      id: 'contracts.prove',
      at: 'GET /:id/proof',
      summary: 'Whether the stored contract is what was signed: seal, hash, certificate, evidence, signatures',
      permission: 'lease:read',
      params: Ref,
      reply: ProofView,
      problems: [ContractMissing, RecordMissing, RecordGone],
      run: ({ actor, params }) => contracts.prove(actor, params.id),
    }),
    route({
      id: 'contracts.check',
      at: 'POST /:id/checks',
      summary: 'Look at a file somebody brings as the contract of this lease',
      permission: 'lease:read',
      params: Ref,
      body: 'bytes',
      bodyLimit: largest,
      reply: ProofView,
      problems: [ContractMissing, RecordMissing, RecordGone],
      run: ({ actor, params, body }) => contracts.check(actor, params.id, body),
    }),
    route({
      id: 'contracts.receipt',
      at: 'GET /receipts/:id',
      summary: 'The receipt of a payment, sealed',
      permission: 'payment:read',
      params: Ref,
      problems: [ReceiptMissing],
      run: async ({ actor, params }) => {
        const { name, content } = await receipt(actor, params.id);
        return new Download(content, pdf, name);
      },
    }),
  ];
};
