import { figureView } from '@keystead/apps/insight/measures';
import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { PlaceMissing } from '@keystead/data/places';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import type { Board, createBoard } from './board.ts';
import {
  ExportInvalid,
  ReportMissing,
  TemplateMissing,
  TerminalMissing,
  TerminalTaken,
  WarningMissing,
} from './problems.ts';
import { renderReport } from './rendering.ts';
import type { Report, Reports } from './reports.ts';
import * as shape from './schemas.ts';
import { templates } from './templates.ts';
import type { Terminal, Terminals, Warning } from './terminals.ts';

const boardView = ({ at, figures, ...rest }: Board) => ({
  ...rest,
  at: at.toISOString(),
  figures: figures.map(figureView),
});
const terminalView = ({ madeAt, ...rest }: Terminal) => ({ ...rest, madeAt: madeAt.toISOString() });
const reportView = ({ at, ...rest }: Report) => ({ ...rest, at: at.toISOString() });
const warningView = ({ raisedAt, pushedAt, receivedAt, ...rest }: Warning) => ({
  ...rest,
  raisedAt: raisedAt.toISOString(),
  pushedAt: pushedAt.toISOString(),
  receivedAt: receivedAt?.toISOString() ?? null,
});

export const boardRoutes = (board: ReturnType<typeof createBoard>): MountedRoute[] => [
  route({
    id: 'supervision.board',
    at: 'GET /board',
    summary: 'Every figure for a place now or at the end of a day, and how devices, warnings and violations are spread',
    permission: 'measure:read',
    query: shape.BoardQuery,
    reply: shape.BoardView,
    problems: [PlaceMissing, InputInvalid],
    run: async ({ actor, query }) => boardView(await board(actor, query)),
  }),
];

export const terminalRoutes = (terminals: Terminals): MountedRoute[] => [
  route({
    id: 'supervision.terminals',
    at: 'GET /terminals',
    summary: 'Named terminals that key warnings are sent to',
    permission: 'supervision:read',
    reply: Type.Array(shape.TerminalView),
    run: async ({ actor }) => (await terminals.list(actor)).map(terminalView),
  }),
  route({
    id: 'supervision.addTerminal',
    at: 'POST /terminals',
    summary: 'Name a terminal, what it answers for and from which severity on',
    permission: 'supervision:write',
    body: shape.TerminalWish,
    reply: shape.TerminalView,
    status: 201,
    problems: [TerminalTaken, PlaceMissing, NotAllowed],
    run: async ({ actor, body }) => terminalView(await terminals.add(actor, body)),
  }),
  route({
    id: 'supervision.endTerminal',
    at: 'DELETE /terminals/:id',
    summary: 'Send a terminal nothing more; what it received is kept',
    permission: 'supervision:write',
    params: shape.Ref,
    status: 204,
    problems: [TerminalMissing],
    run: ({ actor, params }) => terminals.end(actor, params.id),
  }),
  route({
    id: 'supervision.testTerminal',
    at: 'POST /terminals/:id/tests',
    summary: 'Send a terminal a word to see whether it hears',
    permission: 'supervision:write',
    params: shape.Ref,
    reply: shape.SentView,
    status: 201,
    problems: [TerminalMissing],
    run: ({ actor, params }) => terminals.test(actor, params.id),
  }),
  route({
    id: 'supervision.warnings',
    at: 'GET /terminals/:id/warnings',
    summary: 'What a terminal was sent, with its receipts',
    permission: 'supervision:read',
    params: shape.Ref,
    query: Type.Object({ waiting: Type.Boolean({ default: false }) }),
    reply: Type.Array(shape.WarningView),
    problems: [TerminalMissing],
    run: async ({ actor, params, query }) => (await terminals.warnings(actor, params.id, query)).map(warningView),
  }),
  route({
    id: 'supervision.receive',
    at: 'POST /terminals/:id/receipts',
    summary: 'The terminal says that it has a warning',
    permission: 'supervision:read',
    params: shape.Ref,
    body: shape.ReceiptWish,
    status: 204,
    problems: [TerminalMissing, WarningMissing, NotAllowed],
    run: ({ actor, params, body }) => terminals.receive(actor, params.id, body.alarm),
  }),
];

export const reportRoutes = (reports: Reports): MountedRoute[] => [
  route({
    id: 'supervision.templates',
    at: 'GET /templates',
    summary: 'Forms of the regions, with the schema of what they take in',
    permission: 'supervision:read',
    reply: Type.Array(shape.TemplateView),
    run: async () =>
      templates.map(({ id, region, name, columns, schema }) => ({
        ...{ id, region, name, columns: columns.map(({ code, label, measure }) => ({ code, label, measure })) },
        schema: { ...schema },
      })),
  }),
  route({
    id: 'supervision.reports',
    at: 'GET /reports',
    summary: 'Reports that were made, the newest month first',
    permission: 'supervision:read',
    reply: Type.Array(shape.ReportView),
    problems: [NotAllowed],
    run: async ({ actor }) => (await reports.list(actor)).map(reportView),
  }),
  route({
    id: 'supervision.makeReport',
    at: 'POST /reports',
    summary: 'Make the report of a month by the form of a region; each month makes its own by itself',
    permission: 'supervision:write',
    body: shape.ReportWish,
    reply: shape.ReportView,
    status: 201,
    problems: [TemplateMissing, InputInvalid, NotAllowed, ExportInvalid],
    run: async ({ actor, body }) => reportView(await reports.make(actor, body)),
  }),
  route({
    id: 'supervision.reportFile',
    at: 'GET /reports/:id/file',
    summary: 'A report as page, page for a narrow screen, PDF, XLSX, or as the region takes it in',
    permission: 'supervision:read',
    params: shape.Ref,
    query: shape.FormatQuery,
    problems: [ReportMissing, NotAllowed, ExportInvalid],
    run: async ({ actor, params, query, facts }) => {
      const { report, body, template } = await reports.get(actor, params.id);
      return renderReport(template, body, { at: report.at, language: facts.language, format: query.format });
    },
  }),
];
