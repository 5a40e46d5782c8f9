import { clause } from '@keystead/kernel/testing';
import { isRefusal } from '@keystead/terminals/port';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differing, writeGet, writeSet, type ZigbeeCommand } from './commands.ts';
import { readDevices, readPresence, readTopic } from './network.ts';
import { pointsOf } from './points.ts';
import { readState } from './states.ts';

const lamp = pointsOf([
  {
    type: 'light',
    features: [
      { type: 'binary', name: 'state', property: 'state', access: 7, value_on: 'ON', value_off: 'OFF' },
      { type: 'numeric', name: 'brightness', property: 'brightness', access: 7, value_min: 0, value_max: 254 },
      {
        type: 'composite',
        name: 'color_xy',
        property: 'color',
        access: 7,
        features: [
          { type: 'numeric', name: 'x', property: 'x', access: 7 },
          { type: 'numeric', name: 'y', property: 'y', access: 7 },
        ],
      },
    ],
  },
  { type: 'enum', name: 'effect', property: 'effect', access: 2, values: ['blink', 'breathe'] },
  { type: 'enum', name: 'action', property: 'action', access: 1, values: ['single', 'double'] },
  {
    type: 'numeric',
    name: 'linkquality',
    property: 'linkquality',
    access: 1,
    unit: 'lqi',
    value_min: 0,
    value_max: 255,
  },
]);

const command = (given: ReturnType<typeof writeSet>): ZigbeeCommand => {
  if (isRefusal(given)) throw new Error(given.detail);
  return given;
};

test(clause('H-7.1-b-2', 'what zigbee2mqtt exposes becomes points, features opened, composites whole'), () => {
  expect(lamp.map(({ property, type, told, settable, askable }) => [property, type, told, settable, askable])).toEqual([
    ['state', 'boolean', true, true, true],
    ['brightness', 'number', true, true, true],
    ['color', 'json', true, true, true],
    ['effect', 'enum', false, true, false],
    ['action', 'enum', true, false, false],
    ['linkquality', 'number', true, false, false],
  ]);
});

test(clause('H-7.1-b-2', 'a state becomes one reading, in the words of the platform'), () => {
  const state = {
    state: 'ON',
    brightness: 200,
    color: { x: 0.3, y: 0.4 },
    linkquality: 120,
    effect: null,
    update: { state: 'idle' },
    last_seen: '2026-01-01T00:00:00.250Z',
  };
  expect(readState(state, lamp)).toEqual({
    reading: {
      time: Date.parse('2026-01-01T00:00:00.250Z') * 1000,
      values: { state: true, brightness: 200, color: { x: 0.3, y: 0.4 }, linkquality: 120 },
    },
  });
  expect(readState({ action: 'double', last_seen: 1_700_000_000_000 }, lamp)).toEqual({
    occurrence: { event: 'action', time: 1_700_000_000_000_000, data: { action: 'double' } },
  });
  expect(readState({ action: '' }, lamp)).toEqual({});
  expect(readState({ action: 'double' }, [])).toEqual({});
});

test('a command holds to what the device names', () => {
  expect(command(writeSet({ state: true, brightness: 254, effect: 'blink' }, lamp)).payload).toEqual({
    state: 'ON',
    brightness: 254,
    effect: 'blink',
  });
  expect(command(writeGet(['state', 'color'], lamp)).payload).toEqual({ state: '', color: '' });
  const refusals = [
    writeSet({ brightness: 255 }, lamp),
    writeSet({ brightness: '10' }, lamp),
    writeSet({ state: 'ON' }, lamp),
    writeSet({ effect: 'explode' }, lamp),
    writeSet({ linkquality: 1 }, lamp),
    writeSet({ nothing: 1 }, lamp),
    writeSet({}, lamp),
    writeSet(5, lamp),
    writeGet(['effect'], lamp),
    writeGet([], lamp),
  ];
  expect(refusals.map((one) => isRefusal(one) && one.problem.type)).toEqual([
    'value-wrong-type',
    'value-wrong-type',
    'value-wrong-type',
    'value-wrong-type',
    'property-unknown',
    'property-unknown',
    'payload-malformed',
    'payload-malformed',
    'property-unknown',
    'payload-malformed',
  ]);
});

test('what is read back is compared with what was set', () => {
  const set = command(writeSet({ state: true, color: { x: 0.3 } }, lamp));
  expect(differing(set, { state: 'ON', color: { x: 0.301, y: 0.5 } })).toEqual([]);
  expect(differing(set, { state: 'OFF', color: { x: 0.4 } })).toEqual(['state', 'color']);
});

test('topics are told apart by their ends, because names may have slashes', () => {
  const use = (topic: string) => readTopic('z/base', topic);
  expect(use('z/base/kitchen/lamp')).toEqual({ use: 'state', friendlyName: 'kitchen/lamp' });
  expect(use('z/base/kitchen/lamp/availability')).toEqual({ use: 'availability', friendlyName: 'kitchen/lamp' });
  expect(use('z/base/bridge/state').use).toBe('bridge-state');
  expect(use('z/base/bridge/devices').use).toBe('devices');
  for (const topic of [
    'z/base/lamp/set',
    'z/base/lamp/set/state',
    'z/base/lamp/get',
    'z/base/bridge/logging',
    'other/x',
  ])
    expect(use(topic).use).toBe('none');
  expect([readPresence(Buffer.from('online')), readPresence(Buffer.from('{"state":"offline"}'))]).toEqual([
    true,
    false,
  ]);
  expect(readPresence(Buffer.from('{"state":"perhaps"}'))).toBeUndefined();
});

test('the list of devices is read without the coordinator and what has no address', () => {
  const list = [
    { ieee_address: '0x00124b0000000000', type: 'Coordinator', friendly_name: 'Coordinator', definition: null },
    { ieee_address: '0x00158D0001DC126A', type: 'EndDevice', friendly_name: 'lamp', power_source: 'Battery' },
    { ieee_address: 'none', friendly_name: 'x' },
    7,
  ];
  expect(readDevices(Buffer.from(JSON.stringify(list)))).toEqual([
    {
      ieee: '0x00158d0001dc126a',
      friendlyName: 'lamp',
      model: undefined,
      vendor: undefined,
      powerSource: 'Battery',
      points: [],
    },
  ]);
  expect(isRefusal(readDevices(Buffer.from('{}')))).toBe(true);
  expect(isRefusal(readDevices(Buffer.from([0xff, 0x5b])))).toBe(true);
});

test('random descriptions and random states never throw, and only points are told', () => {
  const any = fc.jsonValue({ maxDepth: 4 });
  const expose: fc.Arbitrary<unknown> = fc.record(
    {
      type: fc.oneof(fc.constantFrom('binary', 'numeric', 'enum', 'text', 'composite', 'light'), any),
      property: fc.oneof(fc.constantFrom('state', 'a', '__proto__'), any),
      access: any,
      value_on: any,
      value_min: any,
      values: any,
      features: fc.oneof(any, fc.array(any, { maxLength: 3 })),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(expose, { maxLength: 6 }), any, any, (exposes, state, params) => {
      const points = pointsOf(exposes);
      const object = state !== null && typeof state === 'object' && !Array.isArray(state) ? state : {};
      const { reading } = readState(object as Record<string, unknown>, points);
      const names = points.map(({ property }) => property);
      for (const name of Object.keys(reading?.values ?? {})) expect(names).toContain(name);
      writeSet(params, points);
      writeGet(params, points);
      readDevices(
        Buffer.from(
          JSON.stringify([{ ieee_address: '0x00158d0001dc126a', friendly_name: 'x', definition: { exposes } }, state]),
        ),
      );
    }),
    { numRuns: 3_000, seed: 21 },
  );
});
