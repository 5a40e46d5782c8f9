import { AmountTooLarge, ChargeMissing, PeriodClosed } from '@keystead/apps/work/ledger';
import { NotAllowed } from '@keystead/contracts/problem';
import { maskName } from '@keystead/data/parties';
import { PlaceMissing } from '@keystead/data/places';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import type { BillingService } from './billing.ts';
import { BillFixed, BillMissing, ReportMissing, RunMissing, RunUnderWay } from './problems.ts';
import type { BillView } from './reading.ts';
import { reportFile } from './report-file.ts';
import type { Run } from './runs.ts';
import * as shape from './schemas.ts';

const Ref = Type.Object({ id: shape.IdText });
const when = (at: Date | null): string | null => at?.toISOString() ?? null;
const billRow = ({ issuedAt, reversedAt, ...rest }: BillView) => ({
  ...rest,
  tenant: rest.tenant && maskName(rest.tenant),
  issuedAt: issuedAt.toISOString(),
  reversedAt: when(reversedAt),
});
const runView = ({ id, period, state, total, passed, bills, lines, amount, actorName, ...times }: Run) => ({
  ...{ id, period, state, total, passed, bills, lines, amount, actorName },
  startedAt: times.startedAt.toISOString(),
  progressAt: times.progressAt.toISOString(),
  finishedAt: when(times.finishedAt),
});

/** Bills, their lines and figures, and the runs that make them. */
export const billRoutes = (billing: BillingService): MountedRoute[] => [
  route({
    id: 'bills.list',
    at: 'GET /',
    summary: 'Bills, the newest first',
    permission: 'bill:read',
    query: shape.BillQuery,
    reply: Type.Array(shape.BillRow),
    run: async ({ actor, query }) => (await billing.reading.bills(actor, query)).map(billRow),
  }),
  route({
    id: 'bills.lines',
    at: 'GET /lines',
    summary: 'Lines of bills, the newest first',
    permission: 'bill:read',
    query: shape.LineQuery,
    reply: Type.Array(shape.LineView),
    run: ({ actor, query }) => billing.reading.lines(actor, query),
  }),
  route({
    id: 'bills.figures',
    at: 'GET /figures',
    summary: 'What a month comes to by kind of fee: due, paid, let go',
    permission: 'bill:read',
    query: Type.Object({ period: shape.PeriodText, place: Type.Optional(Type.String({ maxLength: 500 })) }),
    reply: Type.Array(shape.FigureView),
    run: ({ actor, query }) => billing.reading.figures(actor, query),
  }),
  route({
    id: 'bills.reports',
    at: 'GET /reports',
    summary: 'Collection of the months, as it stood when each was over',
    permission: 'bill:read',
    reply: Type.Array(shape.ReportView),
    problems: [NotAllowed],
    run: async ({ actor }) =>
      (await billing.report.reports(actor)).map((each) => ({ ...each, at: each.at.toISOString() })),
  }),
  route({
    id: 'bills.reportFile',
    at: 'GET /reports/:period/file',
    summary: 'The collection of a month as a file, PDF or XLSX',
    permission: 'bill:read',
    params: Type.Object({ period: shape.PeriodText }),
    query: Type.Object({
      format: Type.Enum(['pdf', 'xlsx']),
      language: Type.Enum(['zh-CN', 'en'], { default: 'zh-CN' }),
    }),
    problems: [NotAllowed, ReportMissing],
    run: async ({ actor, params, query: { format, language } }) => {
      const report = await billing.report.get(actor, params.period);
      return reportFile(report, await billing.catalogue.namesIn(actor, language), format, language);
    },
  }),
  route({
    id: 'bills.runs',
    at: 'GET /runs',
    summary: 'Runs of bills with their progress',
    permission: 'bill:read',
    reply: Type.Array(shape.RunView),
    run: async ({ actor }) => (await billing.runs.list(actor)).map(runView),
  }),
  route({
    id: 'bills.run',
    at: 'POST /runs',
    summary: 'Bill a month for all leases; what has a bill gets no second one',
    permission: 'bill:run',
    body: Type.Object({ period: shape.PeriodText }),
    reply: shape.RunView,
    status: 201,
    problems: [RunUnderWay, NotAllowed],
    run: async ({ actor, body }) => runView(await billing.runs.start(actor, body.period)),
  }),
  route({
    id: 'bills.stopRun',
    at: 'POST /runs/:id/stop',
    summary: 'Stop a run after the batch under way',
    permission: 'bill:run',
    params: Ref,
    reply: shape.RunView,
    problems: [RunMissing, NotAllowed],
    run: async ({ actor, params }) => runView(await billing.runs.stop(actor, params.id)),
  }),
  route({
    id: 'bills.recordUsage',
    at: 'POST /usages',
    summary: 'Take meter figures of a month; a bill that is out already is issued anew, once',
    permission: 'bill:write',
    body: shape.UsagesWish,
    reply: shape.UsagesTaken,
    problems: [PlaceMissing, NotAllowed, BillFixed, PeriodClosed],
    run: ({ actor, body }) => billing.bills.recordUsages(actor, body.usages),
  }),
  route({
    id: 'bills.get',
    at: 'GET /:id',
    summary: 'One bill with its lines',
    permission: 'bill:read',
    params: Ref,
    reply: shape.BillDetail,
    problems: [BillMissing],
    run: async ({ actor, params }) => {
      const bill = await billing.reading.bill(actor, params.id);
      const lines = await billing.reading.lines(actor, { document: params.id, limit: 200 });
      return { ...billRow(bill), lines: lines.reverse() };
    },
  }),
  route({
    id: 'bills.reverse',
    at: 'POST /:id/reversal',
    summary: 'Take a bill back, and issue another in its place when wished',
    permission: 'bill:adjust',
    params: Ref,
    body: shape.ReversalWish,
    reply: Type.Object({ reissued: shape.Maybe(shape.IdText) }),
    problems: [BillMissing, BillFixed, PeriodClosed, AmountTooLarge],
    run: async ({ actor, params, body }) => ({
      reissued: (await billing.bills.reverse(actor, params.id, body))?.id ?? null,
    }),
  }),
  route({
    id: 'bills.waive',
    at: 'POST /:id/waivers',
    summary: 'Let part of a line go, with a reason',
    permission: 'bill:adjust',
    params: Ref,
    body: shape.WaiverWish,
    status: 204,
    problems: [BillMissing, ChargeMissing, AmountTooLarge, PeriodClosed],
    run: ({ actor, params, body }) => billing.bills.waive(actor, params.id, body),
  }),
];
