import { problem } from '@keystead/contracts/problem';

export const relationKinds = [
  'contains',
  'connects',
  'feeds',
  'runs-on',
  'depends-on',
  'controls',
  'protects',
  'located-in',
  'backs-up',
] as const;
export type RelationKind = (typeof relationKinds)[number];

/** The relation would make a thing contain, run on or feed itself by way of others. */
export class RelationCycle extends problem('relation-cycle', 409) {}
/** A thing stands in one container at most. */
export class RelationContained extends problem('relation-contained', 409) {}

/** Kinds in which a ring makes no sense. Things may connect, protect, control and back up each other in a circle. */
const ordered: ReadonlySet<RelationKind> = new Set(['contains', 'feeds', 'runs-on', 'depends-on', 'located-in']);

export const mustNotCycle = (kind: RelationKind): boolean => ordered.has(kind);
