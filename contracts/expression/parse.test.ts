import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limits } from './error.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';
import type { Node, Value } from './syntax.ts';

/** The tree without positions, for comparison. */
function shape(node: Node): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value) =>
      key === 'at' || key === 'end' ? undefined : Object.is(value, -0) ? '-0' : value,
    ),
  );
}

function tree(text: string): Node {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(`${text}: ${JSON.stringify(parsed.errors)}`);
  return parsed.node;
}

const fault = (text: string) => {
  const parsed = parse(text);
  return parsed.ok ? undefined : parsed.errors[0];
};

const span = { at: 0, end: 0 };
const literals: fc.Arbitrary<Node> = fc
  .oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.constant(null),
  )
  .map((value: Value) => ({ kind: 'literal', value, ...span }));
const listLiterals = fc
  .oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string())
  .map((value) => ({ kind: 'literal' as const, value, ...span }));
const ids = fc.oneof(
  fc.constantFrom('a', 'battery.level', 'true', 'event', 'age.x', 'in', 'clock.hour', 'and', '_'),
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.:-]{0,12}$/),
);

const { node: trees } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 6, depthIdentifier: 'tree' },
    literals,
    fc
      .record({ of: fc.constantFrom('value' as const, 'previous' as const, 'age' as const), id: ids })
      .map((property): Node => ({ kind: 'property', ...property, ...span })),
    fc.constant<Node>({ kind: 'event', ...span }),
    fc
      .constantFrom('hour' as const, 'minute' as const, 'weekday' as const)
      .map((part): Node => ({ kind: 'clock', part, ...span })),
    fc
      .tuple(fc.constantFrom('!' as const, '-' as const), tie('node'))
      .map(([operator, operand]): Node => ({ kind: 'unary', operator, operand, ...span })),
    fc
      .tuple(
        fc.constantFrom('||', '&&', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%'),
        tie('node'),
        tie('node'),
      )
      .map(([operator, left, right]) => ({ kind: 'binary', operator, left, right, ...span }) as Node),
    fc
      .tuple(tie('node'), tie('node'), tie('node'))
      .map(([test, yes, no]): Node => ({ kind: 'choice', test, yes, no, ...span })),
    fc
      .tuple(tie('node'), fc.array(listLiterals, { minLength: 1, maxLength: 4 }))
      .map(([operand, list]): Node => ({ kind: 'in', operand, list, ...span })),
    fc
      .tuple(fc.constantFrom('abs', 'max', 'whatever'), fc.array(tie('node'), { maxLength: 3 }))
      .map(([name, args]): Node => ({ kind: 'call', name, args, ...span })),
  ),
}));

describe('reading and printing', () => {
  test.each([
    ['a||b&&c==1+2*3', 'a || b && c == 1 + 2 * 3'],
    ['((a) - (b - c))', 'a - (b - c)'],
    ['(a ? b : c) ? d : e ? f : g', '(a ? b : c) ? d : e ? f : g'],
    ["x in ['a', -1]", 'x in ["a", -1]'],
    ['-5 - -x', '-5 - -x'],
    ['-(5) * -(-5)', '-(5) * -(-5)'],
    ['!(a && b) || previous.x.y > age.`b-1`', '!(a && b) || previous.x.y > age.`b-1`'],
    ['round( x , 1 )', 'round(x, 1)'],
    ['(a < b) == (c < d)', '(a < b) == (c < d)'],
  ])('%s is printed as %s', (text, expected) => {
    expect(print(tree(text))).toBe(expected);
  });

  test('any tree printed and parsed again is the same tree', () => {
    fc.assert(
      fc.property(trees, (node) => {
        const text = print(node);
        const parsed = parse(text);
        if (!parsed.ok) {
          expect(['too-long', 'too-deep', 'too-many-parts']).toContain(parsed.errors[0]?.code);
          return;
        }
        expect(shape(parsed.node)).toEqual(shape(node));
        expect(print(parsed.node)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test('most random trees are inside the limits, so that the round trip is really tried', () => {
    const sample = fc.sample(trees, { numRuns: 300, seed: 7 });
    expect(sample.filter((node) => parse(print(node)).ok).length).toBeGreaterThan(200);
  });
});

describe('texts that are no expression', () => {
  test.each([
    ['', 'unexpected-end', 0, 0, undefined],
    ['a >', 'unexpected-end', 3, 3, undefined],
    ['a = 1', 'unexpected-character', 2, 3, '=='],
    ['a ＞ 1', 'unexpected-character', 2, 3, '>'],
    ['a and b', 'unexpected-token', 2, 5, '&&'],
    ['not a', 'unexpected-token', 0, 3, '!'],
    ['1 < x < 3', 'chained-comparison', 6, 7, undefined],
    ['"abc', 'unterminated-text', 0, 4, undefined],
    ['"\\q"', 'bad-escape', 1, 3, undefined],
    ['12abc', 'bad-number', 0, 5, undefined],
    ['1e999', 'bad-number', 0, 5, undefined],
    ['clock.hours', 'unknown-name', 6, 11, 'hour'],
    ['x in [y]', 'unexpected-token', 6, 7, undefined],
    ['f(1', 'unexpected-end', 3, 3, undefined],
    ['a b', 'unexpected-token', 2, 3, undefined],
    ['`9`', 'unexpected-character', 0, 1, undefined],
  ])('%j is refused: %s at %i–%i', (text, code, at, end, suggestion) => {
    const error = fault(text);
    expect(error).toMatchObject({ code, at, end });
    expect(error?.suggestion).toBe(suggestion);
  });

  test('each limit is refused by its own code', () => {
    expect(fault('x'.repeat(limits.length + 1))?.code).toBe('too-long');
    expect(fault('('.repeat(1000))?.code).toBe('too-deep');
    expect(fault(`${'!'.repeat(1000)}x`)?.code).toBe('too-deep');
    expect(fault(`1${'+1'.repeat(limits.nodes)}`)?.code).toBe('too-many-parts');
    expect(fault(`x in [${'1,'.repeat(limits.list)}1]`)?.code).toBe('unexpected-token');
    expect(fault(`1${'+1'.repeat(200)}`)).toBeUndefined();
  });

  test('no text makes the parser throw, and errors point into the text', () => {
    const words = fc.constantFrom(
      'a',
      '1',
      '"',
      "'",
      '(',
      ')',
      '[',
      ']',
      '?',
      ':',
      '&&',
      '||',
      '!',
      '-',
      ',',
      '.',
      ' in ',
      '`',
      '\\',
      'clock',
      'previous',
      '温度',
      '\u{1F525}',
      '\ud800',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words, { maxLength: 40 }).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const error = fault(text);
        if (!error) return;
        expect(error.at).toBeGreaterThanOrEqual(0);
        expect(error.end).toBeGreaterThanOrEqual(error.at);
        expect(error.end).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 3000 },
    );
  });
});
