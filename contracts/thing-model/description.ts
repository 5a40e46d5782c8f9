import { unitOf } from '@keystead/contracts/units';
import type { Property, ThingModel } from './schema.ts';

const jsonTypes = { number: 'number', integer: 'integer', boolean: 'boolean', string: 'string' } as const;

/**
 * The model as a Thing Model of the W3C Web of Things (Thing Description 1.1), for tools that speak it. It describes
 * kinds of things, so it has neither addresses nor credentials.
 */
export function toThingDescription(model: ThingModel): Record<string, unknown> {
  const named = (name: { zh: string; en: string }) => ({ title: name.zh, titles: { zh: name.zh, en: name.en } });
  return {
    '@context': ['https://www.w3.org/2022/wot/td/v1.1', { '@language': 'zh' }],
    '@type': 'tm:ThingModel',
    id: `urn:keystead:model:${model.family}:${model.version}`,
    ...named(model.name),
    version: { model: `${model.version}.0.0` },
    properties: Object.fromEntries(
      model.properties.map((property) => [property.id, { ...named(property.name), ...valueSchema(property) }]),
    ),
    events: Object.fromEntries(model.events.map((event) => [event.id, named(event.name)])),
    actions: Object.fromEntries(
      model.services.map(({ id, name, input, risk }) => [
        id,
        { ...named(name), ...(input && { input }), safe: risk === 'read', idempotent: risk === 'read' },
      ]),
    ),
  };
}

function valueSchema(property: Property): Record<string, unknown> {
  const { type, unit, min, max, resolution, access, values } = property;
  return {
    ...(type in jsonTypes && { type: jsonTypes[type as keyof typeof jsonTypes] }),
    ...(type === 'enum' && { enum: (values ?? []).map(({ value }) => value) }),
    ...(unit && { unit: unitOf(unit)?.code ?? unit }),
    ...(min !== undefined && { minimum: min }),
    ...(max !== undefined && { maximum: max }),
    ...(resolution !== undefined && type === 'number' && { multipleOf: resolution }),
    readOnly: access === 'r',
    writeOnly: access === 'w',
    observable: access !== 'w',
  };
}
