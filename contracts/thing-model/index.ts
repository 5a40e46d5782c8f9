export { disablesAutonomy, isProtected } from './autonomy.ts';
export {
  type Capabilities,
  CapabilitiesSchema,
  emergencyOpenings,
  nearBearers,
  remoteBearers,
} from './capabilities.ts';
export { readCell } from './column-property.ts';
export { modelFromColumns, type Table, type TablePlan } from './columns.ts';
export { compareModels, type ModelChange, type ModelComparison } from './compare.ts';
export { toThingDescription } from './description.ts';
export { fieldErrors } from './field-errors.ts';
export { assignKeys, type ThingModelDraft } from './keys.ts';
export {
  EventSchema,
  type ModelEvent,
  type Property,
  PropertySchema,
  type PropertyType,
  type ReadBack,
  ReadBackSchema,
  type Service,
  ServiceSchema,
  type ThingModel,
  ThingModelSchema,
  ValueType,
} from './schema.ts';
export { readTime } from './time-text.ts';
export { validateModel } from './validate.ts';
