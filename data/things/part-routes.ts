import { EditConflict } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { PartCodeTaken, PartMissing } from './parts.ts';
import { CodeText, IdText, NameText } from './schemas.ts';
import type { ThingsService } from './setup.ts';
import { ThingMissing } from './thing.ts';

const Ref = Type.Object({ id: IdText });
const Amount = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const part = { name: NameText, unit: Type.String({ maxLength: 20 }), stock: Amount, lowMark: Amount };
const PartView = Type.Object({ id: IdText, code: Type.String(), ...part, version: Type.Integer() });

/** Spare parts: the shelf, and what stands in which thing. */
export const partRoutes = ({ parts }: ThingsService): MountedRoute[] => [
  route({
    id: 'things.partList',
    at: 'GET /parts',
    summary: 'Spare parts with their stock',
    permission: 'thing:read',
    reply: Type.Array(PartView),
    run: ({ actor }) => parts.list(actor),
  }),
  route({
    id: 'things.addPart',
    at: 'POST /parts',
    summary: 'Add a spare part',
    permission: 'thing:write',
    body: Type.Object({ code: CodeText, ...part }),
    reply: PartView,
    status: 201,
    problems: [PartCodeTaken],
    run: ({ actor, body }) => parts.add(actor, body),
  }),
  route({
    id: 'things.updatePart',
    at: 'PATCH /parts/:id',
    summary: 'Change a spare part or its counted stock',
    permission: 'thing:write',
    params: Ref,
    body: Type.Partial(Type.Object(part)),
    reply: PartView,
    problems: [PartMissing, EditConflict],
    run: ({ actor, params, body, facts }) => parts.update(actor, params.id, body, facts.version),
  }),
  route({
    id: 'things.partsOf',
    at: 'GET /:id/parts',
    summary: 'Spare parts that fit a thing, with their stock',
    permission: 'thing:read',
    params: Ref,
    reply: Type.Array(Type.Object({ ...PartView.properties, quantity: Type.Integer() })),
    problems: [ThingMissing],
    run: ({ actor, params }) => parts.of(actor, params.id),
  }),
  route({
    id: 'things.fitParts',
    at: 'PUT /:id/parts',
    summary: 'Say which spare parts fit a thing',
    permission: 'thing:write',
    params: Ref,
    body: Type.Array(Type.Object({ part: IdText, quantity: Type.Integer({ minimum: 1, maximum: 10_000 }) }), {
      maxItems: 200,
    }),
    status: 204,
    problems: [ThingMissing, PartMissing],
    run: ({ actor, params, body }) => parts.fit(actor, params.id, body),
  }),
];
