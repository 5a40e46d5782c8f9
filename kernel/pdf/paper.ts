import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import PDFDocument from 'pdfkit';
import type { WidthOf } from './lines.ts';
import { prepareSeal } from './placeholder.ts';
import { drawTable, type PaperTable } from './table.ts';

export type Block =
  | { readonly kind: 'heading' | 'text' | 'note'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | ({ readonly kind: 'table' } & PaperTable)
  | { readonly kind: 'space' };

export interface Paper {
  readonly title: string;
  /** Instant the file is from; the same paper gives the same bytes. */
  readonly at: Date;
  readonly language: 'zh-CN' | 'en';
  readonly blocks: readonly Block[];
  /** Stands at the foot of each page, before the page number. */
  readonly foot?: string;
  /** Leaves room for a seal of this name. */
  readonly seal?: { readonly name: string; readonly reason: string };
}

const fonts = join(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')), '..', 'fonts');
const margin = 56; // pt, 20 mm
const sizes = { title: 18, heading: 13, text: 10.5, note: 9, foot: 8 };
const grey = '#8c8c8c';
const most = { blocks: 20_000, rows: 50_000 };

type Page = PDFKit.PDFDocument;

/** Each character is measured once a file. */
function measured(page: Page): WidthOf {
  const known = new Map<string, number>();
  return (character) => {
    const found = known.get(character);
    if (found !== undefined) return found;
    const width = page.fontSize(1000).widthOfString(character) / 1000;
    known.set(character, width);
    return width;
  };
}

function draw(page: Page, block: Block, widthOf: WidthOf): void {
  page.x = margin;
  const look = { left: margin, width: page.page.width - 2 * margin, widthOf };
  if (block.kind === 'space') page.moveDown();
  else if (block.kind === 'facts')
    drawTable(page, { head: [], rows: block.rows, widths: [1, 3] }, { ...look, size: sizes.text, facts: true });
  else if (block.kind === 'table') drawTable(page, block, { ...look, size: sizes.note });
  else if (block.kind === 'heading') page.font('bold').fontSize(sizes.heading).text(block.text).font('text');
  else
    page
      .fontSize(sizes[block.kind])
      .fillColor(block.kind === 'note' ? grey : 'black')
      .text(block.text, { lineGap: 3 })
      .fillColor('black');
  page.moveDown(0.5);
}

/** What stands on each page is known only when all are there. */
function feet(page: Page, foot: string): void {
  const { start, count } = page.bufferedPageRange();
  for (let at = start; at < start + count; at++) {
    page.switchToPage(at);
    // The foot is below the margin: without this the text would open another page.
    page.page.margins.bottom = 0;
    const words = `${foot}${foot ? '  ·  ' : ''}${at - start + 1} / ${count}`;
    const width = page.page.width - 2 * margin;
    page
      .fontSize(sizes.foot)
      .fillColor(grey)
      .text(words, margin, page.page.height - 36, { width, align: 'center', lineBreak: false });
  }
}

/** The file of a paper, A4, one typeface with all common Chinese characters. Throws RangeError beyond 20,000 blocks or 50,000 table rows. */
export async function renderPaper({ title, at, language, blocks, foot = '', seal }: Paper): Promise<Buffer> {
  const rows = blocks.reduce((sum, block) => ('rows' in block ? sum + block.rows.length : sum), 0);
  if (blocks.length > most.blocks || rows > most.rows) throw new RangeError('a paper is limited to 50,000 rows');
  const page = new PDFDocument({
    size: 'A4',
    margin,
    bufferPages: true,
    lang: language,
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: title, CreationDate: at, ModDate: at, Creator: 'Keystead', Producer: 'Keystead' },
  });
  const parts: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    page.on('data', (part: Buffer) => parts.push(part));
    page.on('end', () => resolve(Buffer.concat(parts)));
    page.on('error', reject);
  });
  page.registerFont('text', join(fonts, 'NotoSansHans-Regular.otf'));
  page.registerFont('bold', join(fonts, 'NotoSansHans-Bold.otf'));
  page.font('bold').fontSize(sizes.title).text(title, { align: 'center' }).font('text').moveDown();
  const widthOf = measured(page);
  for (const [index, block] of blocks.entries()) {
    draw(page, block, widthOf);
    // A long report leaves room for others of the process.
    if (index % 50 === 49) await new Promise((resolve) => setImmediate(resolve));
  }
  feet(page, foot);
  if (seal) prepareSeal(page, { ...seal, at });
  page.end();
  return whole;
}
