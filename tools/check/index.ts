import type { SourceTree } from '../source/index.ts';
import { checkBoundaries } from './boundaries/index.ts';
import type { Finding } from './finding.ts';
import { checkTexts } from './i18n/index.ts';

export type { Finding } from './finding.ts';

/** Everything the checks object to in the source alone: boundaries and texts, without exceptions. */
export const checkSource = (tree: SourceTree): Finding[] => [...checkBoundaries(tree), ...checkTexts(tree)];
