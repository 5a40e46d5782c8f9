import { placeOf, resolve, type SourceTree } from '../../source/index.ts';
import type { Finding } from '../finding.ts';
import type { Link } from './links.ts';
import { verdict } from './table.ts';

export interface Declared {
  /** Modules named by `needs`, by their folder. */
  readonly modules: ReadonlySet<string>;
  readonly unresolved: readonly { readonly key: string; readonly line: number }[];
}

/** What `module.ts` of a folder declares: each key of `needs` is followed to the door its value was imported from. */
export function declaredNeeds(tree: SourceTree, module: string): Declared {
  const file = `${module}/module.ts`;
  const modules = new Set<string>();
  const unresolved: { key: string; line: number }[] = [];
  const facts = tree.has(file) ? tree.facts(file) : undefined;
  for (const { key, local, line } of facts?.module?.needs ?? []) {
    const edge = facts?.edges.find(
      (candidate) => !candidate.typeOnly && candidate.names.some(([, name]) => name === local),
    );
    const target = edge && resolve(tree, file, edge.specifier);
    const to = target && placeOf(tree, target.file);
    if (to && to.module !== module) modules.add(to.module);
    else unresolved.push({ key, line });
  }
  return { modules, unresolved };
}

/** Everything a module needs, also through others: what its tests must set up beside it. */
function closure(tree: SourceTree, module: string, seen = new Set<string>()): Set<string> {
  for (const need of declaredNeeds(tree, module).modules) {
    if (seen.has(need)) continue;
    seen.add(need);
    closure(tree, need, seen);
  }
  return seen;
}

/** Imports of data and apps doors equal what `module.ts` declares; tests may use whatever the module needs to run. */
export function checkNeeds(tree: SourceTree, links: readonly Link[]): Finding[] {
  const findings: Finding[] = [];
  for (const { from, to, line } of links) {
    if (verdict(from, to) !== 'needs-declaration') continue;
    const known = from.test ? closure(tree, from.module) : declaredNeeds(tree, from.module).modules;
    if (!known.has(to.module)) {
      findings.push({
        rule: 'undeclared-need',
        file: from.file,
        line,
        message: `${from.module} does not declare ${to.module} in needs`,
      });
    }
  }
  for (const file of tree.files) {
    if (!/^(data|apps|kernel|edge)\/.*module\.ts$/.test(file) || !file.endsWith('/module.ts')) continue;
    const module = file.slice(0, -'/module.ts'.length);
    for (const { key, line } of declaredNeeds(tree, module).unresolved) {
      findings.push({
        rule: 'unused-need',
        file,
        line,
        message: `needs.${key} is not a module imported by its door here`,
      });
    }
  }
  return findings;
}
