import { expect, test } from 'vitest';
import { axesOf, originOf, standingOf, turned, withStar } from './matrix.ts';

const none = { permissions: [], denies: [] };

test('a permission goes from nothing over allowed and denied back to nothing', () => {
  const allowed = turned(none, 'alarm:read');
  expect(standingOf(allowed, 'alarm:read')).toBe('allowed');
  const denied = turned(allowed, 'alarm:read');
  expect(denied).toEqual({ permissions: [], denies: ['alarm:read'] });
  expect(turned(denied, 'alarm:read')).toEqual(none);
});

test.each([
  ['own', null, ['case:read'], []],
  ['shipped', ['case:read', 'alarm:read'], ['alarm:read', 'case:read'], []],
  ['edited', ['case:read', 'alarm:read'], ['case:read'], []],
  ['edited', ['case:read'], ['case:read'], ['case:write']],
] as const)('a role that is %s says so', (origin, shipped, permissions, denies) => {
  expect(originOf({ permissions, denies, shipped })).toBe(origin);
});

test('what a star gives can be taken away and given back', () => {
  const all = { permissions: ['*'], denies: [] };
  expect(standingOf(all, 'system:write')).toBe('by-star');
  const less = turned(all, 'system:write');
  expect(standingOf(less, 'system:write')).toBe('denied');
  expect(turned(less, 'system:write')).toEqual(all);
});

test('a star covers its own noun only and takes the place of what it covers', () => {
  const rights = { permissions: ['alarm:read', 'alarm:handle', 'alarm-x:read'], denies: [] };
  const starred = withStar(rights, 'alarm:*', true);
  expect(starred.permissions).toEqual(['alarm-x:read', 'alarm:*']);
  expect(standingOf(starred, 'alarm:rule')).toBe('by-star');
  expect(standingOf(starred, 'alarm-x:write')).toBe('none');
  expect(withStar(starred, 'alarm:*', false).permissions).toEqual(['alarm-x:read']);
});

test('a denial by a star holds for all it covers', () => {
  expect(standingOf({ permissions: ['user:write'], denies: ['user:*'] }, 'user:write')).toBe('denied');
});

test('verbs most nouns know come first', () => {
  const { nouns, verbs } = axesOf(['alarm:read', 'case:read', 'case:write', 'thing:credential', 'thing:write']);
  expect(verbs).toEqual(['read', 'write', 'credential']);
  expect([...(nouns.get('case') ?? [])]).toEqual(['read', 'write']);
});
