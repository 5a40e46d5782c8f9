import type { ModelEvent, Property, ThingModel } from '@keystead/contracts/thing-model';

/** A thing model as the intake path looks things up in it. */
export interface CompiledModel {
  readonly model: ThingModel;
  readonly properties: ReadonlyMap<string, Property>;
  readonly events: ReadonlyMap<string, ModelEvent>;
  /** Knows anything of level 3: life, property, transaction. */
  readonly urgent: boolean;
}

const compiled = new WeakMap<ThingModel, CompiledModel>();

/** Compiled once for each model object; a model version is never edited, so the result stays true. */
export function compileModel(model: ThingModel): CompiledModel {
  let result = compiled.get(model);
  if (result === undefined) {
    result = {
      model,
      properties: new Map(model.properties.map((property) => [property.id, property])),
      events: new Map(model.events.map((event) => [event.id, event])),
      urgent: [...model.properties, ...model.events].some((item) => item.transferLevel === 3),
    };
    compiled.set(model, result);
  }
  return result;
}
