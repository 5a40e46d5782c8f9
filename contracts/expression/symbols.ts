import type { ThingModel } from '@keystead/contracts/thing-model';

export type PropertySymbolType = 'number' | 'boolean' | 'string' | 'enum' | 'json';

/** What an expression may know of one property. */
export interface PropertySymbol {
  /** Where readings hold it; for a thing model the key of the property. */
  readonly slot: number;
  readonly type: PropertySymbolType;
  /** Values of an enum in the model's order: readings hold the position. */
  readonly values?: readonly (string | number)[];
}

/** The names an expression may use. */
export interface Symbols {
  readonly properties: ReadonlyMap<string, PropertySymbol>;
  /** Ids of device events; absent = events are not checked. */
  readonly events?: ReadonlySet<string>;
}

/** The names one version of a thing model offers to expressions. */
export function symbolsOf(model: Pick<ThingModel, 'properties' | 'events'>): Symbols {
  const properties = new Map<string, PropertySymbol>();
  for (const { id, key, type, values } of model.properties) {
    properties.set(id, {
      slot: key,
      type: type === 'integer' ? 'number' : type,
      ...(type === 'enum' && { values: (values ?? []).map(({ value }) => value) }),
    });
  }
  return { properties, events: new Set(model.events.map(({ id }) => id)) };
}
