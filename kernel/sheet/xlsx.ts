import type { Cell, Sheet } from './rows.ts';
import { wallClock } from './wall-clock.ts';
import { type ZipEntry, zip } from './zip.ts';

const chunkLength = 65_536;
/** What the format itself can hold. */
const mostRows = 1_048_576;
const mostText = 32_767;
const dayMs = 86_400_000;
/** Days from Excel's first day to 1970. */
const epochDay = 25_569;

/** Places of the styles in `xl/styles.xml`. */
const style = { head: 1, text: 2, time: 3 };

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// What XML cannot hold at all is left out.
const forbidden = /[\p{Cc}\uFFFE\uFFFF]/gu;
const escaped = (text: string): string =>
  text
    .slice(0, mostText)
    .toWellFormed()
    .replace(forbidden, (sign) => (sign === '\n' || sign === '\t' ? sign : ''))
    .replace(/[&<>"]/g, (sign) => escapes[sign] ?? '');

/** `A`, `Z`, `AA`, … */
export function columnName(index: number): string {
  let name = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}

const textCell = (at: string, text: string, s: number): string =>
  `<c r="${at}" s="${s}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

function cellXml(at: string, cell: Cell, zone?: string): string {
  if (cell === null || cell === undefined || cell === '') return '';
  if (cell instanceof Date) {
    const serial = Date.parse(`${wallClock(cell, zone).replace(' ', 'T')}Z`) / dayMs + epochDay;
    return `<c r="${at}" s="${style.time}"><v>${serial}</v></c>`;
  }
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'number' && Number.isFinite(cell)) return `<c r="${at}"><v>${cell}</v></c>`;
  return textCell(at, String(cell), style.text);
}

/** A Chinese character is two wide. */
const widthOf = (head: string): number => [...head].reduce((sum, sign) => sum + (sign > '\u2E7F' ? 2 : 1), 0);

async function* sheetXml({ heads, rows }: Sheet, zone?: string): AsyncGenerator<string> {
  const names = heads.map((_head, at) => columnName(at));
  const widths = heads.map((head, at) => {
    const width = Math.min(60, Math.max(18, widthOf(head) + 4));
    return `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`;
  });
  let text = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`;
  text += `<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
  text += `<cols>${widths.join('')}</cols><sheetData>`;
  text += `<row r="1">${heads.map((head, at) => textCell(`${names[at]}1`, head, style.head)).join('')}</row>`;
  let line = 1;
  for await (const row of rows) {
    if (++line > mostRows) throw new RangeError(`a sheet of more than ${mostRows} rows`);
    text += `<row r="${line}">${row.map((cell, at) => cellXml(`${names[at]}${line}`, cell, zone)).join('')}</row>`;
    if (text.length < chunkLength) continue;
    yield text;
    text = '';
  }
  yield `${text}</sheetData><autoFilter ref="A1:${names.at(-1)}${line}"/></worksheet>`;
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const offices = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const contentTypes = `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/></Types>`;
const rootRelations = `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${offices}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;
const bookRelations = `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${offices}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${offices}/styles" Target="styles.xml"/></Relationships>`;

/** Normal, bold head, text format (49 = `@`), and a time to the second. */
const styles = `${head}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`;

/** Names of tables hold at most 31 characters, and not these. */
const tableName = (name: string): string =>
  escaped(
    name
      .replace(/[[\]:*?/\\']/g, ' ')
      .slice(0, 31)
      .trim() || 'Sheet1',
  );

const book = (name: string): string =>
  `${head}<workbook xmlns="${main}" xmlns:r="${offices}"><sheets><sheet name="${tableName(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;

/** The whole file in pieces, as its rows come (ECMA-376, one table, texts inline). */
export function xlsxChunks(sheet: Sheet, zone?: string): AsyncGenerator<Buffer> {
  const entries: ZipEntry[] = [
    { name: '[Content_Types].xml', content: [contentTypes] },
    { name: '_rels/.rels', content: [rootRelations] },
    { name: 'xl/workbook.xml', content: [book(sheet.name)] },
    { name: 'xl/_rels/workbook.xml.rels', content: [bookRelations] },
    { name: 'xl/styles.xml', content: [styles] },
    { name: 'xl/worksheets/sheet1.xml', content: sheetXml(sheet, zone) },
  ];
  return zip(entries);
}
