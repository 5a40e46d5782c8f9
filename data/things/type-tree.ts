import type { ThingModel } from '@keystead/contracts/thing-model';

export const axes = ['function', 'domain', 'specification'] as const;
export type Axis = (typeof axes)[number];

export interface TypeNode {
  value: string;
  count: number;
  children?: TypeNode[];
  /** At the last level: the families themselves. */
  families?: { family: string; name: ThingModel['name']; count: number }[];
}

export interface FamilyCount {
  family: string;
  model: ThingModel;
  count: number;
}

const byValue = (a: { value: string }, b: { value: string }): number => a.value.localeCompare(b.value, 'en');

/** Families as a tree along the axes in the wanted order (I-5.2.1-a-3); each count is the sum of what is below it. */
export function typeTree(families: readonly FamilyCount[], order: readonly Axis[]): TypeNode[] {
  const [axis, ...deeper] = order;
  if (axis === undefined) return [];
  const groups = Map.groupBy(families, (each) => each.model.category[axis]);
  return [...groups]
    .map(([value, group]): TypeNode => {
      const count = group.reduce((sum, each) => sum + each.count, 0);
      if (deeper.length > 0) return { value, count, children: typeTree(group, deeper) };
      const list = group.map(({ family, model, count: own }) => ({ family, name: model.name, count: own }));
      return { value, count, families: list.sort((a, b) => a.family.localeCompare(b.family, 'en')) };
    })
    .sort(byValue);
}

/** Families whose model stands at the given values of the axes. */
export const familiesAt = (models: readonly ThingModel[], wanted: Partial<Record<Axis, string>>): string[] => [
  ...new Set(
    models
      .filter((model) => axes.every((axis) => wanted[axis] === undefined || model.category[axis] === wanted[axis]))
      .map((model) => model.family),
  ),
];
