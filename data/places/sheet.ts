import { byteOrderMark, type Cell, csvLine } from '@keystead/kernel/sheet';
import { parse } from 'csv-parse/sync';

/** One line of a table file by column name, with its line number as an editor shows it. */
export interface SheetRow {
  line: number;
  cells: Readonly<Record<string, string>>;
}

/** What is wrong with one row; `line` 0 means the file as a whole. */
export interface RowFault {
  line: number;
  column?: string;
  code: string;
  detail?: string;
}

export const sheetRowLimit = 20_000;

/** UTF-8, or what Excel in China writes when it does not: GB 18030. */
export function sheetText(bytes: Uint8Array | string): string {
  if (typeof bytes === 'string') return bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

interface Parsed {
  record: string[];
  info: { lines: number };
}

/** An apostrophe that was put before a formula sign when the file was written, see `writeSheet`. */
const unguarded = (cell: string): string => (/^'[=+\-@\t]/.test(cell) ? cell.slice(1) : cell);

/** Reads CSV text with a header line. Codes: `not-csv`, `column-missing`, `column-unknown`, `too-many-rows`, `cells-missing`. */
export function readSheet(
  text: string,
  columns: { required: readonly string[]; optional: readonly string[] },
): { rows: SheetRow[]; faults: RowFault[] } {
  let parsed: Parsed[];
  try {
    parsed = parse(text, {
      bom: true,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
      trim: true,
      to: sheetRowLimit + 2,
    }) as unknown as Parsed[];
  } catch (cause) {
    const line = (cause as { lines?: number }).lines ?? 0;
    return { rows: [], faults: [{ line, code: 'not-csv', detail: cause instanceof Error ? cause.message : '' }] };
  }
  const [head, ...body] = parsed;
  const names = head?.record ?? [];
  const faults: RowFault[] = [];
  for (const column of columns.required)
    if (!names.includes(column)) faults.push({ line: 1, column, code: 'column-missing' });
  for (const name of names) {
    if (!columns.required.includes(name) && !columns.optional.includes(name))
      faults.push({ line: 1, column: name, code: 'column-unknown' });
  }
  if (body.length > sheetRowLimit) faults.push({ line: 0, code: 'too-many-rows', detail: String(sheetRowLimit) });
  if (faults.length > 0) return { rows: [], faults };
  const rows: SheetRow[] = [];
  for (const { record, info } of body) {
    if (record.length !== names.length)
      faults.push({ line: info.lines, code: 'cells-missing', detail: `${record.length}/${names.length}` });
    else
      rows.push({
        line: info.lines,
        cells: Object.fromEntries(names.map((name, at) => [name, unguarded(record[at] ?? '')])),
      });
  }
  return { rows, faults };
}

const cellOf = (value: unknown): Cell =>
  value instanceof Date
    ? value.toISOString()
    : typeof value === 'object' && value !== null
      ? JSON.stringify(value)
      : (value as Cell);

/** CSV text that WPS and Excel open with the right characters; `readSheet` takes it back unchanged. */
export function writeSheet(header: readonly string[], rows: Iterable<readonly unknown[]>): string {
  const lines = [...rows].map((row) => csvLine(row.map(cellOf)));
  return [byteOrderMark, csvLine(header), ...lines].join('');
}

/** The error sheet of an import: one line a fault, in the order of the file. */
export const faultSheet = (faults: readonly RowFault[]): string =>
  writeSheet(
    ['line', 'column', 'code', 'detail'],
    [...faults].sort((a, b) => a.line - b.line).map((fault) => [fault.line, fault.column, fault.code, fault.detail]),
  );
