import { EditConflict } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { LifecycleGateShut, LifecycleStepRefused, lifecycleStates } from './lifecycle.ts';
import { maintenanceKinds } from './maintenance.ts';
import { PartMissing, PartOutOfStock } from './parts.ts';
import { RelationContained, RelationCycle, relationKinds } from './relation.ts';
import { RelationExists, RelationMissing } from './relations.ts';
import { EvidenceSchema, IdText, ThingView } from './schemas.ts';
import type { ThingsService } from './setup.ts';
import { ThingMissing } from './thing.ts';

const Ref = Type.Object({ id: IdText });
const TimeText = Type.String({ format: 'date-time' });
const Kind = Type.Enum(relationKinds);
const Text = Type.String({ maxLength: 2000 });

/** The life of one thing: its steps, its neighbours, what was done to it. */
export const lifeRoutes = (things: ThingsService): MountedRoute[] => [
  route({
    id: 'things.step',
    at: 'POST /:id/steps',
    summary: 'Take a step of the life cycle, with what its gate asks for',
    permission: 'thing:write',
    params: Ref,
    body: Type.Object({ to: Type.Enum(lifecycleStates), evidence: EvidenceSchema }),
    reply: ThingView,
    problems: [ThingMissing, LifecycleStepRefused, LifecycleGateShut, EditConflict],
    run: async ({ actor, params, body, facts }) =>
      things.get(actor, (await things.lifecycle.step(actor, params.id, body.to, body.evidence, facts.version)).id),
  }),
  route({
    id: 'things.steps',
    at: 'GET /:id/steps',
    summary: 'The steps a thing has taken',
    permission: 'thing:read',
    params: Ref,
    reply: Type.Array(
      Type.Object({
        id: IdText,
        from: Type.String(),
        to: Type.String(),
        evidence: EvidenceSchema,
        at: TimeText,
        by: Type.String(),
      }),
    ),
    problems: [ThingMissing],
    run: ({ actor, params }) => things.lifecycle.steps(actor, params.id),
  }),
  route({
    id: 'things.relations',
    at: 'GET /:id/relations',
    summary: 'The neighbours of a thing in the graph',
    permission: 'thing:read',
    params: Ref,
    reply: Type.Array(
      Type.Object({
        kind: Kind,
        direction: Type.Enum(['in', 'out']),
        id: IdText,
        number: Type.Integer(),
        code: Type.String(),
        name: Type.String(),
        family: Type.String(),
      }),
    ),
    problems: [ThingMissing],
    run: ({ actor, params }) => things.relations.neighbours(actor, params.id),
  }),
  route({
    id: 'things.relate',
    at: 'POST /:id/relations',
    summary: 'Relate a thing to another',
    permission: 'thing:write',
    params: Ref,
    body: Type.Object({ kind: Kind, target: IdText }),
    status: 204,
    problems: [ThingMissing, RelationCycle, RelationContained, RelationExists],
    run: ({ actor, params, body }) => things.relations.relate(actor, params.id, body.kind, body.target),
  }),
  route({
    id: 'things.unrelate',
    at: 'DELETE /:id/relations/:kind/:target',
    summary: 'Take a relation away',
    permission: 'thing:write',
    params: Type.Object({ id: IdText, kind: Kind, target: IdText }),
    status: 204,
    problems: [ThingMissing, RelationMissing],
    run: ({ actor, params }) => things.relations.unrelate(actor, params.id, params.kind, params.target),
  }),
  route({
    id: 'things.maintenance',
    at: 'GET /:id/maintenance',
    summary: 'What was done to a thing, the newest first',
    permission: 'thing:read',
    params: Ref,
    reply: Type.Array(
      Type.Object({
        id: IdText,
        at: TimeText,
        kind: Type.Enum(maintenanceKinds),
        content: Type.String(),
        problems: Type.String(),
        result: Type.String(),
        by: Type.String(),
        parts: Type.Array(Type.Object({ code: Type.String(), name: Type.String(), quantity: Type.Integer() })),
      }),
    ),
    problems: [ThingMissing],
    run: ({ actor, params }) => things.maintenance.history(actor, params.id),
  }),
  route({
    id: 'things.maintain',
    at: 'POST /:id/maintenance',
    summary: 'Record what was done to a thing and which parts it took',
    permission: 'thing:write',
    params: Ref,
    body: Type.Object({
      at: TimeText,
      kind: Type.Enum(maintenanceKinds),
      content: Type.String({ minLength: 1, maxLength: 2000 }),
      problems: Type.Optional(Text),
      result: Type.Optional(Text),
      parts: Type.Optional(
        Type.Array(Type.Object({ part: IdText, quantity: Type.Integer({ minimum: 1, maximum: 10_000 }) }), {
          maxItems: 100,
        }),
      ),
    }),
    reply: Type.Object({ id: IdText }),
    status: 201,
    problems: [ThingMissing, PartMissing, PartOutOfStock],
    run: ({ actor, params, body }) => things.maintenance.record(actor, params.id, body),
  }),
];
