import { inScope, type Scope } from '@keystead/contracts/access';
import { problem } from '@keystead/contracts/problem';

/** How far a role or key reaches: the whole organisation, some places with what is below them, or only one's own data. */
export type Reach = 'organisation' | 'places' | 'own';

export class PlaceUnknown extends problem('reach-place-unknown', 422) {}
/** One may not give a wider reach than one's own. */
export class ReachTooWide extends problem('reach-too-wide', 403) {}

/** Subtrees without those that lie within another. */
export function widest(paths: readonly string[]): string[] {
  const kept: string[] = [];
  for (const path of [...new Set(paths)].sort()) if (!kept.some((each) => path.startsWith(each))) kept.push(path);
  return kept;
}

/** Subtrees of several grants together; `own` adds no place. */
export function subtreesOf(grants: readonly { reach: Reach; paths: readonly string[] }[]): string[] {
  return widest(
    grants.flatMap(({ reach, paths }) => (reach === 'organisation' ? [''] : reach === 'places' ? paths : [])),
  );
}

/** What both cover. */
export const intersect = (a: readonly string[], b: readonly string[]): string[] =>
  widest([
    ...a.filter((path) => b.some((other) => path.startsWith(other))),
    ...b.filter((path) => a.some((other) => path.startsWith(other))),
  ]);

/** Throws ReachTooWide when something given lies outside the giver's scope. */
export function checkReach(reach: Reach, paths: readonly string[], giver: Scope): void {
  const whole = giver.subtrees.includes('');
  if (reach === 'organisation' ? !whole : paths.some((path) => !inScope(giver, path))) throw new ReachTooWide();
}
