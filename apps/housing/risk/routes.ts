import { HouseMissing } from '@keystead/apps/housing/stock';
import { EditConflict, InputInvalid } from '@keystead/contracts/problem';
import { PlaceMissing } from '@keystead/data/places';
import { MediaTypeMismatch, RecordTooLarge } from '@keystead/data/records';
import { bytesOf, type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import type { Grade } from './facts.ts';
import { evidenceLimit, ReportMissing } from './reports.ts';
import {
  ClosingBody,
  dayView,
  EvidenceView,
  evidenceView,
  Feedback,
  HomeKindSchema,
  IdText,
  KindSchema,
  OpenAges,
  PersonDetailView,
  ReportKindSchema,
  RulesSchema,
  RulesView,
  rulesView,
  StateSchema,
  stepView,
  Text,
  WarningFile,
  WarningPage,
  warningView,
} from './schemas.ts';
import type { RiskService } from './setup.ts';
import { WarningCaseFirst, WarningClosed, WarningCloseIncomplete, WarningMissing } from './warning.ts';

const Ref = Type.Object({ id: IdText });
const CaseMade = Type.Object({ id: IdText, code: Type.String() });

export const warningRoutes = ({ desk, settings }: RiskService): MountedRoute[] => [
  route({
    id: 'risk.list',
    at: 'GET /',
    summary: 'Warnings, newest first: grade and reasons, no persons',
    permission: 'risk:read',
    query: Type.Object({
      state: Type.Optional(StateSchema),
      kind: Type.Optional(KindSchema),
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
      cursor: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    reply: WarningPage,
    problems: [InputInvalid],
    run: async ({ actor, query }) => {
      const { items, next } = await desk.list(actor, query);
      return { items: items.map(warningView), next };
    },
  }),
  route({
    id: 'risk.raise',
    at: 'POST /',
    summary: 'A warning about a home by hand, from what somebody saw; goes the way of all others',
    permission: 'risk:handle',
    body: Type.Object({ kind: HomeKindSchema, house: IdText, grade: Type.Enum([1, 2, 3, 4]) }),
    reply: Type.Object({ id: IdText }),
    status: 201,
    problems: [HouseMissing],
    run: async ({ actor, body }) => ({ id: await desk.raise(actor, { ...body, grade: body.grade as Grade }) }),
  }),
  route({
    id: 'risk.openAges',
    at: 'GET /open-ages',
    summary: 'Open warnings by kind and how long they wait',
    permission: 'risk:read',
    reply: OpenAges,
    run: async ({ actor }) =>
      (await desk.openAges(actor)).map(({ oldest, ...row }) => ({ ...row, oldest: oldest.toISOString() })),
  }),
  route({
    id: 'risk.feedback',
    at: 'GET /feedback',
    summary: 'What people said of closed warnings, by kind',
    permission: 'risk:read',
    reply: Feedback,
    run: ({ actor }) => desk.feedback(actor),
  }),
  route({
    id: 'risk.rules',
    at: 'GET /rules',
    summary: 'The numbers homes and leases are judged by',
    permission: 'risk:read',
    reply: RulesView,
    run: async ({ actor }) => {
      const { rules, version } = await settings.get(actor);
      return { rules: rulesView(rules), version };
    },
  }),
  route({
    id: 'risk.setRules',
    at: 'PUT /rules',
    summary: 'Set the numbers homes and leases are judged by; holds from the next look on',
    permission: 'risk:configure',
    body: RulesSchema,
    problems: [InputInvalid, EditConflict],
    run: ({ actor, body, facts }) => settings.set(actor, body, facts.version),
  }),
  route({
    id: 'risk.get',
    at: 'GET /:id',
    summary: 'One warning with its reasons and steps',
    permission: 'risk:read',
    params: Ref,
    reply: WarningFile,
    problems: [WarningMissing],
    run: async ({ actor, params }) => {
      const { warning, steps } = await desk.get(actor, params.id);
      return { warning: warningView(warning), steps: steps.map(stepView) };
    },
  }),
  route({
    id: 'risk.own',
    at: 'POST /:id/owner',
    summary: 'Take a warning over',
    permission: 'risk:handle',
    params: Ref,
    problems: [WarningMissing, WarningClosed],
    run: ({ actor, params }) => desk.own(actor, params.id),
  }),
  route({
    id: 'risk.openCase',
    at: 'POST /:id/case',
    summary: 'Open the violation case of a warning; the same again answers the same case',
    permission: 'risk:handle',
    params: Ref,
    body: Type.Object({ note: Text(2000) }),
    reply: CaseMade,
    problems: [WarningMissing, WarningClosed],
    run: ({ actor, params, body }) => desk.openCase(actor, params.id, body.note),
  }),
  route({
    id: 'risk.reveal',
    at: 'POST /:id/detail',
    summary: 'What stands behind the sums and whom the contract names; after a case was opened, for a reason',
    permission: 'risk:handle',
    params: Ref,
    body: Type.Object({ reason: Text(200) }),
    reply: PersonDetailView,
    problems: [WarningMissing, WarningCaseFirst],
    run: async ({ actor, params, body }) => {
      const { days, tenants } = await desk.reveal(actor, params.id, body.reason);
      return { days: days.map(dayView), tenants: [...tenants] };
    },
  }),
  route({
    id: 'risk.close',
    at: 'POST /:id/closure',
    summary: 'Close a warning with action, person, result and feedback',
    permission: 'risk:handle',
    params: Ref,
    body: ClosingBody,
    problems: [WarningMissing, WarningClosed, WarningCloseIncomplete, EditConflict],
    run: ({ actor, params, body, facts }) => desk.close(actor, params.id, body, facts.version),
  }),
];

export const reportRoutes = ({ reports }: RiskService): MountedRoute[] => [
  route({
    id: 'violations.report',
    at: 'POST /',
    summary: 'Report a violation: opens a case with hearing steps',
    permission: 'case:write',
    body: Type.Object({ kind: ReportKindSchema, placeId: IdText, note: Text(2000) }),
    reply: CaseMade,
    status: 201,
    problems: [PlaceMissing],
    run: ({ actor, body }) => reports.report(actor, body),
  }),
  route({
    id: 'violations.addEvidence',
    at: 'POST /:id/evidence',
    summary: 'Hand in a photo or video of a violation as application/octet-stream, with its hash, time and place',
    permission: 'case:write',
    params: Ref,
    query: Type.Object({
      name: Text(255),
      mediaType: Type.String({ pattern: '^(image|video)/[\\w.+-]+$', maxLength: 120 }),
      sha256: Type.String({ pattern: '^[0-9a-fA-F]{64}$' }),
      takenAt: Type.String({ format: 'date-time' }),
      longitude: Type.Number({ minimum: -180, maximum: 180 }),
      latitude: Type.Number({ minimum: -90, maximum: 90 }),
    }),
    body: 'bytes',
    bodyLimit: evidenceLimit,
    reply: EvidenceView,
    status: 201,
    problems: [ReportMissing, MediaTypeMismatch, RecordTooLarge, InputInvalid],
    run: async ({ actor, params, query, body }) => {
      const content = bytesOf(body);
      const file = { ...query, takenAt: new Date(query.takenAt), content };
      return evidenceView(await reports.addEvidence(actor, params.id, file));
    },
  }),
  route({
    id: 'violations.evidence',
    at: 'GET /:id/evidence',
    summary: 'Evidence of a violation case; altered files are marked',
    permission: 'case:read',
    params: Ref,
    reply: Type.Array(EvidenceView),
    problems: [ReportMissing],
    run: async ({ actor, params }) => (await reports.evidence(actor, params.id)).map(evidenceView),
  }),
];
