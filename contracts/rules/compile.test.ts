import { describe, expect, test } from 'vitest';
import { appliesTo, compileRule, ruleShapeErrors } from './compile.ts';
import { ruleOf, symbols } from './rule-fixture.ts';
import type { AlarmRule } from './schema.ts';

const errors = (document: unknown) => {
  const compilation = compileRule(document, symbols);
  return compilation.ok ? [] : compilation.errors.map(({ pointer, code }) => `${pointer} ${code}`);
};
const good = ruleOf({ kind: 'condition', levels: [{ severity: 2, when: 'temperature > 60', for: 30 }] });

describe('rules as documents', () => {
  test('a good rule compiles and tells what it reads', () => {
    const compilation = compileRule(
      ruleOf({
        kind: 'condition',
        levels: [{ severity: 1, when: 'smoke || event == "tamper"' }],
        clear: '!smoke && temperature < 30',
      }),
      symbols,
    );
    expect(compilation.ok && compilation.rule).toMatchObject({
      uses: ['smoke', 'temperature'],
      slots: [2, 1],
      usesEvent: true,
      ticks: false,
    });
  });

  test('a rule survives being written as JSON', () => {
    expect(errors(JSON.parse(JSON.stringify(good)))).toEqual([]);
  });

  test.each<[string, unknown, string[]]>([
    ['nothing', null, [' wrong-type', '/trigger/kind required']],
    ['an unknown kind', { ...good, trigger: { kind: 'magic' } }, ['/trigger/kind not-allowed']],
    ['a kind named like a method', { ...good, trigger: { kind: 'toString' } }, ['/trigger/kind not-allowed']],
    ['no trigger', { ...good, trigger: undefined }, ['/trigger/kind required']],
    ['an unknown field', { ...good, colour: 1 }, ['/colour unknown-field']],
    ['an id that is none', { ...good, id: 'x' }, ['/id bad-format']],
    ['no levels', { ...good, trigger: { kind: 'condition', levels: [] } }, ['/trigger/levels too-short']],
    [
      'fields of another kind',
      { ...good, trigger: { kind: 'event', severity: 9, event: 'tamper', for: 3 } },
      ['/trigger/for unknown-field', '/trigger/severity not-allowed'],
    ],
  ])('%s is refused', (_, document, expected) => {
    expect(errors(document)).toEqual(expected);
    expect(ruleShapeErrors(document).length).toBe(expected.length);
  });

  test.each<[string, AlarmRule, string[]]>([
    [
      'names the model does not have',
      ruleOf({ kind: 'condition', levels: [{ severity: 1, when: 'temprature > 1 && smok' }], clear: 'nope' }),
      ['/trigger/levels/0/when unknown-name', '/trigger/levels/0/when unknown-name', '/trigger/clear unknown-name'],
    ],
    [
      'a condition that is a number',
      ruleOf({ kind: 'condition', levels: [{ severity: 1, when: 'temperature' }] }),
      ['/trigger/levels/0/when wrong-type'],
    ],
    [
      'two levels of one severity',
      ruleOf({ kind: 'condition', levels: [1, 2].map((n) => ({ severity: 1, when: `temperature > ${n}` })) }),
      ['/trigger/levels/1/severity duplicate-severity'],
    ],
    [
      'for and count together, and a count above its window',
      ruleOf({ kind: 'condition', levels: [{ severity: 1, when: 'smoke', for: 1, count: { n: 3, m: 2 } }] }),
      ['/trigger/levels/0/count for-and-count', '/trigger/levels/0/count/n count-above-window'],
    ],
    [
      'a time longer than any window of the schedule',
      ruleOf(
        { kind: 'offline', severity: 1, for: 7200 },
        { schedule: { zone: 'Asia/Shanghai', hours: [{ weekdays: [1], from: '08:00', to: '10:00' }] } },
      ),
      ['/trigger/for longer-than-schedule'],
    ],
    [
      'zones nobody knows',
      {
        ...good,
        zone: 'Mars/Olympus',
        schedule: { zone: 'x', hours: [{ weekdays: [1], from: '08:00', to: '09:00' }] },
      },
      ['/schedule/zone unknown-zone', '/zone unknown-zone'],
    ],
    [
      'events the model does not have',
      ruleOf({ kind: 'event', severity: 1, event: 'tampr', clearEvent: 'tampr' }),
      ['/trigger/event unknown-event', '/trigger/clearEvent unknown-event', '/trigger/clearEvent same-event'],
    ],
    [
      'a missing property that does not exist',
      ruleOf({ kind: 'missing', severity: 1, property: 'humidity', for: 10 }),
      ['/trigger/property unknown-name'],
    ],
  ])('%s: refused', (_, rule, expected) => {
    expect(errors(rule)).toEqual(expected);
  });

  test('an error in a condition points into its text and says what was meant', () => {
    const compilation = compileRule(
      ruleOf({ kind: 'condition', levels: [{ severity: 1, when: '  temprature > 1' }] }),
      symbols,
    );
    expect(compilation.ok ? undefined : compilation.errors[0]?.expression).toMatchObject({
      at: 2,
      end: 12,
      suggestion: 'temperature',
    });
  });
});

test('a rule is for the things that fit all it names', () => {
  const thing = { id: '0190a000-0000-7000-8000-00000000000a', family: 'heater', labels: { floor: '3', side: 'north' } };
  expect(appliesTo({ appliesTo: { family: 'heater' } }, thing)).toBe(true);
  expect(appliesTo({ appliesTo: { family: 'lock' } }, thing)).toBe(false);
  expect(appliesTo({ appliesTo: { family: 'heater', labels: { floor: '3' } } }, thing)).toBe(true);
  expect(appliesTo({ appliesTo: { labels: { floor: '3', side: 'south' } } }, thing)).toBe(false);
  expect(appliesTo({ appliesTo: { things: [thing.id] } }, thing)).toBe(true);
  expect(appliesTo({ appliesTo: { things: ['0190a000-0000-7000-8000-00000000000b'] } }, thing)).toBe(false);
});
