import { EditConflict, InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { PlaceMissing } from '@keystead/data/places';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { SheetFormatSchema, sheetFile } from '@keystead/kernel/sheet';
import { Type } from 'typebox';
import { steppedByOthers } from './house-state.ts';
import { DossierExists, HouseMissing, HouseStepRefused, HouseStepUnfounded, NotAHouse } from './problems.ts';
import {
  AsOfView,
  ChangeBody,
  CountsView,
  EditionView,
  FilterQuery,
  GridStates,
  HouseDraft,
  HousePage,
  HouseRef,
  HouseView,
  LinkedView,
  OpeningBody,
  ProjectsView,
  StatusView,
  StepBody,
  TimelineView,
  WholeView,
} from './schemas.ts';
import type { StockService } from './setup.ts';
import { editionView, filterOf, houseView, lineView, standingView, statusView } from './views.ts';

const Page = {
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
};
const openingOf = <
  B extends { since?: string | undefined; state?: 'undelivered' | 'vacant' | 'maintenance' | 'disabled' | undefined },
>(
  body: B,
) => ({ ...body, state: body.state ?? ('vacant' as const), since: body.since ? new Date(body.since) : undefined });

const looking = (stock: StockService): MountedRoute[] => [
  route({
    id: 'houses.list',
    at: 'GET /',
    summary: 'Houses by state, place, text, zone, completeness and vacancy',
    permission: 'house:read',
    query: Type.Object({ ...FilterQuery, ...Page }),
    reply: HousePage,
    run: async ({ actor, query: { limit, cursor, ...filter } }) => {
      const page = await stock.list(actor, filterOf(filter), { limit, cursor });
      return { items: page.items.map(lineView), next: page.next };
    },
  }),
  route({
    id: 'houses.counts',
    at: 'GET /counts',
    summary: 'How many houses stand in each state',
    permission: 'house:read',
    query: Type.Object(FilterQuery),
    reply: CountsView,
    run: async ({ actor, query }) => ({ items: await stock.counts(actor, filterOf(query)) }),
  }),
  route({
    id: 'houses.export',
    at: 'GET /export',
    summary: 'Houses as CSV that the import takes back, or as XLSX for people',
    permission: 'house:read',
    query: Type.Object({ ...FilterQuery, format: SheetFormatSchema }),
    run: async ({ actor, query: { format, ...filter }, facts }) =>
      sheetFile(
        await stock.exportSheet(actor, filterOf(filter), format === 'xlsx' ? facts.language : undefined),
        format,
      ),
  }),
  route({
    id: 'houses.projects',
    at: 'GET /projects',
    summary: 'Projects with where they are and how their houses stand',
    permission: 'house:read',
    reply: ProjectsView,
    run: async ({ actor }) => ({ items: await stock.projects(actor) }),
  }),
  route({
    id: 'houses.states',
    at: 'GET /states/:id',
    summary: 'States of the houses in a place, for the floor grid',
    permission: 'house:read',
    params: HouseRef,
    reply: GridStates,
    problems: [PlaceMissing],
    run: async ({ actor, params }) => ({
      items: (await stock.statesUnder(actor, params.id)).map(({ since, vacantSince, ...rest }) => ({
        ...rest,
        since: since.toISOString(),
        vacantSince: vacantSince?.toISOString() ?? null,
      })),
    }),
  }),
  route({
    id: 'houses.get',
    at: 'GET /:id',
    summary: 'One house, one file: five groups with their completeness',
    permission: 'house:read',
    params: HouseRef,
    reply: HouseView,
    problems: [HouseMissing],
    run: async ({ actor, params }) => houseView(await stock.get(actor, params.id)),
  }),
  route({
    id: 'houses.history',
    at: 'GET /:id/history',
    summary: 'All states of a house with who, when and why',
    permission: 'house:read',
    params: HouseRef,
    reply: Type.Object({ items: Type.Array(StatusView) }),
    problems: [HouseMissing],
    run: async ({ actor, params }) => ({ items: (await stock.history(actor, params.id)).map(statusView) }),
  }),
  route({
    id: 'houses.editions',
    at: 'GET /:id/editions',
    summary: 'All versions of a dossier, newest first',
    permission: 'house:read',
    params: HouseRef,
    reply: Type.Object({ items: Type.Array(EditionView) }),
    problems: [HouseMissing],
    run: async ({ actor, params }) => ({ items: (await stock.editions(actor, params.id)).map(editionView) }),
  }),
  route({
    id: 'houses.asOf',
    at: 'GET /:id/as-of',
    summary: 'State and dossier as they stood at an instant',
    permission: 'house:read',
    params: HouseRef,
    query: Type.Object({ at: Type.String({ format: 'date-time' }) }),
    reply: AsOfView,
    problems: [HouseMissing],
    run: async ({ actor, params, query }) => {
      const { status, edition } = await stock.asOf(actor, params.id, new Date(query.at));
      return { status: status && statusView(status), edition: edition && editionView(edition) };
    },
  }),
  route({
    id: 'houses.timeline',
    at: 'GET /:id/timeline',
    summary: 'What happened at a house, newest first',
    permission: 'house:read',
    params: HouseRef,
    query: Type.Object(Page),
    reply: TimelineView,
    problems: [HouseMissing],
    run: async ({ actor, params, query }) => {
      const page = await stock.timeline(actor, params.id, query);
      return { items: page.items.map((line) => ({ ...line, at: line.at.toISOString() })), next: page.next };
    },
  }),
  route({
    id: 'houses.devices',
    at: 'GET /:id/devices',
    summary: 'Linked devices with present values, and their open alarms',
    permission: 'house:read',
    params: HouseRef,
    reply: LinkedView,
    problems: [HouseMissing],
    run: ({ actor, params }) => stock.devices(actor, params.id),
  }),
  route({
    id: 'houses.whole',
    at: 'GET /:id/whole',
    summary: 'House, household, lease, devices and readings in one answer',
    permission: 'house:read',
    params: HouseRef,
    reply: WholeView,
    problems: [HouseMissing],
    run: async ({ actor, params }) => {
      const { row, ...rest } = await stock.whole(actor, params.id);
      return { house: standingView(row), ...rest };
    },
  }),
];

const filing = [HouseMissing, InputInvalid, EditConflict];

const changing = (stock: StockService): MountedRoute[] => [
  route({
    id: 'houses.create',
    at: 'POST /',
    summary: 'Add a house: its place and its file',
    permission: 'house:write',
    body: HouseDraft,
    reply: HouseView,
    status: 201,
    problems: [PlaceMissing, InputInvalid],
    run: async ({ actor, body: { parent, code, name, tags, attributes, ...opening } }) => {
      const draft = { parent, code, name, ...(tags ? { tags } : {}), ...(attributes ? { attributes } : {}) };
      const place = await stock.create(actor, draft, openingOf(opening));
      return houseView(await stock.get(actor, place.id));
    },
  }),
  route({
    id: 'houses.open',
    at: 'POST /:id/dossier',
    summary: 'Begin the file of a house that is in the tree already',
    permission: 'house:write',
    params: HouseRef,
    body: OpeningBody,
    reply: HouseView,
    status: 201,
    problems: [PlaceMissing, NotAHouse, DossierExists, InputInvalid],
    run: async ({ actor, params, body }) => {
      await stock.open(actor, params.id, openingOf(body));
      return houseView(await stock.get(actor, params.id));
    },
  }),
  route({
    id: 'houses.change',
    at: 'PATCH /:id',
    summary: 'Change entries of the dossier; each change is a version',
    permission: 'house:write',
    params: HouseRef,
    body: ChangeBody,
    reply: HouseView,
    problems: filing,
    run: async ({ actor, params, body, facts }) => {
      await stock.change(actor, params.id, body, facts.version);
      return houseView(await stock.get(actor, params.id));
    },
  }),
  route({
    id: 'houses.step',
    at: 'POST /:id/steps',
    summary: 'Take a house a step further: deliver, release, withdraw, repair, disable',
    permission: 'house:write',
    params: HouseRef,
    body: StepBody,
    reply: HouseView,
    problems: [HouseMissing, HouseStepRefused, HouseStepUnfounded, EditConflict, NotAllowed],
    run: async ({ actor, params, body, facts }) => {
      if (steppedByOthers.includes(body.step)) throw new NotAllowed({ reason: 'step-of-a-lease', step: body.step });
      await stock.step(actor, params.id, body.step, body.reason ? { reason: body.reason } : {}, facts.version);
      return houseView(await stock.get(actor, params.id));
    },
  }),
  route({
    id: 'houses.discard',
    at: 'DELETE /:id',
    summary: 'Take out a file begun by mistake; the place stays',
    permission: 'house:write',
    params: HouseRef,
    status: 204,
    problems: [HouseMissing, HouseStepRefused, EditConflict],
    run: ({ actor, params, facts }) => stock.discard(actor, params.id, facts.version),
  }),
];

export const houseRoutes = (stock: StockService): MountedRoute[] => [...looking(stock), ...changing(stock)];
