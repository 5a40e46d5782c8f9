import { EditConflict, InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { PlaceMissing } from '@keystead/data/places';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { type Static, Type } from 'typebox';
import { type Pack, PackInvalid, PackMissing, PackOwnDraft, PackPublished, type RuleValue } from './pack.ts';
import { rules } from './rules.ts';
import type { PolicyService } from './service.ts';

const Id = Type.String({ format: 'uuid' });
const Ref = Type.Object({ id: Id });
const When = Type.String({ format: 'date-time' });
const Day = Type.String({ format: 'date' });
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const ValueSchema = Type.Object({
  value: Type.Union([Type.Number(), Type.Array(Type.Number(), { maxItems: 12 })]),
  source: Type.String({ minLength: 1, maxLength: 200 }),
});
const Values = Type.Record(Type.String({ pattern: '^[a-z][a-z-]{0,40}$' }), ValueSchema);
const Title = Type.String({ minLength: 1, maxLength: 100 });
const Code = Type.String({ pattern: '^[a-z][a-z0-9-]{0,40}$' });

const PackView = Type.Object({
  id: Id,
  code: Type.String(),
  number: Type.Integer(),
  title: Type.String(),
  place: Type.String({ description: 'Path of the place it holds for; empty = the whole organisation' }),
  state: Type.Enum(['draft', 'published']),
  values: Values,
  effectiveFrom: Nullable(Day),
  publishedAt: Nullable(When),
  madeAt: When,
  version: Type.Integer(),
});

const valueView = ({ value, source }: RuleValue): Static<typeof ValueSchema> => ({
  value: typeof value === 'number' ? value : [...value],
  source,
});
const packView = ({
  id,
  code,
  number,
  title,
  place,
  state,
  values,
  effectiveFrom,
  publishedAt,
  madeAt,
  version,
}: Pack): Static<typeof PackView> => ({
  id,
  code,
  number,
  title,
  place,
  state,
  values: Object.fromEntries(Object.entries(values).map(([rule, value]) => [rule, valueView(value)])),
  effectiveFrom,
  publishedAt: publishedAt?.toISOString() ?? null,
  madeAt: madeAt.toISOString(),
  version,
});

export const policyRoutes = (policy: PolicyService): MountedRoute[] => [
  route({
    id: 'policy.packs',
    at: 'GET /',
    summary: 'Policy packs, those in force by date first, and what rules there are',
    permission: 'policy:read',
    reply: Type.Object({
      packs: Type.Array(PackView),
      inForce: Id,
      inForceAt: Type.Array(Id, { description: 'Of every place with packs of its own the one in force now' }),
      rules: Type.Array(
        Type.Object({
          id: Type.String(),
          group: Type.String(),
          unit: Type.String(),
          ladder: Type.Boolean(),
          least: Type.Number(),
          most: Type.Number(),
        }),
      ),
    }),
    run: async ({ actor }) => {
      const { packs, inForce, inForceAt } = await policy.list(actor);
      return {
        packs: packs.map(packView),
        inForce,
        inForceAt,
        rules: rules.map((each) => ({ ...each, ladder: each.ladder === true })),
      };
    },
  }),
  route({
    id: 'policy.draft',
    at: 'POST /:id/drafts',
    summary: 'Begin a new version with the numbers of this one, for the same place or another',
    permission: 'policy:write',
    params: Ref,
    body: Type.Object({ code: Type.Optional(Code), title: Type.Optional(Title), place: Type.Optional(Id) }),
    reply: PackView,
    status: 201,
    problems: [PackMissing, PlaceMissing, NotAllowed],
    run: async ({ actor, params, body }) => packView(await policy.draft(actor, params.id, body)),
  }),
  route({
    id: 'policy.edit',
    at: 'PATCH /:id',
    summary: 'Change numbers of a draft, each with its source',
    permission: 'policy:write',
    params: Ref,
    body: Type.Object({ title: Type.Optional(Title), values: Type.Optional(Values) }),
    reply: PackView,
    problems: [PackMissing, PackPublished, PackInvalid, EditConflict, NotAllowed],
    run: async ({ actor, params, body, facts }) => packView(await policy.edit(actor, params.id, facts.version, body)),
  }),
  route({
    id: 'policy.publish',
    at: 'POST /:id/publication',
    summary: 'Put a draft in force from a date on; by somebody who did not draft it',
    permission: 'policy:publish',
    params: Ref,
    body: Type.Object({ effectiveFrom: Day }),
    reply: PackView,
    problems: [PackMissing, PackPublished, PackOwnDraft, PackInvalid, NotAllowed],
    run: async ({ actor, params, body }) => packView(await policy.publish(actor, params.id, body.effectiveFrom)),
  }),
  route({
    id: 'policy.compare',
    at: 'GET /:id/differences',
    summary: 'Rules in which this pack differs from another',
    permission: 'policy:read',
    params: Ref,
    query: Type.Object({ from: Id }),
    reply: Type.Array(
      Type.Object({ rule: Type.String(), before: Nullable(ValueSchema), after: Nullable(ValueSchema) }),
    ),
    problems: [PackMissing],
    run: async ({ actor, params, query }) =>
      (await policy.compare(actor, query.from, params.id)).map(({ rule, before, after }) => ({
        rule,
        before: before && valueView(before),
        after: after && valueView(after),
      })),
  }),
  route({
    id: 'policy.replay',
    at: 'POST /:id/replays',
    summary: 'What past decisions would have been under this pack; nothing is changed',
    permission: 'policy:write',
    params: Ref,
    body: Type.Object({ from: When, to: When }),
    reply: Type.Array(
      Type.Object({
        area: Type.String(),
        decisions: Type.Integer(),
        differing: Type.Array(
          Type.Object({
            subject: Type.String(),
            was: Type.String(),
            would: Type.String(),
            because: Type.Array(Type.String()),
          }),
        ),
      }),
    ),
    problems: [PackMissing, InputInvalid],
    rate: 10,
    run: async ({ actor, params, body }) => {
      const areas = await policy.replay(actor, params.id, { from: new Date(body.from), to: new Date(body.to) });
      return areas.map(({ area, decisions, differing }) => ({
        area,
        decisions,
        differing: differing.map((each) => ({ ...each, because: [...each.because] })),
      }));
    },
  }),
];
