import { isSuspect, quality } from '@keystead/contracts/telemetry';
import type { Property } from '@keystead/contracts/thing-model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockSkew, compileQuality, earliestTime } from './checker.ts';
import { converterOf, convertValue } from './convert.ts';

const start = Date.UTC(2026, 2, 6) * 1000;
const second = 1_000_000;

function property(change: Partial<Property>): Property {
  return {
    id: 'x',
    key: 3,
    name: { zh: 'x', en: 'x' },
    type: 'number',
    access: 'r',
    transferLevel: 1,
    storeLevel: 1,
    ...change,
  };
}

/** Codes of values that come one a second, or at the given seconds. */
function judge(change: Partial<Property>, values: readonly number[], seconds?: readonly number[]): number[] {
  const thing = compileQuality({ properties: [property(change)] }).start();
  return values.map((value, i) => {
    const time = start + (seconds?.[i] ?? i) * second;
    return thing.check(3, value, time, time);
  });
}

const { good, suspectClock, suspectFell, suspectRange, suspectRate, suspectStuck } = quality;

describe('quality of a point', () => {
  test('values outside the range are suspect and the limits themselves are not', () => {
    expect(judge({ min: 0, max: 10 }, [0, 10, -0.1, 10.1, 5])).toEqual([good, good, suspectRange, suspectRange, good]);
  });

  test('a spike is suspect and the value after it is not', () => {
    expect(judge({ maxRate: 1 }, [20, 20.5, 40, 21, 21.5])).toEqual([good, good, suspectRate, good, good]);
  });

  test('a real step is believed again when it could have been walked', () => {
    expect(judge({ maxRate: 1 }, [20, 20, 24, 24, 24, 24, 24])).toEqual([
      good,
      good,
      suspectRate,
      suspectRate,
      suspectRate,
      good,
      good,
    ]);
  });

  test('one step of the resolution is no rate, however fast it comes', () => {
    expect(judge({ maxRate: 0.001, resolution: 0.5 }, [20, 20.5, 20, 21.5])).toEqual([good, good, good, suspectRate]);
  });

  test('a wrong first value does not spoil those after it', () => {
    expect(judge({ maxRate: 1 }, [99, 20, 20.5, 21])).toEqual([good, suspectRate, good, good]);
  });

  test('a counter that falls is suspect until it has clearly begun anew', () => {
    expect(judge({ cumulative: true }, [100, 101, 99, 102, 5, 6, 7, 8])).toEqual([
      good,
      good,
      suspectFell,
      good,
      suspectFell,
      suspectFell,
      suspectFell,
      good,
    ]);
  });

  test('late points are judged and do not become the reference', () => {
    expect(judge({ maxRate: 1 }, [20, 30, 25, 40, 31], [0, 10, 5, 6, 11])).toEqual([
      good,
      good,
      good,
      suspectRate,
      good,
    ]);
    expect(judge({ cumulative: true }, [100, 105, 103, 106], [0, 10, 5, 6])).toEqual([good, good, good, suspectFell]);
  });

  test('two different values of one moment cannot both be right', () => {
    expect(judge({ maxRate: 1 }, [20, 20, 21, 20], [0, 5, 5, 5])).toEqual([good, good, suspectRate, good]);
  });

  test('a value that never changes is stuck after its time', () => {
    expect(judge({ maxStill: 3 }, [7, 7, 7, 7, 7, 8, 8])).toEqual([good, good, good, good, suspectStuck, good, good]);
  });

  test('clocks far ahead or before 2000 are suspect, whatever the value', () => {
    const thing = compileQuality({ properties: [property({ min: 0 })] }).start();
    expect(thing.check(3, 1, start + clockSkew, start)).toBe(good);
    expect(thing.check(3, 1, start + clockSkew + 1, start)).toBe(suspectClock);
    expect(thing.check(3, 1, earliestTime - 1, start)).toBe(suspectClock);
    expect(thing.check(3, 1, Number.NaN, start)).toBe(suspectClock);
    expect(thing.check(9, 1, start + 2 * clockSkew, start)).toBe(suspectClock);
  });

  test('properties without limits, unknown keys and texts are good', () => {
    const thing = compileQuality({ properties: [property({}), property({ id: 's', key: 4, type: 'string' })] }).start();
    for (const key of [3, 4, 5, -1, 40_000]) expect(thing.check(key, 1e300, start, start)).toBe(good);
    expect(judge({ min: 0 }, [Number.NaN])).toEqual([good]);
  });

  test('things of one model do not remember for one another', () => {
    const plan = compileQuality({ properties: [property({ maxRate: 1 })] });
    const [one, other] = [plan.start(), plan.start()];
    one.check(3, 0, start, start);
    expect(other.check(3, 100, start, start)).toBe(good);
  });

  test('any series of believable values is good, and a value outside the range is always suspect', () => {
    const steps = fc.array(
      fc.record({ step: fc.double({ min: -1, max: 1, noNaN: true }), wait: fc.integer({ min: 1, max: 60 }) }),
    );
    fc.assert(
      fc.property(steps, fc.double({ min: 101, noNaN: true }), (list, outside) => {
        const thing = compileQuality({ properties: [property({ min: -100, max: 100, maxRate: 1.0001 })] }).start();
        let value = 0;
        let time = start;
        for (const { step, wait } of list) {
          value = Math.max(-100, Math.min(100, value + step * wait));
          time += wait * second;
          expect(thing.check(3, value, time, time)).toBe(good);
          expect(isSuspect(thing.check(3, outside, time, time))).toBe(true);
        }
      }),
    );
  });
});

describe('conversion of raw values', () => {
  const accepted = (change: Partial<Property>, raw: unknown) => {
    const converted = convertValue(property(change), raw);
    return converted.ok ? (converted.text ?? converted.value) : converted.reason;
  };
  const values = ['off', 'heat', 3].map((value) => ({ value, name: { zh: 'v', en: 'v' } }));

  test.each<[Partial<Property>, unknown, unknown]>([
    [{ type: 'number' }, 12.5, 12.5],
    [{ type: 'number' }, -0, -0],
    [{ type: 'number' }, '12', 'not-a-number'],
    [{ type: 'number' }, true, 'not-a-number'],
    [{ type: 'number' }, [1], 'not-a-number'],
    [{ type: 'number' }, Number.NaN, 'not-finite'],
    [{ type: 'number' }, Number.POSITIVE_INFINITY, 'not-finite'],
    [{ type: 'number' }, null, 'null-value'],
    [{ type: 'number' }, undefined, 'null-value'],
    [{ type: 'integer' }, 12, 12],
    [{ type: 'integer' }, 12.5, 'not-an-integer'],
    [{ type: 'integer' }, 2 ** 53, 'not-an-integer'],
    [{ type: 'boolean' }, true, 1],
    [{ type: 'boolean' }, false, 0],
    [{ type: 'boolean' }, 1, 'not-a-boolean'],
    [{ type: 'boolean' }, 'true', 'not-a-boolean'],
    [{ type: 'enum', values }, 'heat', 1],
    [{ type: 'enum', values }, 3, 2],
    [{ type: 'enum', values }, '3', 'not-in-enum'],
    [{ type: 'enum', values }, 'Heat', 'not-in-enum'],
    [{ type: 'enum', values }, 0, 'not-in-enum'],
    [{ type: 'string' }, '12', '12'],
    [{ type: 'string' }, 12, 'not-a-text'],
    [{ type: 'string' }, 'a\u0000b', 'bad-text'],
    [{ type: 'string' }, '\ud800', 'bad-text'],
    [{ type: 'string' }, 'x'.repeat(4097), 'too-long'],
    [{ type: 'json' }, { a: [1, null] }, '{"a":[1,null]}'],
    [{ type: 'json' }, { a: '\u0000' }, 'bad-text'],
    [{ type: 'json' }, { a: 'x'.repeat(20_000) }, 'too-long'],
    [{ type: 'json' }, () => 1, 'not-json'],
  ])('%j of %j gives %j', (change, raw, expected) => {
    expect(accepted(change, raw)).toEqual(expected);
  });

  test('whatever is accepted is exactly what was sent, and nothing throws', () => {
    const raws = fc.oneof(fc.jsonValue(), fc.double(), fc.anything());
    const types = fc.constantFrom<Property['type']>('number', 'integer', 'boolean', 'string', 'enum');
    fc.assert(
      fc.property(types, raws, (type, raw) => {
        const converted = converterOf(property({ type, values }))(raw);
        if (!converted.ok) return;
        const { value, text } = converted;
        if (type === 'string') expect(text).toBe(raw);
        else if (type === 'boolean') expect(value === 1).toBe(raw);
        else if (type === 'enum') expect(values[value]?.value).toBe(raw);
        else expect(Object.is(value, raw)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
