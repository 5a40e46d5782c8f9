import { type RowFault, readSheet, sheetText } from '@keystead/data/places';
import { csvLine, looksLikeXlsx, readXlsx } from '@keystead/kernel/sheet';
import { type Dossier, dossierFaults } from './dossier.ts';
import { type HouseState, isHouseState } from './house-state.ts';
import { type Column, cellValue, columnOf, columns } from './sheet-columns.ts';

export const mostRows = 20_000;

/** One house as a sheet tells it. */
export interface HouseSheetRow {
  line: number;
  /** Path of codes, the last of them the house's own. */
  path: string;
  /** Codes above the house below the project: building, unit, floor; '' where the sheet leaves one out. */
  above: { building: string; unit: string; floor: string };
  project: string;
  code: string;
  name: string;
  tags: string[] | undefined;
  /** A file that begins needs a state no lease stands behind; of one that is there it says nothing. */
  state: HouseState;
  since: string | undefined;
  attributes: Record<string, unknown>;
  dossier: Dossier;
}

const stateWords = new Map<string, HouseState>([
  ['', 'vacant'],
  ['空置', 'vacant'],
  ['未交付', 'undelivered'],
  ['维修中', 'maintenance'],
  ['停用', 'disabled'],
]);

const ownershipWords = new Map([
  ['政府投资', 'government'],
  ['国有', 'state-owned'],
  ['企业', 'enterprise'],
  ['长期租赁', 'leased-in'],
  ['其他', 'other'],
]);

/** The sheet as CSV text whose first line names our columns; line numbers stay those of the file. */
function asCsv(bytes: Uint8Array): { text: string; faults: RowFault[] } {
  if (!looksLikeXlsx(bytes)) {
    const text = sheetText(bytes).replace(/^\uFEFF/, '');
    const end = /\r?\n/.exec(text)?.index ?? text.length;
    const heads = text
      .slice(0, end)
      .split(',')
      .map((head) => columnOf(head.replaceAll('"', ''))?.key ?? head);
    return { text: heads.join(',') + text.slice(end), faults: [] };
  }
  const table = readXlsx(Buffer.from(bytes), mostRows + 1);
  const [first, ...rest] = table.rows;
  if (!first) return { text: '', faults: [{ line: 0, code: 'empty' }] };
  const keys = first.cells.map((head) => columnOf(head)?.key ?? head);
  const lines = [csvLine(keys)];
  let line = 1;
  for (const { line: at, cells } of rest) {
    for (line++; line < at; line++) lines.push('\r\n');
    lines.push(csvLine(keys.map((_key, column) => (cells[column] ?? '').replace(/[\r\n]+/g, ' '))));
  }
  return {
    text: lines.join(''),
    faults: table.faults.map(({ line: at, code, detail }) => ({ line: at, code, detail })),
  };
}

/** Column a fault of the dossier belongs to: `/ownership/kind` → `ownershipKind`. */
function columnAt(pointer: string): string {
  const [, group, entry] = pointer.split('/');
  const found = columns.find((column) => column.target === group && (column.entry ?? column.key) === entry);
  return found?.key ?? columns.find((column) => column.target === 'place' && column.key === entry)?.key ?? entry ?? '';
}

function put(row: HouseSheetRow, column: Column, value: unknown): void {
  const entry = column.entry ?? column.key;
  if (column.target === 'place') row.attributes[entry] = value;
  else if (column.target !== 'row') {
    const given = entry === 'kind' ? (ownershipWords.get(String(value)) ?? value) : value;
    row.dossier = { ...row.dossier, [column.target]: { ...row.dossier[column.target], [entry]: given } };
  }
}

function rowOf(line: number, cells: Readonly<Record<string, string>>, faults: RowFault[]): HouseSheetRow {
  const at = (key: string) => cells[key] ?? '';
  const codes = [at('project'), at('building'), at('unit'), at('floor'), at('code')].filter((code) => code !== '');
  const row: HouseSheetRow = {
    line,
    path: codes.join('/'),
    above: { building: at('building'), unit: at('unit'), floor: at('floor') },
    project: at('project').replace(/\/+$/, ''),
    code: at('code'),
    name: at('name') || [at('building'), at('unit'), at('code')].filter((part) => part !== '').join('-'),
    tags: undefined,
    state: 'vacant',
    since: undefined,
    attributes: {},
    dossier: {},
  };
  for (const column of columns) {
    const text = at(column.key);
    if (text === '') {
      if (column.required) faults.push({ line, column: column.key, code: 'required' });
      continue;
    }
    const read = cellValue(column, text);
    if ('fault' in read) faults.push({ line, column: column.key, code: read.fault, detail: text.slice(0, 60) });
    else if (column.key === 'tags') row.tags = read.value as string[];
    else if (column.key === 'since') row.since = read.value as string;
    else put(row, column, read.value);
  }
  const word = at('state');
  const state = isHouseState(word) ? word : stateWords.get(word);
  if (state) row.state = state;
  else faults.push({ line, column: 'state', code: 'state-unknown', detail: word.slice(0, 60) });
  for (const fault of dossierFaults(row.dossier, row.attributes))
    faults.push({
      line,
      column: columnAt(fault.pointer),
      code: fault.code,
      ...(fault.detail ? { detail: fault.detail } : {}),
    });
  return row;
}

/** Who lives in a house comes from a lease, never from a sheet. */
export const startable = (state: HouseState): boolean =>
  ['undelivered', 'vacant', 'maintenance', 'disabled'].includes(state);

/** Reads CSV or XLSX. Every fault of every row is named; rows that are there twice too. Throws ArchiveUnreadable. */
export function readHouseSheet(bytes: Uint8Array): { rows: HouseSheetRow[]; faults: RowFault[] } {
  const { text, faults: early } = asCsv(bytes);
  if (early.length > 0) return { rows: [], faults: early };
  const sheet = readSheet(text, {
    required: columns.filter((column) => column.required).map(({ key }) => key),
    optional: columns.filter((column) => !column.required).map(({ key }) => key),
  });
  const faults = [...sheet.faults];
  const seen = new Map<string, number>();
  const rows = sheet.rows.map(({ line, cells }) => {
    const row = rowOf(line, cells, faults);
    const before = seen.get(row.path);
    if (before !== undefined) faults.push({ line, column: 'code', code: 'duplicate-row', detail: String(before) });
    seen.set(row.path, line);
    return row;
  });
  return { rows, faults };
}
