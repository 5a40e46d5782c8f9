import { describe, expect, test } from 'vitest';
import { compareModels } from './compare.ts';
import { toThingDescription } from './description.ts';
import { assignKeys } from './keys.ts';
import type { Property, ThingModel } from './schema.ts';
import { validateModel } from './validate.ts';

const levels = { transferLevel: 2, storeLevel: 2 } as const;
const name = (en: string) => ({ zh: `${en}名`, en });

const temperature: Property = {
  id: 'temperature',
  key: 1,
  name: name('temperature'),
  type: 'number',
  unit: 'Cel',
  min: -20,
  max: 60,
  resolution: 0.1,
  maxRate: 0.5,
  access: 'r',
  ...levels,
};

const mode: Property = {
  id: 'mode',
  key: 2,
  name: name('mode'),
  type: 'enum',
  values: [
    { value: 'off', name: name('off') },
    { value: 'heat', name: name('heat') },
  ],
  access: 'rw',
  ...levels,
};

const heater: ThingModel = {
  family: 'heater',
  version: 1,
  name: name('heater'),
  category: { function: 'climate', domain: 'housing', specification: 'small' },
  authentication: 'secret',
  interval: 60,
  grace: 30,
  properties: [temperature, mode],
  events: [{ id: 'tamper', name: name('tamper'), severity: 2, ...levels }],
  services: [{ id: 'reset', name: name('reset'), risk: 'normal', deadline: 30 }],
};

const codes = (document: unknown) => validateModel(document).map(({ pointer, code }) => `${pointer} ${code}`);
const withProperty = (change: Partial<Property>, base = temperature): ThingModel => ({
  ...heater,
  properties: [{ ...base, ...change }],
});

describe('validation of a model', () => {
  test('a good model has no errors', () => {
    expect(validateModel(heater)).toEqual([]);
  });

  test('[H-8.2-0] a property or event without its levels is refused', () => {
    const { transferLevel: _, ...unlabelled } = temperature;
    const { storeLevel: __, ...unclassed } = { id: 'tamper', name: name('tamper'), ...levels };
    expect(codes({ ...heater, properties: [unlabelled], events: [unclassed] })).toEqual([
      '/properties/0/transferLevel required',
      '/events/0/storeLevel required',
    ]);
    expect(codes({ ...heater, properties: [{ ...temperature, transferLevel: 4 }] })).toEqual([
      '/properties/0/transferLevel not-allowed',
    ]);
    for (const level of [1, 2, 3] as const) expect(codes(withProperty({ transferLevel: level }))).toEqual([]);
  });

  test('fields nobody knows and things that are no model are told, not thrown', () => {
    expect(codes({ ...heater, colour: 'red' })).toEqual(['/colour unknown-field']);
    expect(codes(null)).toEqual([' wrong-type']);
    expect(codes('heater')).toEqual([' wrong-type']);
    expect(codes({}).length).toBeGreaterThan(5);
  });

  test.each<[string, Partial<Property>, string[]]>([
    ['a range upside down', { min: 5, max: 1 }, ['/properties/0/max min-above-max']],
    ['a unit that does not exist', { unit: 'degC' }, ['/properties/0/unit unknown-unit']],
    ['a resolution wider than the range', { resolution: 100 }, ['/properties/0/resolution resolution-above-range']],
    ['names of values on a number', { values: [] }, ['/properties/0/values only-for-enums']],
    ['a fraction as limit of an integer', { type: 'integer', min: 0.5 }, ['/properties/0/min not-an-integer']],
    ['a counter that may be below zero', { cumulative: true }, ['/properties/0/min counter-below-zero']],
    [
      'a range on text',
      { type: 'string', unit: undefined, resolution: undefined, maxRate: undefined },
      ['/properties/0/min only-for-numbers', '/properties/0/max only-for-numbers'],
    ],
  ])('%s is refused', (_, change, expected) => {
    expect(codes(withProperty(change))).toEqual(expected);
  });

  test('an enum needs values, each once', () => {
    expect(codes(withProperty({ values: [] }, mode))).toEqual(['/properties/0/values enum-without-values']);
    const twice = [mode.values?.[0], mode.values?.[0]].filter((value) => value !== undefined);
    expect(codes(withProperty({ values: twice }, mode))).toEqual(['/properties/0/values/1/value duplicate-value']);
  });

  test('ids and keys are there once', () => {
    expect(codes({ ...heater, properties: [temperature, { ...mode, id: 'temperature', key: 1 }] })).toEqual([
      '/properties/1/id duplicate-id',
      '/properties/1/key duplicate-key',
    ]);
  });
});

describe('keys', () => {
  test('an unchanged property keeps its key, a new one never gets an old key', () => {
    const second: ThingModel = { ...heater, version: 2, properties: [temperature, { ...mode, id: 'fan', key: 3 }] };
    const draft = {
      ...heater,
      version: 3,
      properties: [
        { ...mode, key: undefined },
        { ...temperature, key: 77 },
        { ...temperature, id: 'humidity' },
      ],
    };
    const third = assignKeys(draft, [second, heater]);
    expect(third.properties.map(({ id, key }) => [id, key])).toEqual([
      ['mode', 2],
      ['temperature', 1],
      ['humidity', 4],
    ]);
  });

  test('a property whose type changed gets a new key, for its history is of another kind', () => {
    const draft = { ...heater, version: 2, properties: [{ ...temperature, type: 'integer' as const }] };
    expect(assignKeys(draft, [heater]).properties[0]?.key).toBe(3);
  });

  test('a first version is numbered from one', () => {
    expect(assignKeys(heater).properties.map(({ key }) => key)).toEqual([1, 2]);
  });
});

describe('comparison of versions', () => {
  const compare = (properties: Property[], more: Partial<ThingModel> = {}) => {
    const { breaking, compatible } = compareModels(heater, { ...heater, version: 2, properties, ...more });
    const short = (list: typeof breaking) => list.map(({ pointer, code }) => `${pointer} ${code}`);
    return { breaking: short(breaking), compatible: short(compatible) };
  };

  test('the same model differs in nothing', () => {
    expect(compare(heater.properties)).toEqual({ breaking: [], compatible: [] });
  });

  test('what is removed breaks, what is added does not', () => {
    expect(compare([mode, { ...temperature, id: 'humidity', key: 3 }], { events: [], services: [] })).toEqual({
      breaking: ['/properties/temperature removed', '/events/tamper removed', '/services/reset removed'],
      compatible: ['/properties/humidity added'],
    });
  });

  test('units, types, access, levels and enum order break', () => {
    const moved = { ...mode, values: [...(mode.values ?? [])].reverse(), access: 'r' as const, storeLevel: 1 as const };
    expect(compare([{ ...temperature, unit: '[degF]', type: 'integer' }, moved])).toEqual({
      breaking: [
        '/properties/temperature/type type-changed',
        '/properties/temperature/unit unit-changed',
        '/properties/mode/access access-lost',
        '/properties/mode/storeLevel level-lowered',
        '/properties/mode/values values-moved',
      ],
      compatible: [],
    });
    expect(compare([{ ...temperature, unit: 'Pa' }, mode]).breaking).toEqual([
      '/properties/temperature/unit dimension-changed',
    ]);
  });

  test('ranges, names, more values and higher levels do not', () => {
    const more = {
      ...mode,
      values: [...(mode.values ?? []), { value: 'cool', name: name('cool') }],
      transferLevel: 3 as const,
    };
    expect(compare([{ ...temperature, max: 80, name: name('T') }, more], { interval: 30 })).toEqual({
      breaking: [],
      compatible: [
        '/interval interval-changed',
        '/properties/temperature/name name-changed',
        '/properties/temperature/max max-changed',
        '/properties/mode/transferLevel level-raised',
        '/properties/mode/values values-added',
      ],
    });
  });
});

test('the Web of Things form has types, ranges and the names in both languages', () => {
  expect(toThingDescription(heater)).toMatchObject({
    '@type': 'tm:ThingModel',
    titles: { zh: 'heater名', en: 'heater' },
    properties: {
      temperature: { type: 'number', unit: 'Cel', minimum: -20, maximum: 60, multipleOf: 0.1, readOnly: true },
      mode: { enum: ['off', 'heat'], readOnly: false },
    },
    actions: { reset: { safe: false } },
    events: { tamper: { title: 'tamper名' } },
  });
});
