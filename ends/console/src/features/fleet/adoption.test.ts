import { expect, test } from 'vitest';
import { withDevice } from './adoption.ts';

const document = {
  version: 7,
  channels: [
    { name: 'home', protocol: 'homeassistant', settings: {}, devices: [{ name: 'A-1', at: {} }] },
    { name: 'bus', protocol: 'modbus', settings: {}, devices: [] },
  ],
  store: { hours: 48 },
};
const lamp = { name: 'L-1', at: { device: '1C' }, family: 'smart-light' };
const model = { family: 'smart-light', properties: [] };

test('a candidate is added to its channel, with its model once, and nothing else changes', () => {
  const once = withDevice(document, 'home', lamp, model);
  expect(once).toEqual({
    channels: [{ ...document.channels[0], devices: [{ name: 'A-1', at: {} }, lamp] }, document.channels[1]],
    models: [model],
    store: { hours: 48 },
  });
  expect(withDevice(once, 'bus', { ...lamp, name: 'L-2' }, model)).toMatchObject({ models: [model] });
  expect(document.channels[0]?.devices).toHaveLength(1);
});

test('a device without a model brings none, and a channel that is gone takes none', () => {
  expect(withDevice(document, 'bus', { name: 'X', at: {} }, undefined)).not.toHaveProperty('models');
  expect(withDevice(document, 'gone', lamp, model)).toBeUndefined();
  expect(withDevice(null, 'home', lamp, model)).toBeUndefined();
});
