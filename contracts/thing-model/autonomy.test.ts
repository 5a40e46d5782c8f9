import { expect, test } from 'vitest';
import { disablesAutonomy, type ThingModel } from './index.ts';

const name = { zh: '名', en: 'name' };
const levels = { transferLevel: 3, storeLevel: 2 } as const;
const pump: ThingModel = {
  family: 'pump',
  version: 1,
  name,
  category: { function: 'fire', domain: 'housing', specification: 'pump' },
  authentication: 'secret',
  interval: 60,
  grace: 60,
  properties: [
    { id: 'autoStart', key: 1, name, type: 'boolean', access: 'rw', autonomy: 'disables', ...levels },
    { id: 'interval', key: 2, name, type: 'integer', access: 'rw', ...levels },
    { id: 'running', key: 3, name, type: 'boolean', access: 'r', ...levels },
  ],
  events: [],
  services: [
    { id: 'setManual', name, risk: 'vital', deadline: 10, autonomy: 'disables' },
    { id: 'configure', name, risk: 'normal', deadline: 10 },
  ],
};
const open: ThingModel = { ...pump, properties: pump.properties.slice(1), services: pump.services.slice(1) };

test.each([
  [{ service: 'setManual' }, true],
  [{ service: 'configure', values: { autoStart: true } }, true],
  [{ service: 'configure', values: { list: [{ property: 'autoStart', value: 0 }] } }, true],
  [{ service: 'configure', values: { interval: 30 } }, false],
  [{ values: { autoStart: false } }, true],
  [{ values: { interval: 30 } }, false],
  [{ values: { running: false } }, true],
  [{ values: { somethingElse: 1 } }, true],
  [{ values: { interval: { deep: { autoStart: 0 } } } }, true],
])('%j of a fire pump', (asked, refused) => {
  expect(disablesAutonomy(pump, asked)).toBe(refused);
});

test('a thing without autonomous start to protect may be told anything', () => {
  expect(disablesAutonomy(open, { values: { somethingElse: 1 } })).toBe(false);
});
