import { inSubtrees, sql, underPath } from '@keystead/kernel/db';
import type { Window } from '../measure.ts';

/** One counted row. `ref` names it within its grain. */
export interface MeasuredRow {
  ref: string;
  place: string;
  num: number;
  den: number;
}

/** Of the organisation asked for, below the place asked for, within reach of who asks; `of` is the alias of the source. */
export const here = (window: Window, of: string) => sql<boolean>`(
  ${sql.ref(`${of}.organisation`)} = ${window.scope.organisation}
  and ${inSubtrees(window.scope, `${of}.place`)} and ${underPath(window.under, `${of}.place`)})`;
