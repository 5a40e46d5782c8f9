import { HouseholdBarred } from '@keystead/apps/housing/eligibility';
import { HouseholdMissing } from '@keystead/apps/housing/households';
import { ProcessOpen } from '@keystead/apps/housing/movein';
import { HouseMissing } from '@keystead/apps/housing/stock';
import { EditConflict, InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { OwnPartyMissing, PartyAtRest, PartyMissing } from '@keystead/data/parties';
import { PlaceMissing } from '@keystead/data/places';
import { Download, type MountedRoute, route } from '@keystead/kernel/http';
import type { Catalogue } from '@keystead/kernel/i18n';
import { SheetFormatSchema, sheetFile } from '@keystead/kernel/sheet';
import { Type } from 'typebox';
import {
  EntryMissing,
  EntryNotWaiting,
  HouseNotFree,
  HouseTaken,
  IntentMissing,
  PlanMissing,
  PlanStepRefused,
  SlotNotOpen,
} from './plan.ts';
import {
  CategorySchema,
  EntryCountView,
  EntryLineView,
  EntryStateSchema,
  EntryView,
  entryLineView,
  entryView,
  IdText,
  IntentView,
  intentView,
  PlanBody,
  PlanFile,
  PlanStateSchema,
  PlanView,
  planFile,
  planView,
  Text,
  When,
} from './schemas.ts';
import type { AllocationService } from './setup.ts';
import { sheetLimit, waitingSheet } from './sheet.ts';

const Ref = Type.Object({ id: IdText });
const PlanEntry = Type.Object({ id: IdText, entry: IdText });
const limit = Type.Integer({ minimum: 1, maximum: 200, default: 50 });
const step = [PlanMissing, PlanStepRefused];

const EntryFilterQuery = {
  state: Type.Optional(EntryStateSchema),
  category: Type.Optional(CategorySchema),
  text: Type.Optional(Text(100)),
};

const waiting = ({ waiting }: AllocationService, catalogue: Catalogue): MountedRoute[] => [
  route({
    id: 'allocation.waiting',
    at: 'GET /waiting',
    summary: 'The waiting list in its order',
    permission: 'allocation:read',
    query: Type.Object({ ...EntryFilterQuery, after: Type.Optional(IdText), limit }),
    reply: Type.Array(EntryLineView),
    run: async ({ actor, query }) => (await waiting.list(actor, query)).map(entryLineView),
  }),
  route({
    id: 'allocation.waitingCounts',
    at: 'GET /waiting/counts',
    summary: 'How many households stand on the list, by state and category',
    permission: 'allocation:read',
    reply: Type.Array(EntryCountView),
    run: ({ actor }) => waiting.counts(actor),
  }),
  route({
    id: 'allocation.waitingExport',
    at: 'GET /waiting/export',
    summary: 'The waiting list as CSV or XLSX; it names households, so who took it out is noted',
    permission: 'allocation:read',
    query: Type.Object({ ...EntryFilterQuery, format: SheetFormatSchema }),
    run: async ({ actor, query: { format, ...filter }, facts }) => {
      const rows = await waiting.list(actor, { ...filter, limit: sheetLimit });
      await waiting.noteExport(actor, rows.length);
      return sheetFile(waitingSheet(rows, catalogue.in(facts.language)), format);
    },
  }),
  route({
    id: 'allocation.enter',
    at: 'POST /waiting',
    summary: 'Put a household on the waiting list by hand, with the ground',
    permission: 'allocation:write',
    body: Type.Object({
      household: IdText,
      category: Type.Optional(CategorySchema),
      since: Type.Optional(When),
      reason: Text(500),
    }),
    reply: EntryView,
    status: 201,
    problems: [EntryNotWaiting, HouseholdBarred, HouseholdMissing, PartyMissing, PartyAtRest],
    run: async ({ actor, body }) =>
      entryView(await waiting.enter(actor, { ...body, since: body.since ? new Date(body.since) : undefined })),
  }),
  route({
    id: 'allocation.score',
    at: 'PUT /waiting/:id/score',
    summary: 'Set category, points and priority of a household on the waiting list, with the ground',
    permission: 'allocation:write',
    params: Ref,
    body: Type.Object({
      category: Type.Optional(CategorySchema),
      priority: Type.Integer({ minimum: 0, maximum: 100 }),
      score: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
      reason: Text(500),
    }),
    reply: EntryView,
    problems: [EntryMissing, EntryNotWaiting, EditConflict],
    run: async ({ actor, params, body, facts }) =>
      entryView(await waiting.score(actor, params.id, body, facts.version)),
  }),
];

const planning = (allocation: AllocationService): MountedRoute[] => [
  route({
    id: 'allocation.plans',
    at: 'GET /plans',
    summary: 'Allocation plans, newest first',
    permission: 'allocation:read',
    query: Type.Object({ state: Type.Optional(PlanStateSchema), limit }),
    reply: Type.Array(PlanView),
    run: async ({ actor, query }) => (await allocation.plans(actor, query)).map(planView),
  }),
  route({
    id: 'allocation.plan',
    at: 'GET /plans/:id',
    summary: 'One plan: its houses, its households in their order, and whether the draw holds',
    permission: 'allocation:read',
    params: Ref,
    reply: PlanFile,
    problems: [PlanMissing],
    run: async ({ actor, params }) => planFile(await allocation.get(actor, params.id)),
  }),
  route({
    id: 'allocation.create',
    at: 'POST /plans',
    summary: 'Plan to give out houses',
    permission: 'allocation:write',
    body: PlanBody,
    reply: PlanView,
    status: 201,
    problems: [HouseNotFree, PlaceMissing, NotAllowed, InputInvalid],
    run: async ({ actor, body }) =>
      planView(await allocation.planning.create(actor, { ...body, intentUntil: new Date(body.intentUntil) })),
  }),
  route({
    id: 'allocation.announce',
    at: 'POST /plans/:id/announcement',
    summary: 'Announce a plan: households say whether they want a house of it',
    permission: 'allocation:write',
    params: Ref,
    reply: PlanView,
    problems: step,
    run: async ({ actor, params }) => planView(await allocation.planning.announce(actor, params.id)),
  }),
  route({
    id: 'allocation.commit',
    at: 'POST /plans/:id/commitment',
    summary: 'Close the list and publish its hash and that of the seed',
    permission: 'allocation:draw',
    params: Ref,
    reply: PlanView,
    problems: step,
    run: async ({ actor, params }) => planView(await allocation.planning.commit(actor, params.id)),
  }),
  route({
    id: 'allocation.draw',
    at: 'POST /plans/:id/draw',
    summary: 'Draw: publish the seed and the order that follows from it',
    permission: 'allocation:draw',
    params: Ref,
    body: Type.Object({ witness: Type.String({ maxLength: 500, default: '' }), choosingFrom: When }),
    reply: PlanView,
    problems: step,
    run: async ({ actor, params, body }) =>
      planView(
        await allocation.planning.draw(actor, params.id, {
          witness: body.witness,
          choosingFrom: new Date(body.choosingFrom),
        }),
      ),
  }),
  route({
    id: 'allocation.close',
    at: 'POST /plans/:id/closing',
    summary: 'Close a plan',
    permission: 'allocation:write',
    params: Ref,
    body: Type.Object({ reason: Text(500) }),
    reply: PlanView,
    problems: step,
    run: async ({ actor, params, body }) => planView(await allocation.planning.close(actor, params.id, body.reason)),
  }),
  route({
    id: 'allocation.published',
    at: 'GET /plans/:id/published',
    summary: 'What is published of a draw, as the file anybody can verify',
    permission: 'allocation:read',
    params: Ref,
    problems: step,
    run: async ({ actor, params }) => {
      const file = await allocation.published(actor, params.id);
      return new Download(`${JSON.stringify(file, null, 1)}\n`, 'application/json', `draw-${params.id}.json`);
    },
  }),
];

const choices = [...step, EntryMissing, IntentMissing, SlotNotOpen, HouseTaken, HouseMissing, ProcessOpen, NotAllowed];

const choosing = ({ choosing }: AllocationService): MountedRoute[] => [
  route({
    id: 'allocation.intend',
    at: 'PUT /plans/:id/entries/:entry',
    summary: 'Note that a household wants a house of the plan',
    permission: 'allocation:write',
    params: PlanEntry,
    problems: [...step, EntryMissing, EntryNotWaiting],
    run: ({ actor, params }) => choosing.intend(actor, params.id, params.entry),
  }),
  route({
    id: 'allocation.choose',
    at: 'POST /plans/:id/entries/:entry/choice',
    summary: 'Choose a house for a household whose turn it is',
    permission: 'allocation:write',
    params: PlanEntry,
    body: Type.Object({ house: IdText }),
    reply: IntentView,
    problems: choices,
    run: async ({ actor, params, body }) =>
      intentView(await choosing.choose(actor, params.id, params.entry, body.house)),
  }),
  route({
    id: 'allocation.pass',
    at: 'POST /plans/:id/entries/:entry/pass',
    summary: 'Note that a household did not come in its time; it may still choose from what is left',
    permission: 'allocation:write',
    params: PlanEntry,
    reply: IntentView,
    problems: [...step, EntryMissing, IntentMissing, SlotNotOpen],
    run: async ({ actor, params }) => intentView(await choosing.pass(actor, params.id, params.entry)),
  }),
  route({
    id: 'allocation.decline',
    at: 'POST /plans/:id/entries/:entry/decline',
    summary: 'Note that a household declines; it counts',
    permission: 'allocation:write',
    params: PlanEntry,
    body: Type.Object({ reason: Text(500) }),
    reply: EntryView,
    problems: choices,
    run: async ({ actor, params, body }) =>
      entryView(await choosing.decline(actor, params.id, params.entry, body.reason)),
  }),
];

export const allocationRoutes = (allocation: AllocationService, catalogue: Catalogue): MountedRoute[] => [
  ...waiting(allocation, catalogue),
  ...planning(allocation),
  ...choosing(allocation),
];

const own404 = [OwnPartyMissing, HouseholdMissing, EntryMissing];
export const ownAllocationRoutes = ({ own }: AllocationService): MountedRoute[] => [
  route({
    id: 'ownAllocation.get',
    at: 'GET /',
    summary: 'My place on the waiting list, and plans that are open',
    permission: 'own-data:use',
    reply: Type.Object({ entry: EntryView, plans: Type.Array(PlanView) }),
    problems: own404,
    run: async ({ actor }) => {
      const { entry, plans } = await own.get(actor);
      return { entry: entryView(entry), plans: plans.map(planView) };
    },
  }),
  route({
    id: 'ownAllocation.intend',
    at: 'PUT /plans/:id',
    summary: 'I want a house of this plan',
    permission: 'own-data:use',
    params: Ref,
    problems: [...own404, ...step, EntryNotWaiting],
    run: ({ actor, params }) => own.intend(actor, params.id),
  }),
  route({
    id: 'ownAllocation.choose',
    at: 'POST /plans/:id/choice',
    summary: 'Choose my home when it is my turn',
    permission: 'own-data:use',
    params: Ref,
    body: Type.Object({ house: IdText }),
    reply: IntentView,
    problems: [...own404, ...choices],
    run: async ({ actor, params, body }) => intentView(await own.choose(actor, params.id, body.house)),
  }),
  route({
    id: 'ownAllocation.decline',
    at: 'POST /plans/:id/decline',
    summary: 'Decline what this plan has left; it counts',
    permission: 'own-data:use',
    params: Ref,
    body: Type.Object({ reason: Text(500) }),
    problems: [...own404, ...choices],
    run: async ({ actor, params, body }) => void (await own.decline(actor, params.id, body.reason)),
  }),
];
