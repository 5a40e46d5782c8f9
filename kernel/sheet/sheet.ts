import { Readable } from 'node:stream';
import { Download } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { csvChunks } from './csv.ts';
import type { Sheet } from './rows.ts';
import { xlsxChunks } from './xlsx.ts';

/** In a query string; CSV unless it says otherwise. */
export const SheetFormatSchema = Type.Optional(Type.Enum(['csv', 'xlsx']));
export type SheetFormat = 'csv' | 'xlsx';

const mediaTypes: Readonly<Record<SheetFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The sheet as a file, written while it is sent. Instants as the clocks of the zone show them. */
export function sheetFile(sheet: Sheet, format: SheetFormat = 'csv', zone?: string): Download {
  const chunks = format === 'xlsx' ? xlsxChunks(sheet, zone) : csvChunks(sheet, zone);
  return new Download(Readable.from(chunks, { objectMode: false }), mediaTypes[format], `${sheet.name}.${format}`);
}
