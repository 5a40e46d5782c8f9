import type { Scope } from '@keystead/contracts/access';
import { pathRange } from '@keystead/contracts/access';
import { type RawBuilder, sql } from 'kysely';

/**
 * The exact set of a scope as a condition on a path column. Row-level security already cuts to the hull of the
 * subtrees; this drops what lies between them. A whole-organisation scope costs nothing.
 */
export function inSubtrees(scope: Scope, column: string): RawBuilder<boolean> {
  if (scope.subtrees.includes('')) return sql<boolean>`true`;
  if (scope.subtrees.length === 0) return sql<boolean>`false`;
  const path = sql.ref(column);
  const ranges = scope.subtrees
    .map(pathRange)
    .map(({ lo, hi }) => sql<boolean>`(${path} >= ${lo} collate "C" and ${path} < ${hi} collate "C")`);
  return sql<boolean>`(${sql.join(ranges, sql` or `)})`;
}
