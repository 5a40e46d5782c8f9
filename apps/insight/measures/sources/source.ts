import { inSubtrees, sql, underPath } from '@keystead/kernel/db';
import type { Window } from '../measure.ts';

/** What every source yields beside its own columns. `ref` names the row within its grain. */
export interface SourceRow {
  ref: string;
  place: string;
}

/** Of the organisation asked for, below the place asked for, within reach of who asks; `of` is the alias of the table. */
export const here = (window: Window, of: string) => sql<boolean>`(
  ${sql.ref(`${of}.organisation`)} = ${window.scope.organisation}
  and ${inSubtrees(window.scope, `${of}.place`)} and ${underPath(window.under, `${of}.place`)})`;
