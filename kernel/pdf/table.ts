import { type WidthOf, wrap } from './lines.ts';

export interface PaperTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Share of the width of each column; equal when left out. */
  readonly widths?: readonly number[];
  /** Columns that hold figures stand to the right. */
  readonly figures?: readonly number[];
}

interface Look {
  readonly size: number;
  readonly left: number;
  readonly width: number;
  readonly widthOf: WidthOf;
  /** No lines between the rows, and the first column in grey: label and value. */
  readonly facts?: boolean;
}

const padding = 4;
const colours = { head: '#f0f2f5', line: '#d9d9d9', label: '#8c8c8c' };

/**
 * Draws a table from the pen's height on, its head again on each page. The library's own table measures every cell many times (7 s for
 * 80 rows of Chinese were measured); here a width is one look-up a character.
 */
export function drawTable(
  page: PDFKit.PDFDocument,
  { head, rows, widths, figures = [] }: PaperTable,
  look: Look,
): void {
  const { size, left, width, widthOf, facts = false } = look;
  const columns = Math.max(head.length, rows[0]?.length ?? 0);
  const shares = widths ?? Array.from({ length: columns }, () => 1);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const wide = shares.map((share) => (width * share) / whole);
  const starts = wide.map((_, n) => left + wide.slice(0, n).reduce((sum, each) => sum + each, 0));
  const lineHeight = size * 1.45;
  const bottom = () => page.page.height - page.page.margins.bottom;
  const right = new Set(figures);

  function drawLine(line: string, column: number, y: number): void {
    const room = (wide[column] ?? 0) - 2 * padding;
    const used = right.has(column) ? [...line].reduce((sum, each) => sum + widthOf(each) * size, 0) : room;
    page.text(line, (starts[column] ?? left) + padding + Math.max(0, room - used), y, { lineBreak: false });
  }

  function drawRow(cells: readonly string[], isHead: boolean): void {
    const lines = cells.slice(0, columns).map((cell, n) => wrap(cell, (wide[n] ?? 0) - 2 * padding, size, widthOf));
    // Measuring leaves a size of its own behind.
    page.fontSize(size);
    const most = Math.max(1, ...lines.map(({ length }) => length));
    // A row taller than a page goes on over as many as it takes.
    for (let at = 0; at < most; ) {
      const fit = Math.floor((bottom() - page.y - 2 * padding) / lineHeight);
      if (fit < 1 || (at === 0 && fit < most && most * lineHeight < bottom() - page.page.margins.top)) {
        page.addPage();
        if (!isHead && head.length > 0) drawRow(head, true);
        if (fit >= 1) continue;
      }
      const count = Math.max(1, Math.min(most - at, fit));
      const top = page.y;
      const height = count * lineHeight + 2 * padding;
      if (isHead) page.rect(left, top, width, height).fill(colours.head);
      for (const [column, cell] of lines.entries()) {
        page.fillColor(facts && column === 0 ? colours.label : 'black');
        for (let n = 0; n < count; n++) {
          const line = cell[at + n];
          if (line) drawLine(line, column, top + padding + n * lineHeight);
        }
      }
      if (!facts) page.rect(left, top, width, height).lineWidth(0.5).stroke(colours.line);
      page.y = top + height;
      at += count;
    }
  }

  if (head.length > 0) drawRow(head, true);
  for (const row of rows) drawRow(row, false);
  page.fillColor('black');
  page.x = left;
}
