import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { ThingModelSchema } from '@keystead/contracts/thing-model';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { ModelFamilyReserved } from './models.ts';
import { NamingRuleInvalid } from './naming.ts';
import { CommissioningPointSchema, FamilyText, IdText, ModelDraftSchema, Nullable } from './schemas.ts';
import type { ThingsService } from './setup.ts';
import { ModelMissing } from './thing.ts';
import { axes } from './type-tree.ts';

const Rule = Type.Object({
  family: FamilyText,
  pattern: Type.String({ maxLength: 200 }),
  explanation: Type.String({ maxLength: 400, default: '' }),
});

/** Models, the types they make up, and how their things are named. */
export const modelRoutes = ({ models, types, naming, commissioning }: ThingsService): MountedRoute[] => [
  route({
    id: 'models.list',
    at: 'GET /',
    summary: 'The newest version of each thing model',
    permission: 'model:read',
    reply: Type.Array(ThingModelSchema),
    run: ({ actor }) => models.list(actor),
  }),
  route({
    id: 'models.publish',
    at: 'POST /',
    summary: 'Publish the next version of a thing model',
    permission: 'model:write',
    body: ModelDraftSchema,
    reply: ThingModelSchema,
    status: 201,
    problems: [InputInvalid, ModelFamilyReserved],
    run: ({ actor, body }) => models.publish(actor, body),
  }),
  route({
    id: 'models.types',
    at: 'GET /types',
    summary: 'Things counted by function, domain and specification, in the order asked for',
    permission: 'thing:read',
    query: Type.Object({ order: Type.String({ default: axes.join(','), maxLength: 60 }) }),
    reply: Type.Array(Type.Unknown()),
    problems: [InputInvalid],
    run: async ({ actor, query }) => {
      const order = query.order.split(',').map((name) => axes.find((axis) => axis === name));
      const known = order.filter((axis) => axis !== undefined);
      if (known.length !== order.length || new Set(known).size !== known.length)
        throw new InputInvalid({ in: 'querystring' }, [{ pointer: '/order', code: 'not-allowed' }]);
      return types(actor, known);
    },
  }),
  route({
    id: 'models.namingRules',
    at: 'GET /naming',
    summary: 'How things of each family are to be named',
    permission: 'model:read',
    reply: Type.Array(Rule),
    run: ({ actor }) => naming.rules(actor),
  }),
  route({
    id: 'models.setNamingRule',
    at: 'PUT /naming',
    summary: 'Set the naming rule of a family; an empty pattern takes it away',
    permission: 'model:write',
    body: Rule,
    status: 204,
    problems: [NamingRuleInvalid, ModelMissing],
    run: ({ actor, body }) => naming.setRule(actor, body),
  }),
  route({
    id: 'models.namingBreaches',
    at: 'GET /naming/breaches',
    summary: 'Things whose names break their rule',
    permission: 'thing:read',
    reply: Type.Object({
      checked: Type.Integer(),
      breaches: Type.Array(
        Type.Object({
          id: IdText,
          code: Type.String(),
          name: Type.String(),
          family: Type.String(),
          pattern: Nullable(Type.String()),
        }),
      ),
    }),
    run: ({ actor }) => naming.report(actor),
  }),
  route({
    id: 'models.commissioning',
    at: 'GET /commissioning',
    summary: 'What is measured before devices of each family go into service',
    permission: 'model:read',
    reply: Type.Array(
      Type.Object({ family: FamilyText, points: Type.Array(CommissioningPointSchema), changedBy: Type.String() }),
    ),
    run: async ({ actor }) =>
      (await commissioning.list(actor)).map(({ points, ...list }) => ({ ...list, points: [...points] })),
  }),
  route({
    id: 'models.setCommissioning',
    at: 'PUT /commissioning/:family',
    summary: 'Set what is measured before devices of a family go into service; an empty list takes it away',
    permission: 'model:write',
    params: Type.Object({ family: FamilyText }),
    body: Type.Object({ points: Type.Array(CommissioningPointSchema, { maxItems: 100 }) }),
    status: 204,
    problems: [InputInvalid, NotAllowed],
    run: ({ actor, params, body }) => commissioning.set(actor, params.family, body.points),
  }),
  route({
    id: 'models.get',
    at: 'GET /:family',
    summary: 'All versions of a thing model, the newest first',
    permission: 'model:read',
    params: Type.Object({ family: FamilyText }),
    reply: Type.Array(ThingModelSchema),
    problems: [ModelMissing],
    run: ({ actor, params }) => models.get(actor, params.family),
  }),
];
