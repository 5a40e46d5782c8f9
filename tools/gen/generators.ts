import { openTree, type SourceTree } from '../source/index.ts';
import type { Generator } from './generator.ts';
import { readModules, writeModules } from './modules/modules.ts';
import { documentOf } from './sdk/load-document.ts';
import { openapiGenerator, sdkGenerator } from './sdk/sdk.ts';

/** docs/MODULES.md from the source; `tree` may be shared with other readers of the same run. */
export const modulesGenerator = (root: string, tree: SourceTree = openTree(root)): Generator => ({
  name: 'modules',
  outputs: async () => new Map([['docs/MODULES.md', writeModules(readModules(tree))]]),
});

/** What is written from the running API, in this order, for one leads to the other. */
export function driftGenerators(root: string): Generator[] {
  const load = documentOf(root);
  return [openapiGenerator(load), sdkGenerator(load)];
}
