import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCommandTemplate, readTemplate } from './template.ts';

const ask = (template: string, payload: unknown) => {
  const read = readTemplate(template);
  return read ? read(typeof payload === 'string' ? payload : JSON.stringify(payload)) : 'not read';
};

// Templates as devices and bridges send them, with what they are asked to make of a message.
test.each([
  ['{{ value_json.temperature }}', { temperature: 21.5 }, 21.5],
  ["{{value_json['SENSOR'].Temperature}}", { SENSOR: { Temperature: -3 } }, -3],
  ['{{ value_json["ENERGY"]["Power"][1] }}', { ENERGY: { Power: [5, 7] } }, 7],
  ['{{ value | float }}', '21.50', 21.5],
  ['{{ value|float(0)|round(1) }}', '3.14159', 3.1],
  ['{{ value | int(-1) }}', 'nonsense', -1],
  ['{{ (value_json.raw | int) / 10 }}', { raw: 215 }, 21.5],
  ['{{ value_json.v * 10 - 1 }}', { v: 2 }, 19],
  ['{{ value_json.tempc | is_defined }}', {}, undefined],
  ['{{ value_json.tempc | default(5) }}', {}, 5],
  ["{{ 'ON' if value_json.state == 1 else 'OFF' }}", { state: 1 }, 'ON'],
  ["{{ 'ON' if value_json.rssi > -80 and not value_json.lost else 'OFF' }}", { rssi: -60, lost: false }, 'ON'],
  ['{{ value_json.door is defined }}', { door: 0 }, true],
  ['{{ value_json.state | upper }}', { state: 'on' }, 'ON'],
  ['{{ value_json.open }}', { open: false }, false],
  ['{{ value_json.a }}-{{ value_json.b }}', { a: 1, b: 'x' }, '1-x'],
  ["{{ value_json.a ~ ' ' ~ value_json.b }}", { a: 1, b: 2 }, '1 2'],
  ['{{ -value_json.a | abs }}', { a: -2 }, 2],
  ['{{ 10 % 3 + 2 * 2 }}', {}, 5],
  ['{{ float(value_json.a, 0) + 1 }}', { a: '2' }, 3],
  ['{{ value_json.a / value_json.zero }}', { a: 1, zero: 0 }, undefined],
  ['{{ value_json.__proto__ }}', '{}', undefined],
  ['{{ value_json.constructor }}', '{}', undefined],
  ['{{ value_json.deep.er.still }}', { deep: 1 }, undefined],
  ['{{ value_json.x }}', 'no json', undefined],
  ['online', 'x', 'online'],
])('%s', (template, payload, made) => {
  expect(ask(template, payload)).toEqual(made);
});

test.each([
  '{% if value == 1 %}ON{% endif %}',
  "{{ states('sensor.x') }}",
  '{{ value_json.x | regex_replace("a") }}',
  '{{ value_json. }}',
  '{{ value_json.x',
  '{{ 1 +* 2 }}',
  '{{ value := 1 }}',
  `{{ ${'('.repeat(200)}1${')'.repeat(200)} }}`,
  `{{ ${'not '.repeat(200)}1 }}`,
  `{{ ${'-'.repeat(200)}1 }}`,
  `{{ value_json${'[value_json'.repeat(100)}${']'.repeat(100)} }}`,
  `{{ '${'x'.repeat(3_000)}' }}`,
])('what is beyond the language is said to be so, and never guessed: %#', (template) => {
  expect(readTemplate(template)).toBeUndefined();
});

test('a command takes its value in the form the device wants', () => {
  expect(readCommandTemplate('{"position": {{ value }}}')?.(50)).toBe('{"position": 50}');
  expect(readCommandTemplate('{{ value | lower }}')?.('ON')).toBe('on');
  expect(readCommandTemplate('{% set x = 1 %}')).toBeUndefined();
});

test('random templates over random messages never throw', () => {
  const word = fc.constantFrom(
    ...[
      '{{',
      '}}',
      'value',
      'value_json',
      '.',
      'a',
      '[',
      ']',
      '0',
      "'a'",
      '|',
      'float',
      'round',
      '(',
      ')',
      '+',
      '-',
      '*',
    ],
    ...[
      '/',
      '%',
      '~',
      '==',
      '<',
      'if',
      'else',
      'and',
      'or',
      'not',
      'is',
      'defined',
      'default',
      ',',
      ' ',
      '"',
      '\\',
      '{%',
      'é',
    ],
  );
  const template = fc.oneof(
    fc.array(word, { maxLength: 30 }).map((words) => `{{ ${words.join(' ')} }}`),
    fc.array(word, { maxLength: 30 }).map((words) => words.join('')),
    fc.string({ maxLength: 80 }),
  );
  fc.assert(
    fc.property(template, fc.oneof(fc.json(), fc.string()), (text, payload) => {
      readTemplate(text)?.(payload);
      readCommandTemplate(text)?.(payload);
    }),
    { numRuns: 6_000, seed: 61 },
  );
});
