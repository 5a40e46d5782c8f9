import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from './compile.ts';
import type { Reading } from './context.ts';
import type { Symbols } from './symbols.ts';
import type { Value } from './syntax.ts';

const symbols: Symbols = {
  properties: new Map([
    ['temperature', { slot: 1, type: 'number' }],
    ['humidity', { slot: 2, type: 'number' }],
    ['open', { slot: 3, type: 'boolean' }],
    ['mode', { slot: 4, type: 'enum', values: ['off', 'heat', 'cool'] }],
    ['level', { slot: 5, type: 'enum', values: [10, 20] }],
    ['note', { slot: 6, type: 'string' }],
    ['raw', { slot: 7, type: 'json' }],
    ['co2:a-b', { slot: 8, type: 'number' }],
  ]),
  events: new Set(['tamper', 'wrong-code']),
};

const noon = Date.UTC(2026, 2, 6, 4, 30) * 1000;

interface Given {
  values?: Record<number, Reading>;
  previous?: Record<number, Reading>;
  times?: Record<number, number>;
  previousTimes?: Record<number, number>;
  event?: string;
}

function run(text: string, given: Given = {}): Value {
  const compilation = compile(text, symbols);
  if (!compilation.ok) throw new Error(`${text}: ${JSON.stringify(compilation.errors)}`);
  return compilation.compiled.evaluate({
    time: noon,
    event: given.event,
    readings: {
      value: (slot) => given.values?.[slot],
      previous: (slot) => given.previous?.[slot],
      time: (slot) => given.times?.[slot],
      previousTime: (slot) => given.previousTimes?.[slot],
    },
  });
}

const errors = (text: string, expectBoolean = false) => {
  const compilation = compile(text, symbols, expectBoolean ? { expect: 'boolean' } : {});
  return compilation.ok ? [] : compilation.errors;
};

describe('values', () => {
  test.each<[string, Given, Value]>([
    ['temperature > 60', { values: { 1: 61 } }, true],
    ['temperature > 60', { values: { 1: 60 } }, false],
    ['temperature > 60', {}, null],
    ['temperature > 60', { values: { 1: Number.NaN } }, null],
    ['1 + 2 * 3 - 4 / 2 % 2', {}, 7],
    ['temperature / 0', { values: { 1: 1 } }, null],
    ['1e308 * 10', {}, null],
    ['open', { values: { 3: 1 } }, true],
    ['!open', { values: { 3: false } }, true],
    ['open', { values: { 3: 'yes' } }, null],
    ['mode == "heat"', { values: { 4: 1 } }, true],
    ['mode', { values: { 4: 9 } }, null],
    ['mode in ["heat", "cool"]', { values: { 4: 2 } }, true],
    ['level == 20', { values: { 5: 1 } }, true],
    ['contains(note, "fire") && startsWith(note, "a ")', { values: { 6: 'a fire' } }, true],
    ['`co2:a-b` - previous.`co2:a-b`', { values: { 8: 5 }, previous: { 8: 2 } }, 3],
    ['event == "tamper"', { event: 'tamper' }, true],
    ['event == "tamper"', {}, null],
    ['clock.hour * 100 + clock.minute', {}, 1230],
    ['clock.weekday', {}, 5],
    ['age.temperature', { times: { 1: noon - 2_500_000 } }, 2.5],
    ['age.temperature', {}, null],
    ['between(temperature, 10, 20)', { values: { 1: 20 } }, true],
    ['round(2.345, 2)', {}, 2.35],
    ['round(-2.5)', {}, -3],
    ['round(1e21) + round(1, 13)', {}, null],
    ['min(3, 1, 2) + max(4, 5) + abs(-1)', {}, 7],
    ['changed(mode)', { values: { 4: 1 }, previous: { 4: 0 } }, true],
    ['changed(mode)', { values: { 4: 1 } }, null],
    ['delta(temperature)', { values: { 1: 5 }, previous: { 1: 8 } }, -3],
    [
      'rate(temperature)',
      { values: { 1: 5 }, previous: { 1: 8 }, times: { 1: 4_000_000 }, previousTimes: { 1: 2_000_000 } },
      -1.5,
    ],
    ['rate(temperature)', { values: { 1: 5 }, previous: { 1: 8 }, times: { 1: 4 }, previousTimes: { 1: 4 } }, null],
    ['temperature == null', {}, true],
    ['temperature != null ? "here" : "away"', { values: { 1: 0 } }, 'here'],
    ['temperature > 0 ? 1 : 2', {}, null],
  ])('%s with %j is %s', (text, given, expected) => {
    expect(run(text, given)).toBe(expected);
  });

  test('and, or, not follow Kleene in all combinations', () => {
    const words = { true: 1, false: 0, null: undefined } as const;
    const value = (word: string) => words[word as keyof typeof words];
    const truth = (word: string) => (word === 'null' ? null : word === 'true');
    const logical = {
      ...symbols,
      properties: new Map([...symbols.properties, ['other', { slot: 9, type: 'boolean' as const }]]),
    };
    const evaluate = (text: string, a: string, b: string) => {
      const compilation = compile(text, logical);
      if (!compilation.ok) throw new Error(text);
      const lookup = (slot: number) => value(slot === 3 ? a : b);
      const readings = { value: lookup, previous: lookup, time: () => undefined, previousTime: () => undefined };
      return compilation.compiled.evaluate({ time: 0, readings });
    };
    for (const a of Object.keys(words)) {
      expect(evaluate('!open', a, a)).toBe(truth(a) === null ? null : !truth(a));
      for (const b of Object.keys(words)) {
        const both = [truth(a), truth(b)];
        expect(evaluate('open && other', a, b)).toBe(both.includes(false) ? false : both.includes(null) ? null : true);
        expect(evaluate('open || other', a, b)).toBe(both.includes(true) ? true : both.includes(null) ? null : false);
      }
    }
  });
});

describe('mistakes', () => {
  test.each([
    ['temprature > 60', 'unknown-name', 0, 10, 'temperature'],
    ['previous.humidty > 1', 'unknown-name', 0, 16, 'humidity'],
    ['betwen(temperature, 1, 2)', 'unknown-function', 0, 25, 'between'],
    ['mode == "haet"', 'unknown-value', 8, 14, 'heat'],
    ['level in [10, 30]', 'unknown-value', 14, 16, '10'],
    ['event == "tampre"', 'unknown-event', 9, 17, 'tamper'],
    ['mode == 1', 'not-comparable', 0, 9, undefined],
    ['open == 1', 'not-comparable', 0, 9, undefined],
    ['note < "b"', 'wrong-type', 0, 4, undefined],
    ['temperature > null', 'wrong-type', 14, 18, undefined],
    ['temperature && open', 'wrong-type', 0, 11, undefined],
    ['raw == "x"', 'wrong-type', 0, 3, undefined],
    ['round()', 'wrong-arguments', 0, 7, undefined],
    ['delta(temperature + 1)', 'not-a-property', 6, 21, undefined],
    ['delta(note)', 'wrong-type', 6, 10, undefined],
    ['open ? 1 : "a"', 'wrong-type', 11, 14, undefined],
    ['null', 'wrong-type', 0, 4, undefined],
    ['toString(1)', 'unknown-function', 0, 11, undefined],
    ['constructor', 'unknown-name', 0, 11, undefined],
  ])('%s: %s at %i–%i', (text, code, at, end, suggestion) => {
    const [error] = errors(text);
    expect(error).toMatchObject({ code, at, end });
    expect(error?.suggestion).toBe(suggestion);
  });

  test('all mistakes of names and types are told at once', () => {
    expect(errors('foo > 1 && baz(2) && open + 1 > "x"').map(({ code }) => code)).toEqual([
      'unknown-name',
      'unknown-function',
      'wrong-type',
      'wrong-type',
    ]);
  });

  test('a condition must be true or false', () => {
    expect(errors('temperature + 1', true)).toEqual([
      { code: 'wrong-type', at: 0, end: 15, found: 'number', expected: 'boolean' },
    ]);
    expect(errors('temperature > 1', true)).toEqual([]);
  });
});

describe('what an expression tells about itself', () => {
  test('properties, slots, event, time and standard form', () => {
    const compilation = compile('open&&age.temperature>5||event=="tamper"&&changed(mode)', symbols);
    expect(compilation.ok && compilation.compiled).toMatchObject({
      uses: ['mode', 'open', 'temperature'],
      slots: [4, 3, 1],
      usesEvent: true,
      usesTime: true,
      type: 'boolean',
      text: 'open && age.temperature > 5 || event == "tamper" && changed(mode)',
    });
  });
});

test('whatever is typed, compiling reports and evaluating answers, without an exception', () => {
  const words = fc.constantFrom(
    ...[
      'temperature',
      'open',
      'mode',
      'note',
      'event',
      'previous.',
      'age.',
      'clock.hour',
      '"heat"',
      '1',
      '2.5',
      'null',
      'true',
    ],
    ...[
      ' > ',
      ' == ',
      ' && ',
      ' || ',
      ' + ',
      ' / ',
      '!',
      '-',
      '(',
      ')',
      ' ? ',
      ' : ',
      ' in [1]',
      'max(',
      'delta(',
      ',',
    ],
  );
  let compiled = 0;
  fc.assert(
    fc.property(
      fc.array(words, { maxLength: 12 }),
      fc.dictionary(fc.constantFrom('1', '3', '4'), fc.double()),
      (list, values) => {
        const text = list.join('');
        const compilation = compile(text, symbols);
        if (!compilation.ok) {
          expect(compilation.errors.length).toBeGreaterThan(0);
          return;
        }
        compiled += 1;
        const value = run(text, { values, previous: values });
        expect(value === null || typeof value === compilation.compiled.type).toBe(true);
        if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      },
    ),
    { numRuns: 5000, seed: 11 },
  );
  expect(compiled).toBeGreaterThan(50);
});
