import { OwnPartyMissing } from '@keystead/data/parties';
import { RecordGone, RecordMissing } from '@keystead/data/records';
import { Download, type MountedRoute, route } from '@keystead/kernel/http';
import type { OwnContracts } from './own.ts';
import { ContractMissing } from './problems.ts';
import { ProofView, Ref } from './schemas.ts';

const problems = [OwnPartyMissing, ContractMissing, RecordMissing, RecordGone];

/** What a tenant sees of his own contracts. */
export const ownContractRoutes = (own: OwnContracts): MountedRoute[] => [
  route({
    id: 'ownContracts.preview',
    at: 'GET /:id/preview',
    summary: 'The wording of my lease to be read before signing',
    permission: 'own-data:use',
    params: Ref,
    problems,
    run: async ({ actor, params }) =>
      new Download(await own.preview(actor, params.id), 'application/pdf', 'contract-draft.pdf'),
  }),
  route({
    id: 'ownContracts.file',
    at: 'GET /:id/file',
    summary: 'My sealed contract',
    permission: 'own-data:use',
    params: Ref,
    problems,
    run: async ({ actor, params }) => {
      const { record, content } = await own.open(actor, params.id, 'contract');
      return new Download(content, record.mediaType, record.name);
    },
  }),
  route({
    id: 'ownContracts.evidence',
    at: 'GET /:id/evidence',
    summary: 'The record of evidence of my contract',
    permission: 'own-data:use',
    params: Ref,
    problems,
    run: async ({ actor, params }) => {
      const { record, content } = await own.open(actor, params.id, 'evidence');
      // As bytes, so that what is saved has the hash that was written down.
      return new Download(content, 'application/octet-stream', record.name);
    },
  }),
  route({
    id: 'ownContracts.prove',
    at: 'GET /:id/proof',
    summary: 'Whether my contract is what was signed',
    permission: 'own-data:use',
    params: Ref,
    reply: ProofView,
    problems,
    run: ({ actor, params }) => own.prove(actor, params.id),
  }),
];
