import { describe, expect, test } from 'vitest';
import { checkPattern, followsRule, namesItsModel } from './naming.ts';

const thing = { code: 'A(1)', place: '3#楼' };

describe('naming rules', () => {
  test.each([
    ['{place}烟感{n}', '3#楼烟感12', true],
    ['{place}烟感{n}', '4#楼烟感12', false],
    ['{place}烟感{n}', '3#楼烟感', false],
    ['{code} {text}', 'A(1) 东门', true],
    ['{code} {text}', 'AX1Y 东门', false],
    ['{text}泵', '泵', false],
    ['泵.{n}', '泵x3', false],
  ])('%s and the name %s: %s', (pattern, name, follows) => {
    expect(followsRule(pattern, name, thing)).toBe(follows);
  });

  test('a thing that stands nowhere may have any words for its place', () => {
    expect(followsRule('{place}烟感', '仓库烟感', { code: 'x' })).toBe(true);
  });

  test('unknown placeholders, stray braces, empty rules and more than two free texts are refused', () => {
    for (const pattern of ['{room}', '{n', 'n}', '  ', '{text}-{text}-{text}'])
      expect(() => checkPattern(pattern)).toThrow('naming-rule-invalid');
    expect(() => checkPattern('{place}-{n}')).not.toThrow();
  });

  test('without a rule a name says what the thing is', () => {
    expect(namesItsModel('东门门锁', { zh: '门锁', en: 'Lock' })).toBe(true);
    expect(namesItsModel('east LOCK 2', { zh: '门锁', en: 'Lock' })).toBe(true);
    expect(namesItsModel('X200', { zh: '门锁', en: 'Lock' })).toBe(false);
  });
});
