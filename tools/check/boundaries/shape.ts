import { placeOf, type SourceTree } from '../../source/index.ts';
import type { Finding } from '../finding.ts';

const lineLimit = 400;
const emptyName = /^(utils?|helpers?|common|misc|managers?)$/;
const emptyEnd = /-(utils?|helpers?|managers?)$/;

/** Folders and files are named after what they hold. */
export function checkNames(tree: SourceTree): Finding[] {
  const findings: Finding[] = [];
  for (const file of tree.files) {
    const word = file
      .split('/')
      .map((part) => part.replace(/\..*$/, ''))
      .find((part) => emptyName.test(part) || emptyEnd.test(part));
    if (word !== undefined)
      findings.push({ rule: 'name', file, line: 1, message: `'${word}' says nothing: name the noun that is in it` });
  }
  return findings;
}

/** No source file over the limit, tests included; what a generator wrote is not counted. */
export function checkLength(tree: SourceTree): Finding[] {
  const findings: Finding[] = [];
  for (const file of tree.files) {
    if (!/\.tsx?$/.test(file) || file.endsWith('.generated.ts')) continue;
    const { lines } = tree.facts(file);
    if (lines > lineLimit) {
      findings.push({
        rule: 'length',
        file,
        line: lineLimit + 1,
        message: `${lines} lines, ${lineLimit} at most: which noun hides in it?`,
      });
    }
  }
  return findings;
}

const modular = new Set(['contracts', 'kernel', 'terminals', 'edge', 'data', 'apps', 'simulator', 'tools', 'ends/ui']);
/** Rooms whose modules may be commands: `run.ts` is then the way in. */
const runnable = new Set(['simulator', 'tools']);
/** Events are doors themselves; parts of the interface are described by the README of their room. */
const doorless = new Set(['contracts/events']);

/** Every module has a README and a door. */
export function checkModules(tree: SourceTree): Finding[] {
  const modules = new Map<string, string>();
  for (const file of tree.files) {
    const place = /\.tsx?$/.test(file) ? placeOf(tree, file) : undefined;
    if (place && place.module !== place.room && modular.has(place.room)) modules.set(place.module, place.room);
  }
  const findings: Finding[] = [];
  for (const [module, room] of modules) {
    const entries = runnable.has(room) ? ['index.ts', 'run.ts', 'main.ts'] : ['index.ts'];
    if (!doorless.has(module) && !entries.some((entry) => tree.has(`${module}/${entry}`))) {
      findings.push({ rule: 'no-door', file: module, line: 1, message: `a module needs ${entries.join(' or ')}` });
    }
    const described = tree.has(`${module}/README.md`) || (room === 'ends/ui' && tree.has('ends/ui/README.md'));
    const nested = room === 'kernel' && tree.has(`${module.slice(0, module.lastIndexOf('/'))}/README.md`);
    if (!described && !nested)
      findings.push({ rule: 'no-readme', file: module, line: 1, message: 'a module needs a README.md' });
  }
  return findings;
}
