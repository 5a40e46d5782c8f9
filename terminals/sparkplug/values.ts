import { type Refusal, refuse, ValueWrongType } from '@keystead/terminals/port';
import { itemsOf } from './arrays.ts';
import { type DataType, dataTypeOf, integerForm } from './data-types.ts';
import { readMetric, textOf } from './payload.ts';
import { bigOf, doubleOf, floatOf, numberOf, readFields, type WireField } from './wire.ts';

/** Number of the field a value stands in, below 10 (in a data set they begin at 1, in a metric at 10). */
const metricFields = ['int', 'long', 'float', 'double', 'boolean', 'string', 'bytes', 'dataset', 'template'] as const;
type Kind = (typeof metricFields)[number];

const rowsMost = 10_000;
const deepest = 4;

const wrong = (type: DataType, detail: string): { refusal: Refusal } => ({
  refusal: refuse(ValueWrongType, `${type}: ${detail}`),
});

export type Said = { value: unknown } | { refusal: Refusal };

function wholeOf(raw: WireField, type: DataType): Said {
  const form = integerForm(type);
  // Of a type nobody told, the number is what it looks like.
  if (!form) return safe(numberOf(raw), type);
  const wide = bigOf(raw);
  const value = form.signed ? BigInt.asIntN(form.bits, wide) : BigInt.asUintN(form.bits, wide);
  return safe(Number(value), type);
}

const safe = (value: number | undefined, type: DataType): Said =>
  value !== undefined && Number.isSafeInteger(value) ? { value } : wrong(type, 'beyond what can be told exactly');

const finite = (value: number, type: DataType): Said =>
  Number.isFinite(value) ? { value } : wrong(type, 'not a number');

const wantsWhole = (type: DataType): boolean => integerForm(type) !== undefined || type === 'Unknown';
const isReal = (type: DataType): boolean => type === 'Float' || type === 'Double' || type === 'Unknown';
const isText = (type: DataType): boolean => ['String', 'Text', 'UUID', 'Unknown'].includes(type);

function scalar(kind: Kind, raw: WireField, type: DataType): Said {
  switch (kind) {
    case 'int':
    case 'long':
      return wantsWhole(type) && raw.wire === 'varint' ? wholeOf(raw, type) : wrong(type, `came as ${kind}`);
    case 'float':
      return isReal(type) && raw.wire === 'fixed32' ? finite(floatOf(raw), type) : wrong(type, 'came as float');
    case 'double':
      return isReal(type) && raw.wire === 'fixed64' ? finite(doubleOf(raw), type) : wrong(type, 'came as double');
    case 'boolean':
      return (type === 'Boolean' || type === 'Unknown') && raw.wire === 'varint'
        ? { value: raw.low !== 0 || raw.high !== 0 }
        : wrong(type, 'came as boolean');
    case 'string': {
      const text = isText(type) && raw.wire === 'bytes' ? textOf(raw.bytes) : undefined;
      return text === undefined ? wrong(type, 'came as string') : { value: text };
    }
    default:
      return wrong(type, `came as ${kind}`);
  }
}

/** The value of a metric in the words of the platform: a number, truth, a text, a list, or a JSON object. */
export function metricValue(raw: WireField, type: DataType, depth = deepest): Said {
  const kind = metricFields[raw.number - 10];
  if (kind === undefined) return wrong(type, 'no value');
  if (kind === 'bytes' && raw.wire === 'bytes') {
    if (type === 'Bytes' || type === 'File' || type === 'Unknown')
      return { value: Buffer.from(raw.bytes).toString('base64') };
    const items = itemsOf(raw.bytes, type);
    return items ? { value: items } : wrong(type, 'no such list');
  }
  if (kind === 'dataset' && raw.wire === 'bytes') return dataSet(raw.bytes);
  if (kind === 'template' && raw.wire === 'bytes')
    return depth > 0 ? template(raw.bytes, depth - 1) : wrong('Template', 'too deep');
  return scalar(kind, raw, type);
}

const badSet = wrong('DataSet', 'no such table');

/** A table as `{ columns, rows }`. */
function dataSet(bytes: Uint8Array): Said {
  const fields = readFields(bytes);
  if (!fields) return badSet;
  const columns = fields.filter(({ number }) => number === 2).map((one) => textOf(one.bytes));
  const types = fields.filter(({ number }) => number === 3).flatMap(typesIn);
  const rows = fields.filter(({ number }) => number === 4);
  if (columns.includes(undefined) || types.length !== columns.length || rows.length > rowsMost) return badSet;
  const values: unknown[][] = [];
  for (const row of rows) {
    const cells = readFields(row.bytes)?.filter(({ number }) => number === 1);
    if (cells?.length !== columns.length) return badSet;
    const line: unknown[] = [];
    for (const [at, cell] of cells.entries()) {
      const [inner] = readFields(cell.bytes) ?? [];
      // An empty cell is a null.
      if (!inner) {
        line.push(null);
        continue;
      }
      const kind = metricFields[inner.number - 1];
      const said = kind ? scalar(kind, inner, types[at] ?? 'Unknown') : badSet;
      if ('refusal' in said) return said;
      line.push(said.value);
    }
    values.push(line);
  }
  return { value: { columns, rows: values } };
}

/** Types come one by one, or packed into one field. */
function typesIn(field: WireField): DataType[] {
  if (field.wire === 'varint') return [dataTypeOf(field.low)];
  return [...field.bytes].map((byte) => dataTypeOf(byte));
}

/** Members by their names; a definition has no values and says nothing. */
function template(bytes: Uint8Array, depth: number): Said {
  const fields = readFields(bytes);
  if (!fields) return wrong('Template', 'no such template');
  const members: [string, unknown][] = [];
  for (const field of fields.filter(({ number }) => number === 2)) {
    const metric = readMetric(field.bytes);
    if (!metric?.name || metric.name === '__proto__') return wrong('Template', 'a member without a name');
    const said = metric.raw ? metricValue(metric.raw, metric.type ?? 'Unknown', depth) : { value: null };
    if ('refusal' in said) return said;
    members.push([metric.name, said.value]);
  }
  return { value: Object.fromEntries(members) };
}
