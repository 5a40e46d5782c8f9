import type { Property, ThingModel } from '@keystead/contracts/thing-model';

const name = (id: string) => ({ zh: id, en: id });

export function property(id: string, key: number, more: Partial<Property> = {}): Property {
  return { id, key, name: name(id), type: 'number', access: 'r', transferLevel: 1, storeLevel: 1, ...more };
}

/** One property of each transfer level and type, an event of level 3, a service. */
export const sensor: ThingModel = {
  family: 'test-sensor',
  version: 1,
  name: name('sensor'),
  category: { function: 'sensing', domain: 'housing', specification: 'test' },
  authentication: 'secret',
  interval: 60,
  grace: 60,
  properties: [
    property('temperature', 1, { unit: 'Cel', min: -40, max: 85 }),
    property('humidity', 2, { transferLevel: 2 }),
    property('smoke', 3, { type: 'boolean', transferLevel: 3 }),
    property('count', 4, { type: 'integer' }),
    property('mode', 5, {
      type: 'enum',
      values: [
        { value: 'off', name: name('off') },
        { value: 'on', name: name('on') },
      ],
    }),
    property('label', 6, { type: 'string' }),
    property('detail', 7, { type: 'json' }),
  ],
  events: [{ id: 'tamper', name: name('tamper'), severity: 2, transferLevel: 3, storeLevel: 2 }],
  services: [{ id: 'open', name: name('open'), risk: 'dangerous', deadline: 30 }],
};

/** Knows nothing of level 3. */
export const ordinary: ThingModel = {
  ...sensor,
  family: 'test-ordinary',
  properties: [property('temperature', 1), property('humidity', 2, { transferLevel: 2 })],
  events: [],
  services: [],
};
