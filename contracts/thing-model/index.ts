export { EventSchema, type ModelEvent, type Property, PropertySchema, type PropertyType, type Service, ServiceSchema, type ThingModel, ThingModelSchema, ValueType } from './schema.ts';
