import { NotAllowed } from '@keystead/contracts/problem';
import { faultSheet } from '@keystead/data/places';
import { Download, type MountedRoute, route } from '@keystead/kernel/http';
import { ArchiveUnreadable } from '@keystead/kernel/sheet';
import { Type } from 'typebox';
import { StockBatchMissing, StockBatchNotUndoable } from './problems.ts';
import { HouseRef, Id, StockImportView } from './schemas.ts';
import type { StockService } from './setup.ts';

/** Bytes of a sheet at most; 20,000 rows of all columns are a third of it. */
const sheetBytes = 32 * 1024 * 1024;

export const importRoutes = (stock: StockService): MountedRoute[] => [
  route({
    id: 'houses.import',
    at: 'POST /import',
    summary: 'Add and change many houses from CSV or XLSX; all or none, with an error sheet',
    permission: 'house:import',
    bodyLimit: sheetBytes,
    body: 'bytes',
    query: Type.Object({
      dryRun: Type.Boolean({ default: false }),
      /** `csv`: when rows are wrong, answer with the error sheet as a file. */
      errors: Type.Optional(Type.Literal('csv')),
    }),
    reply: StockImportView,
    problems: [ArchiveUnreadable],
    run: async ({ actor, body, query }) => {
      const result = await stock.importSheet(actor, body, { dryRun: query.dryRun });
      if (query.errors !== 'csv' || result.errors.length === 0) return result;
      return new Download(faultSheet(result.errors), 'text/csv; charset=utf-8', '房源导入错误.csv');
    },
  }),
  route({
    id: 'houses.undoImport',
    at: 'POST /import/:id/undo',
    summary: 'Take an import back: new houses go, changed files get their former version',
    permission: 'house:import',
    params: HouseRef,
    reply: Type.Object({ batch: Id, removed: Type.Integer(), restored: Type.Integer() }),
    problems: [StockBatchMissing, StockBatchNotUndoable, NotAllowed],
    run: ({ actor, params }) => stock.undo(actor, params.id),
  }),
];
