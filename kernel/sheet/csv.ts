import type { Cell, Sheet } from './rows.ts';
import { wallClock } from './wall-clock.ts';

/** Excel reads UTF-8 only when it sees this. */
export const byteOrderMark = '\uFEFF';
const chunkLength = 32_768;

/** One field. Text that a spreadsheet would take for a formula gets an apostrophe; numbers are left alone. */
export function csvField(cell: Cell, zone?: string): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return wallClock(cell, zone);
  const text = typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csvLine = (cells: readonly Cell[], zone?: string): string =>
  `${cells.map((cell) => csvField(cell, zone)).join(',')}\r\n`;

/** The whole file in pieces. */
export async function* csvChunks({ heads, rows }: Sheet, zone?: string): AsyncGenerator<string> {
  let text = byteOrderMark + csvLine(heads);
  for await (const row of rows) {
    text += csvLine(row, zone);
    if (text.length < chunkLength) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}
