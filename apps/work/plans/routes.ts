import { EditConflict, InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { PlaceMissing } from '@keystead/data/places';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import {
  DefinitionSchema,
  OccurrenceMissing,
  PlanCodeTaken,
  PlanDraftSchema,
  PlanMissing,
  PointRead,
  PointUnfounded,
  RoundBackDated,
  RoundClosed,
} from './plan.ts';
import type { OccurrenceRow, PlanRow, ReadingRow } from './row.ts';
import {
  CalendarView,
  ChangeBody,
  CycleSchema,
  FiguresView,
  KindSchema,
  OccurrencesView,
  PeriodQuery,
  PlanLine,
  PlanRef,
  PlanView,
  ReadingBody,
  ReadingView,
  RoundView,
  SystemSchema,
  TreeView,
  WorksView,
} from './schemas.ts';
import type { PlansService } from './setup.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const periodOf = ({ from, to, ...rest }: { from: string; to: string; plan?: string | undefined }) => ({
  ...rest,
  from: new Date(from),
  to: new Date(to),
});

const planView = ({ id, code, name, kind, system, cycle, enabled, edition, dueAt, placeId, version }: PlanRow) => ({
  ...{ id, code, name, kind, system, cycle, enabled, edition, placeId, version },
  dueAt: iso(dueAt),
});

const occurrenceView = (row: OccurrenceRow, state: 'planned' | 'open' | 'missed' | 'done' | 'cancelled') => ({
  id: row.id,
  plan: row.plan,
  subjectKind: row.subjectKind,
  subject: row.subject,
  subjectLabel: row.subjectLabel,
  edition: row.edition,
  at: row.at.toISOString(),
  deadline: row.deadline.toISOString(),
  state,
  caseId: row.caseId,
  caseCode: row.caseCode,
  supervision: row.supervision,
  missedAt: iso(row.missedAt),
  doneAt: iso(row.doneAt),
  doneBy: row.doneBy,
});

const readingView = ({ former: _former, actor: _actor, at, takenAt, ...rest }: ReadingRow) => ({
  ...rest,
  at: at.toISOString(),
  takenAt: iso(takenAt),
});

async function whole(plans: PlansService, actor: Parameters<PlansService['get']>[0], id: string) {
  const { row, subjects, editions } = await plans.get(actor, id);
  return {
    ...planView(row),
    definition: row.definition,
    subjects: subjects.map(({ kind, id: subject, label }) => ({ kind, id: subject, label })),
    editions: editions.map(({ at, ...rest }) => ({ ...rest, at: at.toISOString() })),
  };
}

const looking = (plans: PlansService): MountedRoute[] => [
  route({
    id: 'plans.list',
    at: 'GET /',
    summary: 'Plans by kind, system and cycle',
    permission: 'plan:read',
    query: Type.Object({
      kind: Type.Optional(KindSchema),
      system: Type.Optional(SystemSchema),
      cycle: Type.Optional(CycleSchema),
      enabled: Type.Optional(Type.Boolean()),
    }),
    reply: Type.Object({ items: Type.Array(PlanLine) }),
    run: async ({ actor, query }) => ({ items: (await plans.list(actor, query)).map(planView) }),
  }),
  route({
    id: 'plans.works',
    at: 'GET /works',
    summary: 'What the platform can do by itself as a plan says',
    permission: 'plan:read',
    reply: WorksView,
    run: async () => ({ items: plans.works().map(({ name, label }) => ({ name, label })) }),
  }),
  route({
    id: 'plans.tree',
    at: 'GET /tree',
    summary: 'Plans by period and system',
    permission: 'plan:read',
    reply: TreeView,
    run: async ({ actor }) => ({ items: await plans.tree(actor) }),
  }),
  route({
    id: 'plans.calendar',
    at: 'GET /calendar',
    summary: 'Tasks made and still to come in a period, each with its procedure',
    permission: 'plan:read',
    query: Type.Object({ ...PeriodQuery, kind: Type.Optional(KindSchema) }),
    reply: CalendarView,
    run: async ({ actor, query }) => ({
      items: (await plans.calendar(actor, { ...periodOf(query), kind: query.kind })).map((line) => ({
        ...line,
        at: line.at.toISOString(),
      })),
    }),
  }),
  route({
    id: 'plans.figures',
    at: 'GET /figures',
    summary: 'Tasks made, done, done in time and missed, by plan',
    permission: 'plan:read',
    query: Type.Object(PeriodQuery),
    reply: FiguresView,
    run: async ({ actor, query }) => ({
      items: (await plans.figures(actor, periodOf(query))).map((line) => ({
        ...line,
        ...(line.due > 0 ? { rate: Math.min(1, line.done / line.due) } : {}),
      })),
    }),
  }),
  route({
    id: 'plans.occurrences',
    at: 'GET /occurrences',
    summary: 'The ledger of tasks: who did what when, with how many points read and out of limit',
    permission: 'plan:read',
    query: Type.Object({
      ...PeriodQuery,
      state: Type.Optional(Type.Enum(['open', 'missed', 'done', 'cancelled'])),
      under: Type.Optional(Type.String({ maxLength: 400, pattern: '^([0-9a-z]+/)*$' })),
    }),
    reply: OccurrencesView,
    run: async ({ actor, query }) => ({
      items: (await plans.occurrences(actor, { ...periodOf(query), state: query.state, under: query.under })).map(
        (row) => ({
          ...occurrenceView(row, plans.stateOf(row)),
          code: row.code,
          name: row.name,
          read: row.points,
          points: row.definition.points.length,
          failed: row.failed,
          ...(row.progress ? { progress: row.progress } : {}),
        }),
      ),
    }),
  }),
  route({
    id: 'plans.round',
    at: 'GET /occurrences/:id',
    summary: 'One round with its points, what was read and whether the ledger is whole',
    permission: 'plan:read',
    params: PlanRef,
    reply: RoundView,
    problems: [OccurrenceMissing],
    run: async ({ actor, params }) => {
      const { occurrence, name, code, definition, readings, broken } = await plans.round(actor, params.id);
      return {
        ...occurrenceView(occurrence, plans.stateOf(occurrence)),
        ...{ name, code, definition, broken },
        readings: readings.map(readingView),
      };
    },
  }),
  route({
    id: 'plans.get',
    at: 'GET /:id',
    summary: 'One plan with its subjects and editions',
    permission: 'plan:read',
    params: PlanRef,
    reply: PlanView,
    problems: [PlanMissing],
    run: ({ actor, params }) => whole(plans, actor, params.id),
  }),
];

const changing = (plans: PlansService): MountedRoute[] => [
  route({
    id: 'plans.preview',
    at: 'POST /preview',
    summary: 'The next moments of a trigger; nothing is stored',
    permission: 'plan:read',
    body: Type.Object({
      trigger: DefinitionSchema.properties.trigger,
      count: Type.Integer({ minimum: 1, maximum: 50, default: 8 }),
    }),
    reply: Type.Object({ items: Type.Array(Type.String({ format: 'date-time' })) }),
    run: async ({ body }) => ({ items: plans.preview(body.trigger, body.count).map((at) => at.toISOString()) }),
  }),
  route({
    id: 'plans.create',
    at: 'POST /',
    summary: 'Add a plan',
    permission: 'plan:write',
    body: PlanDraftSchema,
    reply: PlanView,
    status: 201,
    problems: [PlanCodeTaken, PlanMissing, PlaceMissing, InputInvalid, NotAllowed],
    run: async ({ actor, body }) => whole(plans, actor, await plans.create(actor, body)),
  }),
  route({
    id: 'plans.change',
    at: 'PATCH /:id',
    summary: 'Change a plan for what is made from now on',
    permission: 'plan:write',
    params: PlanRef,
    body: ChangeBody,
    reply: PlanView,
    problems: [PlanMissing, EditConflict, InputInvalid, NotAllowed],
    run: async ({ actor, params, body, facts }) => {
      await plans.change(actor, params.id, body, facts.version);
      return whole(plans, actor, params.id);
    },
  }),
  route({
    id: 'plans.read',
    at: 'POST /occurrences/:id/readings',
    summary: 'Write what was read at a point of a round; it stays as it is',
    permission: 'case:handle',
    params: PlanRef,
    body: ReadingBody,
    reply: ReadingView,
    status: 201,
    problems: [OccurrenceMissing, RoundClosed, PointRead, PointUnfounded, RoundBackDated],
    run: async ({ actor, params, body: { takenAt, ...body } }) =>
      readingView(await plans.read(actor, params.id, { ...body, ...(takenAt ? { takenAt: new Date(takenAt) } : {}) })),
  }),
];

export const planRoutes = (plans: PlansService): MountedRoute[] => [...looking(plans), ...changing(plans)];
