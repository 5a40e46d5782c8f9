import { isCode, type Place, placeOf, resolve, type SourceTree, type Target } from '../../source/index.ts';

/** An edge inside the project, both ends placed. */
export interface Link {
  readonly from: Place;
  readonly to: Place;
  readonly target: Target;
  readonly specifier: string;
  readonly line: number;
  readonly typeOnly: boolean;
  readonly started?: boolean;
  readonly names: readonly (readonly [string, string])[];
}

/** All edges of a tree that stay inside the project, test files included. */
export function readLinks(tree: SourceTree): Link[] {
  const links: Link[] = [];
  for (const file of tree.files) {
    const from = isCode(file) ? placeOf(tree, file) : undefined;
    if (!from) continue;
    for (const edge of tree.facts(file).edges) {
      const target = resolve(tree, file, edge.specifier);
      const to = target && placeOf(tree, target.file);
      if (target && to) links.push({ ...edge, from, to, target });
    }
  }
  return links;
}
