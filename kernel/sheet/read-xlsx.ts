import { type ArchiveEntry, ArchiveUnreadable, unzip } from './unzip.ts';

/** What keeps a table from being taken as rows and columns: `range` or the cell it stands in. */
export interface TableFault {
  readonly line: number;
  readonly code: 'merged-cells' | 'formula' | 'error-value' | 'too-many-rows';
  readonly detail: string;
}

export interface ReadTable {
  /** By line as the program shows it, from 1; lines without any cell are left out. */
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
  readonly faults: readonly TableFault[];
}

const mostUnpacked = 200 * 1024 * 1024;
const mostColumns = 256;
const mostFaults = 1000;

export const looksLikeXlsx = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plain = (xml: string): string =>
  xml.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/g, (_all, hex, decimal, name) => {
    if (name !== undefined) return named[name] ?? '';
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });

/**
 * Elements of one name that do not nest, with their attributes and content. Linear whatever stands in the file; throws
 * ArchiveUnreadable for one that never ends.
 */
function* elements(xml: string, name: string): Generator<[attributes: string, content: string]> {
  const open = `<${name}`;
  const close = `</${name}>`;
  for (let at = xml.indexOf(open); at >= 0; at = xml.indexOf(open, at)) {
    const after = at + open.length;
    at = after;
    if (!/[\s/>]/.test(xml[after] ?? '')) continue;
    const end = xml.indexOf('>', after);
    if (end < 0) throw new ArchiveUnreadable({ reason: 'damaged' });
    at = end + 1;
    if (xml[end - 1] === '/') yield [xml.slice(after, end - 1), ''];
    else {
      const until = xml.indexOf(close, at);
      if (until < 0) throw new ArchiveUnreadable({ reason: 'damaged' });
      yield [xml.slice(after, end), xml.slice(at, until)];
      at = until + close.length;
    }
  }
}

/** Text of all `<t>` in a string item; phonetic runs are no part of it. */
function textOf(xml: string): string {
  const spoken = new Set([...elements(xml, 'rPh')].map(([, run]) => run));
  let read = xml;
  for (const run of spoken) read = read.replaceAll(run, '');
  return [...elements(read, 't')].map(([, text]) => plain(text)).join('');
}

const attribute = (tag: string, name: string): string | undefined => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];

/** `C12` → 2. */
function columnOf(reference: string): number {
  let column = 0;
  for (const sign of reference) {
    const letter = sign.charCodeAt(0) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column - 1;
}

/** Styles whose numbers are dates, by their place in `cellXfs`. */
function dateStyles(xml: string): Set<number> {
  const own = new Map<number, string>();
  for (const [tag] of xml.matchAll(/<numFmt\s[^>]*>/g))
    own.set(Number(attribute(tag, 'numFmtId')), plain(attribute(tag, 'formatCode') ?? ''));
  const isDate = (id: number): boolean => {
    const format = own.get(id);
    if (format !== undefined) return /[ymdhs年月日]/i.test(format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
  };
  const cells = /<cellXfs[\s>][\s\S]*?<\/cellXfs>/.exec(xml)?.[0] ?? '';
  const dates = new Set<number>();
  [...cells.matchAll(/<xf\s[^>]*>/g)].forEach(([tag], at) => {
    if (isDate(Number(attribute(tag, 'numFmtId') ?? 0))) dates.add(at);
  });
  return dates;
}

/** Days since Excel's first day as `2026-06-01`, with the time when there is one. */
function dateText(serial: number): string {
  const at = new Date(Math.round((serial - 25_569) * 86_400_000));
  if (Number.isNaN(at.getTime())) return String(serial);
  const text = at.toISOString();
  return Number.isInteger(serial) ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
}

function firstSheet(entries: ReadonlyMap<string, ArchiveEntry>): ArchiveEntry {
  const named = [...entries.values()].filter(({ name }) => /^xl\/worksheets\/[^/]+\.xml$/.test(name));
  const first = entries.get('xl/worksheets/sheet1.xml') ?? named.sort((a, b) => a.name.localeCompare(b.name))[0];
  if (!first) throw new ArchiveUnreadable({ reason: 'no-table' });
  return first;
}

/**
 * The first table of an XLSX file as text cells. Cells that span others, formulas and error values are faults: nobody can
 * say what they would mean row by row, and what a formula shows is not what stands there. Throws ArchiveUnreadable.
 */
export function readXlsx(bytes: Buffer, mostRows: number): ReadTable {
  const entries = unzip(bytes, mostUnpacked);
  const textIn = (name: string): string => entries.get(name)?.read().toString('utf8') ?? '';
  const shared = [...elements(textIn('xl/sharedStrings.xml'), 'si')].map(([, item]) => textOf(item));
  const dates = dateStyles(textIn('xl/styles.xml'));
  const xml = firstSheet(entries).read().toString('utf8');
  const faults: TableFault[] = [];
  const fault = (line: number, code: TableFault['code'], detail: string) => {
    if (faults.length < mostFaults) faults.push({ line, code, detail });
  };
  for (const [tag] of xml.matchAll(/<mergeCell\s[^>]*>/g)) {
    const range = attribute(tag, 'ref') ?? '';
    fault(Number(/\d+/.exec(range)?.[0] ?? 0), 'merged-cells', range);
  }
  const rows: { line: number; cells: string[] }[] = [];
  let line = 0;
  for (const [head, body] of elements(xml, 'row')) {
    line = Number(attribute(head, 'r') ?? line + 1);
    if (rows.length >= mostRows) {
      fault(line, 'too-many-rows', String(mostRows));
      break;
    }
    const cells: string[] = [];
    let next = 0;
    for (const [tag, content] of elements(body, 'c')) {
      const reference = attribute(tag, 'r');
      const at = reference === undefined ? next : columnOf(reference);
      next = at + 1;
      if (at < 0 || at >= mostColumns) continue;
      const where = reference ?? `${line}:${at + 1}`;
      const type = attribute(tag, 't') ?? 'n';
      if (/<f[\s>/]/.test(content)) fault(line, 'formula', where);
      else if (type === 'e') fault(line, 'error-value', where);
      const value = elements(content, 'v').next().value?.[1] ?? '';
      let text = plain(value);
      if (type === 'inlineStr') text = textOf(content);
      else if (type === 's') text = shared[Number(value)] ?? '';
      else if (type === 'n' && value !== '' && dates.has(Number(attribute(tag, 's') ?? -1)))
        text = dateText(Number(value));
      while (cells.length < at) cells.push('');
      cells[at] = text.trim();
    }
    if (cells.some((cell) => cell !== '')) rows.push({ line, cells });
  }
  return { rows, faults };
}
