import { EditConflict, InputInvalid } from '@keystead/contracts/problem';
import { Download, type MountedRoute, route } from '@keystead/kernel/http';
import { SheetFormatSchema, sheetFile } from '@keystead/kernel/sheet';
import { Type } from 'typebox';
import { PlaceKindSchema } from './kinds.ts';
import {
  PlaceBatchNotUndoable,
  PlaceCodeTaken,
  PlaceHasChildren,
  PlaceInItself,
  PlaceKindMisplaced,
  PlaceMissing,
  PlaceOccupied,
  PlaceOutOfReach,
  PlaceTooDeep,
} from './place.ts';
import { GridView, ImportReply, PlaceChangeSchema, PlaceDraftSchema, PlaceRowSchema, PlaceView } from './schemas.ts';
import type { PlacesService } from './setup.ts';
import { faultSheet } from './sheet.ts';

const Ref = Type.Object({ id: Type.String({ format: 'uuid' }) });
const IdText = Type.String({ format: 'uuid' });
const Node = Type.Intersect([
  PlaceView,
  Type.Object({ childCount: Type.Integer(), children: Type.Optional(Type.Array(Type.Unknown())) }),
]);
const standing = [PlaceMissing, PlaceKindMisplaced, PlaceTooDeep, PlaceCodeTaken, PlaceOutOfReach, InputInvalid];

const looking = (places: PlacesService): MountedRoute[] => [
  route({
    id: 'places.list',
    at: 'GET /',
    summary: 'Find places by text, kind, tag or subtree',
    permission: 'place:read',
    query: Type.Object({
      text: Type.Optional(Type.String({ maxLength: 100 })),
      kind: Type.Optional(PlaceKindSchema),
      under: Type.Optional(Type.String({ maxLength: 200 })),
      tag: Type.Optional(Type.String({ maxLength: 40 })),
      retired: Type.Optional(Type.Boolean()),
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
      cursor: Type.Optional(Type.String({ maxLength: 500 })),
    }),
    reply: Type.Object({ items: Type.Array(PlaceView), next: Type.Union([Type.String(), Type.Null()]) }),
    run: ({ actor, query }) => places.search(actor, query),
  }),
  route({
    id: 'places.tree',
    at: 'GET /tree',
    summary: 'The tree below a place or the top, some levels deep',
    permission: 'place:read',
    query: Type.Object({
      root: Type.Optional(IdText),
      depth: Type.Integer({ minimum: 1, maximum: 12, default: 2 }),
    }),
    reply: Type.Array(Node),
    problems: [PlaceMissing],
    run: ({ actor, query }) => places.tree(actor, query.root, query.depth),
  }),
  route({
    id: 'places.counts',
    at: 'GET /counts',
    summary: 'How many places of each kind there are',
    permission: 'place:read',
    query: Type.Object({
      under: Type.Optional(Type.String({ maxLength: 200 })),
      retired: Type.Optional(Type.Boolean()),
    }),
    reply: Type.Object({ items: Type.Array(Type.Object({ kind: PlaceKindSchema, count: Type.Integer() })) }),
    run: async ({ actor, query }) => ({ items: await places.counts(actor, query) }),
  }),
  route({
    id: 'places.export',
    at: 'GET /export',
    summary: 'Places as CSV that the import takes back, or as XLSX for people',
    permission: 'place:read',
    query: Type.Object({ under: Type.Optional(IdText), format: SheetFormatSchema }),
    problems: [PlaceMissing],
    run: async ({ actor, query: { under, format }, facts }) =>
      sheetFile(await places.exportSheet(actor, under, format === 'xlsx' ? facts.language : undefined), format),
  }),
  route({
    id: 'places.get',
    at: 'GET /:id',
    summary: 'One place',
    permission: 'place:read',
    params: Ref,
    reply: PlaceView,
    problems: [PlaceMissing],
    run: ({ actor, params }) => places.get(actor, params.id),
  }),
  route({
    id: 'places.children',
    at: 'GET /:id/children',
    summary: 'Places right below one',
    permission: 'place:read',
    params: Ref,
    reply: Type.Array(PlaceView),
    run: ({ actor, params }) => places.children(actor, params.id),
  }),
  route({
    id: 'places.grid',
    at: 'GET /:id/grid',
    summary: 'A building as floors and houses',
    permission: 'place:read',
    params: Ref,
    reply: GridView,
    problems: [PlaceMissing],
    run: ({ actor, params }) => places.grid(actor, params.id),
  }),
];

const changing = (places: PlacesService): MountedRoute[] => [
  route({
    id: 'places.create',
    at: 'POST /',
    summary: 'Add a place',
    permission: 'place:write',
    body: PlaceDraftSchema,
    reply: PlaceView,
    status: 201,
    problems: standing,
    run: ({ actor, body }) => places.create(actor, body),
  }),
  route({
    id: 'places.update',
    at: 'PATCH /:id',
    summary: 'Change fields of a place',
    permission: 'place:write',
    params: Ref,
    body: PlaceChangeSchema,
    reply: PlaceView,
    problems: [PlaceMissing, PlaceCodeTaken, EditConflict, InputInvalid],
    run: ({ actor, params, body, facts }) => places.update(actor, params.id, body, facts.version),
  }),
  route({
    id: 'places.move',
    at: 'POST /:id/move',
    summary: 'Hang a place and everything below it up elsewhere',
    permission: 'place:write',
    params: Ref,
    body: Type.Object({ parent: Type.Union([IdText, Type.Null()]) }),
    reply: PlaceView,
    problems: [...standing, PlaceInItself, EditConflict],
    run: ({ actor, params, body, facts }) => places.move(actor, params.id, body.parent, facts.version),
  }),
  route({
    id: 'places.remove',
    at: 'DELETE /:id',
    summary: 'Remove an empty place',
    permission: 'place:write',
    params: Ref,
    status: 204,
    problems: [PlaceMissing, PlaceHasChildren, PlaceOccupied],
    run: ({ actor, params }) => places.remove(actor, params.id),
  }),
];

const importing = (places: PlacesService): MountedRoute[] => [
  route({
    id: 'places.import',
    at: 'POST /import',
    summary: 'Add many places given as rows; all or none',
    permission: 'place:write',
    bodyLimit: 16 * 1024 * 1024,
    body: Type.Object({
      rows: Type.Array(PlaceRowSchema, { maxItems: 20_000 }),
      dryRun: Type.Optional(Type.Boolean()),
      under: Type.Optional(IdText),
    }),
    reply: ImportReply,
    problems: [PlaceMissing, InputInvalid],
    run: ({ actor, body }) => places.importRows(actor, body.rows, { dryRun: body.dryRun, under: body.under }),
  }),
  route({
    id: 'places.importSheet',
    at: 'POST /import/sheet',
    summary: 'Add many places given as CSV; all or none, with an error sheet',
    permission: 'place:write',
    bodyLimit: 16 * 1024 * 1024,
    body: 'bytes',
    query: Type.Object({
      dryRun: Type.Boolean({ default: false }),
      under: Type.Optional(IdText),
      /** `csv`: when rows are wrong, answer with the error sheet as a file. */
      errors: Type.Optional(Type.Literal('csv')),
    }),
    reply: ImportReply,
    problems: [PlaceMissing],
    run: async ({ actor, body, query }) => {
      const result = await places.importSheet(actor, body, { dryRun: query.dryRun, under: query.under });
      if (query.errors !== 'csv' || result.errors.length === 0) return result;
      return new Download(faultSheet(result.errors), 'text/csv; charset=utf-8', '导入错误.csv');
    },
  }),
  route({
    id: 'places.undoImport',
    at: 'POST /import/undo',
    summary: 'Take back the last import',
    permission: 'place:write',
    reply: Type.Object({ batch: IdText, removed: Type.Integer() }),
    problems: [PlaceBatchNotUndoable, PlaceOccupied],
    run: ({ actor }) => places.undoLast(actor),
  }),
];

export const placeRoutes = (places: PlacesService): MountedRoute[] => [
  ...looking(places),
  ...changing(places),
  ...importing(places),
];
