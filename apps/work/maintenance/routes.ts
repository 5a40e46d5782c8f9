import { CaseEnded, CaseFull, CaseMissing } from '@keystead/apps/work/cases';
import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { RecordGone, RecordMissing } from '@keystead/data/records';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { MaintenanceDateWrong, type MaintenanceRow, SignatureUnfit } from './record.ts';
import type { MaintenanceService } from './service.ts';

const Id = Type.String({ format: 'uuid' });
const Moment = Type.String({ format: 'date-time' });
const Words = Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' });

const MaintenanceView = Type.Object({
  id: Id,
  caseId: Id,
  caseCode: Type.String(),
  subject: Type.String(),
  at: Moment,
  content: Type.String(),
  problems: Type.String(),
  actions: Type.String(),
  signature: Id,
  signatureHash: Type.String(),
  actorName: Type.String(),
  recordedAt: Moment,
  /** The record is as it was signed. */
  holds: Type.Boolean(),
});

const view = ({
  organisation: _o,
  place: _p,
  actor: _a,
  evidence: _e,
  ...row
}: MaintenanceRow & { holds: boolean }) => ({
  ...row,
  at: row.at.toISOString(),
  recordedAt: row.recordedAt.toISOString(),
});

export const maintenanceRoutes = (records: MaintenanceService): MountedRoute[] => [
  route({
    id: 'maintenance.list',
    at: 'GET /',
    summary: 'Maintenance records of a case or of a thing, each with whether it is as it was signed',
    permission: 'case:read',
    query: Type.Object({
      case: Type.Optional(Id),
      subject: Type.Optional(Type.String({ maxLength: 80, pattern: '^[a-z-]+:[\\w-]+$' })),
    }),
    reply: Type.Array(MaintenanceView),
    run: async ({ actor, query }) =>
      (
        await records.list(actor, {
          ...(query.case ? { caseId: query.case } : {}),
          ...(query.subject ? { subject: query.subject } : {}),
        })
      ).map(view),
  }),
  route({
    id: 'maintenance.write',
    at: 'POST /',
    summary: 'Record a maintenance: time, content, problems, actions and signature are all asked for',
    permission: 'case:handle',
    body: Type.Object({
      case: Id,
      at: Moment,
      content: Words,
      problems: Words,
      actions: Words,
      signature: Type.String({ format: 'uuid', description: 'id of the drawn signature, a picture kept for the case' }),
    }),
    reply: MaintenanceView,
    status: 201,
    problems: [
      ...[CaseMissing, CaseEnded, CaseFull, RecordMissing, RecordGone, InputInvalid, NotAllowed],
      ...[MaintenanceDateWrong, SignatureUnfit],
    ],
    run: async ({ actor, body: { case: caseId, at, ...words } }) =>
      view(await records.write(actor, { ...words, caseId, at: new Date(at) })),
  }),
];
