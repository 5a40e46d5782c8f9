import { createHash } from 'node:crypto';
import { basename, extname } from 'node:path';
import { modelFromColumns, readTime, type TablePlan } from '@keystead/contracts/thing-model';
import { type BadLine, readRows, type TableFile, TableUnreadable } from './csv.ts';

export interface Learned {
  readonly plan: TablePlan;
  /** The first line holds names and no readings. */
  readonly headed: boolean;
  /** Fields a row must have. */
  readonly width: number;
  /** Median seconds between two rows; what rows without a time are apart. */
  readonly interval: number;
  readonly rowsSeen: number;
}

export interface Naming {
  readonly family: string;
  readonly code: string;
  readonly name: string;
}

const mostLearned = 50_000;

/** Names of the model and the thing, made from the file's name unless told. */
export function namesFor(path: string, name?: string): Naming {
  const base = basename(path, extname(path)).normalize('NFC');
  const slug = base
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  const mark = createHash('sha256').update(base).digest('hex').slice(0, 8);
  const tail = slug === '' ? mark : slug;
  return { family: `table-${tail}`, code: `CSV-${tail}`, name: (name ?? base).slice(0, 120) || tail };
}

const isReading = (cell: string): boolean => cell.trim() !== '' && Number.isFinite(Number(cell));

/** How wide most rows are; R writes a row number in front that the header does not name. */
function usualWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best), [0, 0])[0];
}

/** Most cells of a column decide what it is; the few that are something else are refused later, one by one. */
const decisive = 0.95;

/** The rows a model is learned from: without unreadable times, and without words among numbers. */
function cleaned(rows: readonly (readonly string[])[], width: number): (readonly string[])[] {
  const isTime = (cell: string): boolean => readTime(cell, 'UTC') !== undefined;
  const shares = (is: (cell: string) => boolean): number[] =>
    Array.from({ length: width }, (_, column) => {
      const present = rows.filter((row) => (row[column] ?? '').trim() !== '');
      return present.length === 0 ? 0 : present.filter((row) => is(row[column] ?? '')).length / present.length;
    });
  const [timed, numeric] = [shares(isTime), shares(isReading)];
  const mostly = (share: number | undefined): boolean => share !== undefined && share >= decisive && share < 1;
  return rows
    .filter((row) => row.every((cell, column) => !mostly(timed[column]) || isTime(cell)))
    .map((row) => row.map((cell, column) => (mostly(numeric[column]) && !isReading(cell) ? '' : cell)));
}

/** Reads the first rows and makes a model of them. Throws TableUnreadable. */
export async function learnTable(path: string, table: TableFile, naming: Naming, zone?: string): Promise<Learned> {
  const bad: BadLine[] = [];
  const seen: (readonly string[])[] = [];
  for await (const { cells } of readRows(path, table, (one) => bad.push(one))) {
    seen.push(cells);
    if (seen.length > mostLearned) break;
  }
  const [first, ...others] = seen;
  if (!first) throw new TableUnreadable(`没有可读的行 / no readable rows: ${path}`);
  // A first line of readings has no names to take.
  const headed = !first.every((cell) => isReading(cell) || readTime(cell, 'UTC') !== undefined);
  const rows = headed ? others : seen;
  if (rows.length === 0) throw new TableUnreadable(`只有表头，没有数据 / a header and no rows: ${path}`);
  const width = usualWidth(rows);
  const columns = headed ? first : first.map((_, at) => `column_${at + 1}`);
  if (width !== columns.length && width !== columns.length + 1)
    throw new TableUnreadable(
      `表头 ${columns.length} 列，数据多为 ${width} 列 / the header has ${columns.length} columns, most rows have ${width}`,
    );
  const good = cleaned(
    rows.filter((row) => row.length === width),
    width,
  );
  const { family, name } = naming;
  const plan = modelFromColumns({
    family,
    name: { zh: name.slice(0, 80), en: name.slice(0, 80) },
    columns,
    rows: good,
    zone,
  });
  if (plan.fields.length === 0) throw new TableUnreadable(`没有可用的数据列 / no column holds readings: ${path}`);
  return { plan, headed, width, interval: plan.model.interval, rowsSeen: good.length };
}
