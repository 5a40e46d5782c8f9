import type { Property, ThingModel } from './schema.ts';

/** A model being written: keys are not chosen by people. */
export type ThingModelDraft = Omit<ThingModel, 'properties'> & {
  properties: (Omit<Property, 'key'> & { key?: number })[];
};

/**
 * Gives each property its dense key. A property that an earlier version of the family had under the same id and
 * type keeps its key; all others get new ones above every key the family ever used, so that stored history is never
 * read as something else. `earlier` must hold all versions of the family; keys in the draft are ignored.
 * Throws RangeError when the family has used up its 32,767 keys.
 */
export function assignKeys(draft: ThingModelDraft, earlier: readonly ThingModel[] = []): ThingModel {
  const kept = new Map<string, number>();
  let last = 0;
  for (const version of [...earlier].sort((a, b) => a.version - b.version)) {
    for (const property of version.properties) {
      kept.set(identity(property), property.key);
      last = Math.max(last, property.key);
    }
  }
  const properties = draft.properties.map((property): Property => {
    const key = kept.get(identity(property)) ?? ++last;
    if (key > 32_767) throw new RangeError(`family ${draft.family} has no key left`);
    return { ...property, key };
  });
  return { ...draft, properties };
}

const identity = ({ id, type }: { id: string; type: string }): string => `${id} ${type}`;
