import type { FieldError } from '@keystead/contracts/problem';
import { isUnitCode } from '@keystead/contracts/units';
import { capabilityErrors } from './capabilities.ts';
import { fieldErrors } from './field-errors.ts';
import { type Property, type ThingModel, ThingModelSchema } from './schema.ts';

/**
 * Everything wrong with a document that should be a thing model: the schema first (a property, event without
 * `transferLevel` or `storeLevel` is refused, H-8.2-0), then what the schema cannot say. Empty = a good model.
 */
export function validateModel(document: unknown): FieldError[] {
  const errors = fieldErrors(ThingModelSchema, document);
  if (errors.length > 0) return errors;
  const model = document as ThingModel;
  model.properties.forEach((property, index) => {
    errors.push(
      ...propertyErrors(property).map((error) => ({ ...error, pointer: `/properties/${index}${error.pointer}` })),
    );
  });
  model.services.forEach((service, index) => {
    const { readBack } = service;
    if (readBack === undefined) return;
    const pointer = `/services/${index}/readBack`;
    if (!model.properties.some(({ id }) => id === readBack.property))
      errors.push({ pointer: `${pointer}/property`, code: 'unknown-property', detail: readBack.property });
    if ((readBack.from === undefined) === (readBack.value === undefined))
      errors.push({ pointer, code: 'either-from-or-value' });
  });
  errors.push(
    ...capabilityErrors(model.capabilities ?? {}).map((error) => ({
      ...error,
      pointer: `/capabilities${error.pointer}`,
    })),
  );
  for (const list of ['properties', 'events', 'services'] as const) {
    repeated(
      model[list].map(({ id }) => id),
      (index, id) => errors.push({ pointer: `/${list}/${index}/id`, code: 'duplicate-id', detail: id }),
    );
  }
  repeated(
    model.properties.map(({ key }) => key),
    (index, key) => errors.push({ pointer: `/properties/${index}/key`, code: 'duplicate-key', detail: `${key}` }),
  );
  return errors;
}

function repeated<T>(values: readonly T[], report: (index: number, value: T) => void): void {
  const seen = new Set<T>();
  values.forEach((value, index) => {
    if (seen.has(value)) report(index, value);
    seen.add(value);
  });
}

const numeric = (property: Property): boolean => property.type === 'number' || property.type === 'integer';

function propertyErrors(property: Property): FieldError[] {
  const errors: FieldError[] = [];
  const refuse = (field: string, code: string, detail?: string) =>
    errors.push({ pointer: `/${field}`, code, ...(detail !== undefined && { detail }) });
  const { min, max, resolution, unit, values, type } = property;

  if (unit !== undefined && !isUnitCode(unit)) refuse('unit', 'unknown-unit', unit);
  if (!numeric(property)) {
    for (const field of ['unit', 'min', 'max', 'resolution', 'maxRate', 'cumulative'] as const) {
      if (property[field] !== undefined && property[field] !== '' && property[field] !== false) {
        refuse(field, 'only-for-numbers', type);
      }
    }
  }
  if (min !== undefined && max !== undefined) {
    if (min > max) refuse('max', 'min-above-max', `${min} > ${max}`);
    else if (resolution !== undefined && max > min && resolution > max - min) {
      refuse('resolution', 'resolution-above-range', `${resolution}`);
    }
  }
  if (type === 'integer') {
    for (const field of ['min', 'max'] as const) {
      if (property[field] !== undefined && !Number.isInteger(property[field])) refuse(field, 'not-an-integer');
    }
  }
  if (property.cumulative && min !== undefined && min < 0) refuse('min', 'counter-below-zero', `${min}`);
  if (type === 'enum') {
    if (!values || values.length === 0) refuse('values', 'enum-without-values');
    repeated(
      (values ?? []).map(({ value }) => value),
      (index, value) => refuse(`values/${index}/value`, 'duplicate-value', `${value}`),
    );
  } else if (values) refuse('values', 'only-for-enums', type);
  return errors;
}
