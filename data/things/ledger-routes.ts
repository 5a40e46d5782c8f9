import { EditConflict, InputInvalid } from '@keystead/contracts/problem';
import { faultSheet } from '@keystead/data/places';
import { Download, type MountedRoute, route } from '@keystead/kernel/http';
import { SheetFormatSchema, sheetFile } from '@keystead/kernel/sheet';
import { Type } from 'typebox';
import { importLimit } from './imports.ts';
import {
  FaultView,
  IdText,
  Nullable,
  ThingChangeSchema,
  ThingDraftSchema,
  ThingFilterSchema,
  ThingListQuery,
  ThingView,
} from './schemas.ts';
import type { ThingsService } from './setup.ts';
import { ModelMissing, ThingBatchNotUndoable, ThingCodeTaken, ThingMissing, ThingOutOfReach } from './thing.ts';

const Ref = Type.Object({ id: IdText });

const ImportReply = Type.Object({
  batch: Nullable(IdText),
  dryRun: Type.Boolean(),
  rows: Type.Integer(),
  created: Type.Integer(),
  /** Tokens stand here and nowhere else. */
  things: Type.Array(
    Type.Object({
      line: Type.Integer(),
      code: Type.String(),
      id: IdText,
      number: Type.Integer(),
      token: Nullable(Type.String()),
    }),
  ),
  errors: Type.Array(FaultView),
});

const OnlineGroupView = Type.Object({
  key: Type.String(),
  name: Type.String(),
  total: Type.Integer(),
  online: Type.Integer(),
  offline: Type.Integer(),
  unknown: Type.Integer(),
  rate: Nullable(Type.Number()),
});

/** The ledger of things: finding, adding, editing, importing, exporting, and who of them is there. */
export const ledgerRoutes = (things: ThingsService): MountedRoute[] => [
  route({
    id: 'things.list',
    at: 'GET /',
    summary: 'Things that match all given filters',
    permission: 'thing:read',
    query: ThingListQuery,
    reply: Type.Object({
      items: Type.Array(ThingView),
      next: Nullable(Type.String()),
      total: Type.Optional(Type.Integer()),
    }),
    problems: [InputInvalid],
    run: ({ actor, query }) => things.list(actor, query),
  }),
  route({
    id: 'things.export',
    at: 'GET /export',
    summary: 'Things that match all given filters, as CSV for programs or XLSX for people',
    permission: 'thing:read',
    query: Type.Object({ ...ThingFilterSchema.properties, format: SheetFormatSchema }),
    run: async ({ actor, query: { format, ...filter }, facts }) =>
      sheetFile(await things.exportSheet(actor, filter, format === 'xlsx' ? facts.language : undefined), format),
  }),
  route({
    id: 'things.onlineRate',
    at: 'GET /online-rate',
    summary: 'How many things are there, in all, by place, by model or by class of equipment',
    permission: 'thing:read',
    query: Type.Object({
      under: Type.Optional(Type.String({ maxLength: 200 })),
      by: Type.Optional(Type.Enum(['place', 'model', 'class'])),
    }),
    reply: Type.Array(OnlineGroupView),
    run: ({ actor, query }) => things.online.rate(actor, query),
  }),
  route({
    id: 'things.create',
    at: 'POST /',
    summary: 'Register a thing',
    permission: 'thing:write',
    body: ThingDraftSchema,
    reply: ThingView,
    status: 201,
    problems: [InputInvalid, ThingCodeTaken, ThingOutOfReach, ModelMissing],
    run: async ({ actor, body }) => things.get(actor, (await things.create(actor, body)).id),
  }),
  route({
    id: 'things.import',
    at: 'POST /import',
    summary: 'Register many things given as rows; all or none',
    permission: 'thing:write',
    bodyLimit: 16 * 1024 * 1024,
    body: Type.Object({
      rows: Type.Array(ThingDraftSchema, { maxItems: importLimit }),
      dryRun: Type.Optional(Type.Boolean()),
      tokens: Type.Optional(Type.Boolean()),
    }),
    reply: ImportReply,
    problems: [InputInvalid],
    run: ({ actor, body }) => things.importRows(actor, body.rows, { dryRun: body.dryRun, tokens: body.tokens }),
  }),
  route({
    id: 'things.importSheet',
    at: 'POST /import/sheet',
    summary: 'Register many things given as CSV; all or none, with an error sheet',
    permission: 'thing:write',
    bodyLimit: 16 * 1024 * 1024,
    body: 'bytes',
    query: Type.Object({
      dryRun: Type.Boolean({ default: false }),
      tokens: Type.Boolean({ default: false }),
      /** `csv`: when rows are wrong, answer with the error sheet as a file. */
      errors: Type.Optional(Type.Literal('csv')),
    }),
    reply: ImportReply,
    problems: [InputInvalid],
    run: async ({ actor, body, query: { errors, ...options } }) => {
      const result = await things.importSheet(actor, body, options);
      if (errors !== 'csv' || result.errors.length === 0) return result;
      return new Download(faultSheet(result.errors), 'text/csv; charset=utf-8', '导入错误.csv');
    },
  }),
  route({
    id: 'things.undoImport',
    at: 'POST /import/undo',
    summary: 'Take back the last import, as long as nothing was built on it',
    permission: 'thing:write',
    reply: Type.Object({ batch: IdText, removed: Type.Integer() }),
    problems: [ThingBatchNotUndoable],
    run: ({ actor }) => things.importBatches.undoLast(actor),
  }),
  route({
    id: 'things.get',
    at: 'GET /:id',
    summary: 'One thing',
    permission: 'thing:read',
    params: Ref,
    reply: ThingView,
    problems: [ThingMissing],
    run: ({ actor, params }) => things.get(actor, params.id),
  }),
  route({
    id: 'things.update',
    at: 'PATCH /:id',
    summary: 'Change fields of a thing',
    permission: 'thing:write',
    params: Ref,
    body: ThingChangeSchema,
    reply: ThingView,
    problems: [ThingMissing, ThingOutOfReach, ModelMissing, EditConflict],
    run: async ({ actor, params, body, facts }) =>
      things.get(actor, (await things.update(actor, params.id, body, facts.version)).id),
  }),
];
