import type { Tx } from '@keystead/kernel/db';
import { copyIn } from './wire.ts';

/** A value as PostgreSQL reads it from text: JSON and ranges as they are written, lists through `textList`. */
export type Cell = string | number | boolean | Date | Uint8Array | null;

/** Rows of one COPY: enough to be fast, little enough to be held in memory as text. */
const most = 20_000;
const special: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function written(cell: Cell): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'string')
    return /[\\\t\n\r]/.test(cell) ? cell.replace(/[\\\t\n\r]/g, (sign) => special[sign] ?? sign) : cell;
  if (cell instanceof Date) return cell.toISOString();
  if (cell instanceof Uint8Array) return `\\\\x${Buffer.from(cell).toString('hex')}`;
  return String(cell);
}

/** A list of texts as PostgreSQL writes it. */
export const textList = (texts: readonly string[]): string =>
  `{${texts.map((text) => `"${text.replace(/[\\"]/g, (sign) => `\\${sign}`)}"`).join(',')}}`;

/**
 * Adds many rows to a table by COPY, through a temporary one: COPY itself is refused where rows have their scope. The table's
 * checks, triggers and policies hold as for any insert. `table` and `columns` are names from the program, never input. The
 * transaction must be one on a connection of its own (`inOwnTransaction`). Answers the number of rows.
 */
export async function copyInto(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const list = columns.join(', ');
  const passing = `pg_temp.${table.replace('.', '_')}_in`;
  await tx.client.query(
    `create temporary table ${passing.replace('pg_temp.', '')} on commit drop as select ${list} from ${table} with no data`,
  );
  for (let at = 0; at < rows.length; at += most) {
    const lines = rows.slice(at, at + most).map((row) => row.map(written).join('\t'));
    await copyIn(tx.client, `copy ${passing} (${list}) from stdin`, Buffer.from(`${lines.join('\n')}\n`));
  }
  // All in one statement: what is checked by statement, as the balance of a voucher is, sees the whole.
  const { rowCount } = await tx.client.query(`insert into ${table} (${list}) select ${list} from ${passing}`);
  await tx.client.query(`drop table ${passing}`);
  return rowCount ?? 0;
}
