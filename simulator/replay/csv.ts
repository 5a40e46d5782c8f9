import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { type CsvError, parse } from 'csv-parse';

/** The file cannot be read as a table at all; the message is for people. */
export class TableUnreadable extends Error {}

export interface Row {
  /** Line of the file it ends on, as an editor shows it. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface TableFile {
  readonly bytes: number;
  /** ms since 1970. */
  readonly changed: number;
  readonly encoding: 'utf-8' | 'gb18030';
  readonly delimiter: string;
}

export interface BadLine {
  readonly line: number;
  readonly reason: string;
}

const sampleBytes = 256 * 1024;
const longestRow = 1024 * 1024;

/** The sign that divides the first line most often, outside quotes. */
export function delimiterOf(text: string): string {
  const bare = text.replace(/"(?:[^"]|"")*"/g, '');
  const first = bare.split(/\r?\n/).find((line) => line.trim() !== '') ?? '';
  const counted = [',', ';', '\t', '|'].map((sign) => ({ sign, count: first.split(sign).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}

/** UTF-8, or what Excel in China writes when it does not. A sign cut in two at the end of the sample does not count. */
function encodingOf(sample: Uint8Array): TableFile['encoding'] {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return 'utf-8';
  } catch {
    return 'gb18030';
  }
}

/** Looks at the beginning of a file. Throws TableUnreadable when there is nothing to read. */
export async function inspectTable(path: string): Promise<TableFile> {
  const facts = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw new TableUnreadable(
      cause.code === 'ENOENT' ? `找不到文件 / no such file: ${path}` : `${path}: ${cause.message}`,
    );
  });
  if (!facts.isFile()) throw new TableUnreadable(`不是文件 / not a file: ${path}`);
  if (facts.size === 0) throw new TableUnreadable(`文件是空的 / the file is empty: ${path}`);
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(sampleBytes, facts.size)), 0);
    const sample = buffer.subarray(0, bytesRead);
    if (sample.includes(0)) throw new TableUnreadable(`不是文本表格（CSV） / not a CSV text file: ${path}`);
    const encoding = encodingOf(sample);
    const delimiter = delimiterOf(new TextDecoder(encoding).decode(sample));
    return { bytes: facts.size, changed: facts.mtimeMs, encoding, delimiter };
  } finally {
    await file.close();
  }
}

/**
 * The rows of a file one by one, the header among them; only a few kilobytes are held. A row that is no CSV (a quote
 * inside a field) goes to `onBad` and reading goes on behind it.
 */
export async function* readRows(path: string, table: TableFile, onBad: (bad: BadLine) => void): AsyncGenerator<Row> {
  let lastBad = -1;
  const parser = parse({
    bom: true,
    delimiter: table.delimiter,
    info: true,
    max_record_size: longestRow,
    // Files put together from several may have all of them.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (cause: CsvError | undefined) => {
      const line = Number(cause?.lines ?? 0);
      if (line !== lastBad) onBad({ line, reason: cause?.code ?? 'not-csv' });
      lastBad = line;
      return undefined;
    },
  });
  const source = createReadStream(path, { highWaterMark: 256 * 1024 });
  source.on('error', (cause) => parser.destroy(cause));
  if (table.encoding === 'utf-8') source.pipe(parser);
  else {
    const decoder = new TextDecoder('gb18030');
    source.on('end', () => parser.end(decoder.decode()));
    source.on('data', (bytes) => {
      if (parser.write(decoder.decode(bytes as Buffer, { stream: true }))) return;
      source.pause();
      parser.once('drain', () => source.resume());
    });
  }
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>)
      yield { line: info.lines, cells: record };
  } finally {
    source.destroy();
  }
}
