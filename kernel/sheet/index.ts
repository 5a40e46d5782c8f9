export { byteOrderMark, csvField, csvLine } from './csv.ts';
export type { Cell, Sheet } from './rows.ts';
export { type SheetFormat, SheetFormatSchema, sheetFile } from './sheet.ts';
