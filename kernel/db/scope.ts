import type { Scope } from '@keystead/contracts/access';
import { pathRange } from '@keystead/contracts/access';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from './tx.ts';

/**
 * The exact set of a scope as a condition on a path column. Row-level security already cuts to the hull of the
 * subtrees; this drops what lies between them. A whole-organisation scope costs nothing.
 */
export function inSubtrees(scope: Scope, column: string): RawBuilder<boolean> {
  if (scope.subtrees.includes('')) return sql<boolean>`true`;
  if (scope.subtrees.length === 0) return sql<boolean>`false`;
  return sql<boolean>`(${sql.join(
    scope.subtrees.map((path) => underPath(path, column)),
    sql` or `,
  )})`;
}

/** What lies in the subtree of a place path ('' = everywhere), as one range the index on the column can follow. */
export function underPath(path: string, column: string): RawBuilder<boolean> {
  if (path === '') return sql<boolean>`true`;
  const { lo, hi } = pathRange(path);
  const place = sql.ref(column);
  return sql<boolean>`(${place} >= ${lo} collate "C" and ${place} < ${hi} collate "C")`;
}

/**
 * A subtree was hung up elsewhere: the rows of one organisation whose path column (`table` as `schema.table`) lies under
 * `from` now lie under `to`. Both end with `/`; the tree as a whole cannot move.
 */
export async function movePaths(
  tx: Tx,
  table: string,
  column: string,
  organisation: string,
  from: string,
  to: string,
): Promise<number> {
  if (from === '') throw new RangeError('the whole tree cannot be moved');
  return tx.run(sql`
    update ${sql.table(table)} set ${sql.ref(column)} = ${to} || substr(${sql.ref(column)}, ${from.length + 1})
    where organisation = ${organisation} and ${underPath(from, column)}`);
}
