import { type MountedRoute, route } from '@keystead/kernel/http';
import { RetentionTooShort } from '@keystead/kernel/security/audit';
import { SheetFormatSchema, sheetFile } from '@keystead/kernel/sheet';
import { Type } from 'typebox';
import type { JournalService } from './journal.ts';
import { LineMissing, VerificationMissing } from './line.ts';
import { LineFilter, LinePage, LineQuery, LineView, RetentionView, VerificationView } from './schemas.ts';

const Ref = Type.Object({ id: Type.String({ format: 'uuid' }) });

const reading = (journal: JournalService): MountedRoute[] => [
  route({
    id: 'journal.list',
    at: 'GET /',
    summary: 'Lines of the journal, newest first',
    permission: 'journal:read',
    query: LineQuery,
    reply: LinePage,
    run: ({ actor, query }) => journal.list(actor, query),
  }),
  route({
    id: 'journal.export',
    at: 'GET /export',
    summary: 'Lines of the journal as CSV or XLSX; leaves a line itself',
    permission: 'journal:read',
    query: Type.Object({ ...LineFilter.properties, format: SheetFormatSchema }),
    rate: 10,
    run: async ({ actor, query: { format, ...filter }, facts }) =>
      sheetFile(await journal.export(actor, filter, format === 'xlsx' ? facts.language : undefined), format),
  }),
  route({
    id: 'journal.get',
    at: 'GET /:id',
    summary: 'One line of the journal',
    permission: 'journal:read',
    params: Ref,
    reply: LineView,
    problems: [LineMissing],
    run: ({ actor, params }) => journal.get(actor, params.id),
  }),
];

const keeping = (journal: JournalService): MountedRoute[] => [
  route({
    id: 'journal.retention',
    at: 'GET /retention',
    summary: 'How long lines are kept',
    permission: 'journal:read',
    reply: RetentionView,
    run: () => journal.retention(),
  }),
  route({
    id: 'journal.keepFor',
    at: 'PUT /retention',
    summary: 'Set how long lines are kept; never under 180 days',
    permission: 'system:write',
    body: Type.Object({ days: Type.Integer({ minimum: 1, maximum: 36_500 }) }),
    reply: RetentionView,
    problems: [RetentionTooShort],
    run: ({ actor, body }) => journal.keepFor(actor, body.days),
  }),
];

const verifying = (journal: JournalService): MountedRoute[] => [
  route({
    id: 'journal.verify',
    at: 'POST /verifications',
    summary: 'Verify the whole chain against the anchors outside the database; ask for its progress by id',
    permission: 'journal:verify',
    status: 202,
    reply: VerificationView,
    rate: 20,
    run: ({ actor }) => journal.verifications.start(actor),
  }),
  route({
    id: 'journal.verifications',
    at: 'GET /verifications',
    summary: 'The last runs of the verifier',
    permission: 'journal:verify',
    reply: Type.Object({ items: Type.Array(VerificationView) }),
    run: async () => ({ items: await journal.verifications.list() }),
  }),
  route({
    id: 'journal.verification',
    at: 'GET /verifications/:id',
    summary: 'Progress and result of one run of the verifier',
    permission: 'journal:verify',
    params: Ref,
    reply: VerificationView,
    problems: [VerificationMissing],
    run: ({ params }) => journal.verifications.get(params.id),
  }),
];

export const journalRoutes = (journal: JournalService): MountedRoute[] => [
  ...keeping(journal),
  ...verifying(journal),
  ...reading(journal),
];
