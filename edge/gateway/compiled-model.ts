import { compileQuality, type QualityPlan } from '@keystead/contracts/quality';
import type { ModelEvent, ThingModel } from '@keystead/contracts/thing-model';

/** A thing model as the intake path looks things up in it. */
export interface CompiledModel {
  readonly model: ThingModel;
  /** Properties by wire name with their converters, and the rules their values are held against. */
  readonly plan: QualityPlan;
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
      plan: compileQuality(model),
      events: new Map(model.events.map((event) => [event.id, event])),
      urgent: [...model.properties, ...model.events].some((item) => item.transferLevel === 3),
    };
    compiled.set(model, result);
  }
  return result;
}
