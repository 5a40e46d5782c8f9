export { byteOrderMark, csvField, csvLine } from './csv.ts';
export { looksLikeXlsx, type ReadTable, readXlsx, type TableFault } from './read-xlsx.ts';
export type { Cell, Sheet } from './rows.ts';
export { type SheetFormat, SheetFormatSchema, sheetFile } from './sheet.ts';
export { ArchiveUnreadable, unzip } from './unzip.ts';
