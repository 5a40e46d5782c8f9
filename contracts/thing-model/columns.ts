import { defaultZone } from '@keystead/contracts/calendar';
import { inferProperty, isMissing } from './column-property.ts';
import { assignKeys } from './keys.ts';
import type { Property, ThingModel } from './schema.ts';
import { readTime } from './time-text.ts';

export interface Table {
  readonly family: string;
  readonly name: { readonly zh: string; readonly en: string };
  /** The header. Rows may have one field more in front: an unnamed row number, as R writes it. */
  readonly columns: readonly string[];
  /** The rows to learn from; the more, the better the ranges. */
  readonly rows: readonly (readonly string[])[];
  /** Zone of times without an offset; Asia/Shanghai when absent. */
  readonly zone?: string;
}

export interface TablePlan {
  readonly model: ThingModel;
  /** Field of a row that holds the event time; undefined = the table has none. */
  readonly time: number | undefined;
  /** Which field of a row is which property. */
  readonly fields: readonly { readonly index: number; readonly property: Property }[];
  /** Columns that were left out, and why: `empty` or `too-many`. */
  readonly skipped: readonly { readonly column: string; readonly reason: string }[];
}

const mostProperties = 512;
const timeName = /^(date|time|timestamp|datetime|date[_ ]?time|ts|日期|时间|采集时间|上报时间)$/i;

/**
 * Makes a thing model from the columns of a table (recorded readings of one thing): types, ranges with a margin,
 * largest change per second, interval, names fit for a key. A start for people to edit, good enough to replay.
 */
export function modelFromColumns(table: Table): TablePlan {
  const zone = table.zone ?? defaultZone;
  const wider = table.rows.length > 0 && table.rows.every((row) => row.length === table.columns.length + 1);
  const shift = wider ? 1 : 0;
  const valuesOf = (column: number): string[] => table.rows.map((row) => (row[column + shift] ?? '').trim());
  const time = timeColumn(table.columns, valuesOf, zone);
  const times = time === undefined ? undefined : valuesOf(time).map((text) => readTime(text, zone));

  const drafts: { index: number; draft: Omit<Property, 'key'> }[] = [];
  const skipped: { column: string; reason: string }[] = [];
  const ids = new Set<string>();
  table.columns.forEach((column, index) => {
    if (index === time) return;
    const values = valuesOf(index);
    if (values.every(isMissing)) skipped.push({ column, reason: 'empty' });
    else if (drafts.length >= mostProperties) skipped.push({ column, reason: 'too-many' });
    else drafts.push({ index: index + shift, draft: inferProperty(column, freeId(column, index, ids), values, times) });
  });

  const interval = intervalOf(times ?? []);
  const model = assignKeys({
    family: table.family,
    version: 1,
    name: table.name,
    category: { function: 'measurement', domain: 'imported', specification: 'table' },
    authentication: 'secret',
    interval,
    grace: Math.min(604_800, interval * 2 + 60),
    properties: drafts.map(({ draft }) => draft),
    events: [],
    services: [],
  });
  const fields = model.properties.map((property, position) => ({ index: drafts[position]?.index ?? 0, property }));
  return { model, time: time === undefined ? undefined : time + shift, fields, skipped };
}

function timeColumn(
  columns: readonly string[],
  valuesOf: (column: number) => string[],
  zone: string,
): number | undefined {
  const isTime = (index: number) => {
    const values = valuesOf(index).filter((text) => !isMissing(text));
    return values.length > 0 && values.every((text) => readTime(text, zone) !== undefined);
  };
  const named = columns.findIndex((column, index) => timeName.test(column.trim()) && isTime(index));
  if (named >= 0) return named;
  // Without a telling name only written-out dates count: any number could be seconds since 1970.
  const dated = columns.findIndex((_, index) => isTime(index) && valuesOf(index).every((text) => /[-T:]/.test(text)));
  return dated >= 0 ? dated : undefined;
}

/** A wire name made from a heading: `Humidity Ratio (%)` → `Humidity_Ratio`; `温度` → `column_3`. */
function freeId(column: string, index: number, taken: Set<string>): string {
  const plain = column
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9_.:-]+/g, '_')
    .replace(/^[^A-Za-z]+|[^A-Za-z0-9]+$/g, '')
    .slice(0, 56);
  const base = plain === '' ? `column_${index + 1}` : plain;
  let id = base;
  for (let copy = 2; taken.has(id); copy++) id = `${base}_${copy}`;
  taken.add(id);
  return id;
}

/** The middle distance between neighbouring times, in whole seconds; a minute when there are no times. */
function intervalOf(times: readonly (number | undefined)[]): number {
  const known = times.filter((time) => time !== undefined).sort((a, b) => a - b);
  const steps = known.slice(1).map((time, index) => (time - (known[index] ?? time)) / 1e6);
  const middle = steps.filter((step) => step > 0).sort((a, b) => a - b);
  const median = middle[Math.floor(middle.length / 2)] ?? 60;
  return Math.min(604_800, Math.max(1, Math.round(median)));
}
