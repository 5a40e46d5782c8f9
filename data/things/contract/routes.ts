import { InputInvalid } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { SheetFormatSchema, sheetFile } from '@keystead/kernel/sheet';
import { Type } from 'typebox';
import { IdText } from '../schemas.ts';
import type { ThingsService } from '../setup.ts';
import { ThingMissing } from '../thing.ts';
import { ContractFilterSchema, ContractReportView, CoverageView, EvidenceListSchema } from './schemas.ts';

const Ref = Type.Object({ id: IdText });

/** Devices held against what they must be able to do, and the papers that show it (H-6.*). */
export const contractRoutes = ({ contract }: ThingsService): MountedRoute[] => [
  route({
    id: 'things.contractReport',
    at: 'GET /contract-report',
    summary: 'Which device types, sites and devices fall short of the device contract',
    permission: 'thing:read',
    query: Type.Object({
      ...ContractFilterSchema.properties,
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
      cursor: Type.Optional(IdText),
    }),
    reply: ContractReportView,
    run: ({ actor, query }) => contract.report(actor, query),
  }),
  route({
    id: 'things.contractReportExport',
    at: 'GET /contract-report/export',
    summary: 'Every point in which a device falls short, as CSV for programs or XLSX for people',
    permission: 'thing:read',
    query: Type.Object({ ...ContractFilterSchema.properties, format: SheetFormatSchema }),
    run: async ({ actor, query: { format, ...filter }, facts }) =>
      sheetFile(await contract.sheet(actor, filter, format === 'xlsx' ? facts.language : undefined), format),
  }),
  route({
    id: 'things.sounderCoverage',
    at: 'GET /sounder-coverage',
    summary: 'Corridors and lift lobbies without a sounder',
    permission: 'thing:read',
    query: Type.Object({ under: Type.Optional(Type.String({ maxLength: 200 })) }),
    reply: CoverageView,
    run: ({ actor, query }) => contract.soundersMissing(actor, query.under),
  }),
  route({
    id: 'things.evidence',
    at: 'GET /:id/evidence',
    summary: 'The certificates and acceptance records of a thing',
    permission: 'thing:read',
    params: Ref,
    reply: EvidenceListSchema,
    problems: [ThingMissing],
    run: ({ actor, params }) => contract.evidence.get(actor, params.id),
  }),
  route({
    id: 'things.putEvidence',
    at: 'PUT /:id/evidence',
    summary: 'Replace the certificates and acceptance records of a thing',
    permission: 'thing:write',
    params: Ref,
    body: EvidenceListSchema,
    reply: EvidenceListSchema,
    problems: [ThingMissing, InputInvalid],
    run: ({ actor, params, body }) => contract.evidence.put(actor, params.id, body),
  }),
];
