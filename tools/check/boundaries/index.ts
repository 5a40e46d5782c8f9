import type { SourceTree } from '../../source/index.ts';
import type { Finding } from '../finding.ts';
import { checkCycles } from './cycles.ts';
import { checkDoors, checkFeatures } from './doors.ts';
import { checkTables } from './foreign-tables.ts';
import { checkHabits } from './habits.ts';
import { readLinks } from './links.ts';
import { checkNeeds } from './needs.ts';
import { checkLength, checkModules, checkNames } from './shape.ts';

/** All rules of the house on one tree: who imports whom, through which door, and what no file may do. */
export function checkBoundaries(tree: SourceTree): Finding[] {
  const links = readLinks(tree);
  return [
    ...checkDoors(tree, links),
    ...checkFeatures(links),
    ...checkNeeds(tree, links),
    ...checkCycles(links),
    ...checkTables(tree),
    ...checkNames(tree),
    ...checkLength(tree),
    ...checkModules(tree),
    ...checkHabits(tree),
  ];
}
