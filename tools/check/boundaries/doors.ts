import type { SourceTree } from '../../source/index.ts';
import type { Finding } from '../finding.ts';
import type { Link } from './links.ts';
import { verdict } from './table.ts';

/** Rooms whose package exports nothing: their modules reach each other's `index.ts` by path. */
const unnamed = new Set(['tools', 'tests', 'bench']);

function throughDoor(tree: SourceTree, { from, to, target, started }: Link): boolean {
  // A process of its own is started by its main file.
  if (started && target.file === `${to.module}/main.ts`) return true;
  if (!tree.has(target.file)) return target.by === 'path' ? false : target.file === `${to.module}/index.ts`;
  if (target.by === 'package') {
    if (to.module === 'contracts/events' || to.room === 'server') return true;
    return target.file === `${to.module}/index.ts`;
  }
  return from.room === to.room && unnamed.has(from.room) && target.file === `${to.module}/index.ts`;
}

/** The room table, one door per module, and types only where the table says so. */
export function checkDoors(tree: SourceTree, links: readonly Link[]): Finding[] {
  const findings: Finding[] = [];
  for (const link of links) {
    const { from, to, line, specifier, typeOnly } = link;
    if (from.module === to.module) {
      if (!from.test && link.target.by === 'package' && to.room !== 'server' && to.module !== 'contracts/events') {
        findings.push({
          rule: 'door',
          file: from.file,
          line,
          message: `inside ${to.module} use a relative path, not '${specifier}'`,
        });
      }
      continue;
    }
    const says = verdict(from, to);
    if (says === 'forbidden') {
      findings.push({ rule: 'table', file: from.file, line, message: `${from.module} may not import ${to.module}` });
    } else if (says === 'types-only' && !typeOnly) {
      findings.push({
        rule: 'types-only',
        file: from.file,
        line,
        message: `${from.module} may take only types from ${to.module}`,
      });
    } else if (!throughDoor(tree, link)) {
      findings.push({
        rule: 'door',
        file: from.file,
        line,
        message: `${to.module} is entered by its door only, not by '${specifier}'`,
      });
    }
  }
  return findings;
}

const feature = /^(ends\/[^/]+\/src\/features\/[^/]+)\//;

/** Features of an end do not know each other. */
export function checkFeatures(links: readonly Link[]): Finding[] {
  const findings: Finding[] = [];
  for (const { from, target, line } of links) {
    const own = feature.exec(from.file)?.[1];
    const other = feature.exec(target.file)?.[1];
    if (own !== undefined && other !== undefined && own !== other) {
      findings.push({ rule: 'feature', file: from.file, line, message: `${own} may not import the feature ${other}` });
    }
  }
  return findings;
}
