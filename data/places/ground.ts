import { sql, type Tx } from '@keystead/kernel/db';

const near = ['building', 'workshop'];
const wide = ['project', 'site'];

/** `1/2f/3a/` → `1/`, `1/2f/`, `1/2f/3a/`. */
const pathsTo = (path: string): string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, index, segments) => `${segments.slice(0, index + 1).join('/')}/`);

/**
 * The ground a place stands on, where one cause reaches: its building or workshop, else its project or site, else the
 * place itself. '' for what stands nowhere.
 */
export async function groundOf(tx: Tx, organisation: string, path: string): Promise<string> {
  if (path === '') return '';
  const found = await tx.maybe(sql<{ path: string }>`
    select path from places.place
    where organisation = ${organisation} and path = any(${pathsTo(path)}) and kind = any(${[...near, ...wide]})
    order by kind = any(${near}) desc, length(path) desc limit 1`);
  return found?.path ?? path;
}
