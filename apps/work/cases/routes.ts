import type { Actor } from '@keystead/contracts/access';
import { EditConflict, InputInvalid, NotAllowed, NotFound } from '@keystead/contracts/problem';
import { type MountedRoute, route, wire } from '@keystead/kernel/http';
import { SheetFormatSchema, sheetFile } from '@keystead/kernel/sheet';
import { type Static, Type } from 'typebox';
import { stepsFrom } from './case.ts';
import type { CasesService } from './cases.ts';
import { BoardView, FiguresQuery, FiguresView, KindList } from './entry-schemas.ts';
import { caseKinds } from './kinds.ts';
import type { CaseFilter } from './list.ts';
import { CaseEnded, CaseMissing } from './problems.ts';
import {
  AgeList,
  CaseDraftSchema,
  CaseEditSchema,
  CasePage,
  CaseRef,
  CaseView,
  filterFields,
  ListQuery,
  TodoList,
} from './schemas.ts';
import { lineView, viewOf } from './views.ts';

const FilterQuery = Type.Object(filterFields);

function filterOf(actor: Actor, query: Static<typeof FilterQuery>): CaseFilter {
  const { mine, openedFrom, openedTo, ...rest } = query;
  return {
    ...rest,
    assignee: mine ? actor.id : rest.assignee,
    openedFrom: openedFrom ? new Date(openedFrom) : undefined,
    openedTo: openedTo ? new Date(openedTo) : undefined,
  };
}

const looking = (cases: CasesService): MountedRoute[] => [
  route({
    id: 'cases.list',
    at: 'GET /',
    summary: 'Cases, newest first',
    permission: 'case:read',
    query: ListQuery,
    reply: CasePage,
    problems: [InputInvalid],
    run: async ({ actor, query: { limit, cursor, ...filter } }) => {
      const page = await cases.list(actor, filterOf(actor, filter), { limit, cursor });
      return { ...page, items: page.items.map(lineView) };
    },
  }),
  route({
    id: 'cases.export',
    at: 'GET /export',
    summary: 'The same list as CSV or XLSX, at most 20,000 lines',
    permission: 'case:read',
    query: Type.Object({ ...filterFields, format: SheetFormatSchema }),
    rate: 20,
    run: async ({ actor, query: { format, ...query }, facts }) =>
      sheetFile(await cases.sheet(actor, filterOf(actor, query), facts.language), format),
  }),
  route({
    id: 'cases.kinds',
    at: 'GET /kinds',
    summary: 'Kinds of case: states, requirements, wait reasons',
    permission: 'case:read',
    reply: KindList,
    run: async () => ({
      items: caseKinds.map((kind) => ({
        id: kind.id,
        prefix: kind.prefix,
        name: kind.name,
        states: [...kind.states],
        requires: Object.fromEntries(Object.entries(kind.requires).map(([step, asked]) => [step, [...asked]])),
        waits: [...kind.waits],
        rated: kind.rated,
        steps: [...new Set(kind.states.flatMap((state) => stepsFrom(kind, state)))],
      })),
    }),
  }),
  route({
    id: 'cases.board',
    at: 'GET /board',
    summary: 'How many cases stand in each state, and how many of them are late',
    permission: 'case:read',
    query: FilterQuery,
    reply: BoardView,
    run: async ({ actor, query }) => ({ items: await cases.board(actor, filterOf(actor, query)) }),
  }),
  route({
    id: 'cases.todos',
    at: 'GET /todos',
    summary: 'What is waiting for me: to work on, to confirm, to dispatch',
    permission: 'case:read',
    reply: TodoList,
    run: async ({ actor }) => ({
      items: (await cases.todos(actor)).map((line) => ({ ...lineView(line), because: line.because })),
    }),
  }),
  route({
    id: 'cases.openAges',
    at: 'GET /open-ages',
    summary: 'Open cases with their age, the oldest first',
    permission: 'case:read',
    query: Type.Object({ ...filterFields, limit: Type.Integer({ minimum: 1, maximum: 1000, default: 200 }) }),
    reply: AgeList,
    run: async ({ actor, query: { limit, ...filter } }) => ({
      items: (await cases.openAges(actor, filterOf(actor, filter), limit)).map((line) => ({
        ...lineView(line),
        age: line.age,
      })),
    }),
  }),
  route({
    id: 'cases.statistics',
    at: 'GET /statistics',
    summary: 'Figures of the cases opened in a period, by kind',
    permission: 'case:read',
    query: FiguresQuery,
    reply: FiguresView,
    run: async ({ actor, query }) => ({
      items: (await cases.figures(actor, { ...query, from: new Date(query.from), to: new Date(query.to) })).map(wire),
    }),
  }),
  route({
    id: 'cases.get',
    at: 'GET /:id',
    summary: 'One case with everything in its file',
    permission: 'case:read',
    params: CaseRef,
    reply: CaseView,
    problems: [CaseMissing],
    run: async ({ actor, params }) => viewOf(await cases.get(actor, params.id)),
  }),
  route({
    id: 'cases.assignees',
    at: 'GET /:id/assignees',
    summary: 'Those the case can be given to',
    permission: 'case:assign',
    params: CaseRef,
    reply: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
    problems: [CaseMissing],
    run: async ({ actor, params }) => (await cases.assignees(actor, params.id)).map(({ id, name }) => ({ id, name })),
  }),
];

const writing = (cases: CasesService): MountedRoute[] => [
  route({
    id: 'cases.open',
    at: 'POST /',
    summary: 'Open a case',
    permission: 'case:write',
    body: CaseDraftSchema,
    reply: CaseView,
    status: 201,
    problems: [NotFound, NotAllowed],
    run: async ({ actor, body }) => {
      const row = await cases.open(actor, body);
      return viewOf(await cases.get(actor, row.id));
    },
  }),
  route({
    id: 'cases.edit',
    at: 'PATCH /:id',
    summary: 'Change what describes a case; If-Match carries its version',
    permission: 'case:write',
    params: CaseRef,
    body: CaseEditSchema,
    reply: CaseView,
    problems: [CaseMissing, CaseEnded, EditConflict],
    run: async ({ actor, params, body, facts }) => {
      await cases.edit(actor, params.id, facts.version, body);
      return viewOf(await cases.get(actor, params.id));
    },
  }),
];

/** Reading and opening cases. Static paths come before `/:id`. */
export const caseRoutes = (cases: CasesService): MountedRoute[] => [...looking(cases), ...writing(cases)];
