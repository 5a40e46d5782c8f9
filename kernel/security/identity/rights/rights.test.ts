import { clause } from '@keystead/kernel/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkGiving,
  combine,
  expand,
  isPrivileged,
  known,
  matches,
  PermissionUnknown,
  patternsFor,
  RightNotHeld,
} from './permission.ts';
import { checkReach, intersect, ReachTooWide, subtreesOf, widest } from './reach.ts';
import { defaultRole, templates } from './templates.ts';
import { findUnused, rightsUsed } from './unused.ts';

const all = new Set(known);
const role = (permissions: string[], denies: string[] = []) => ({ permissions, denies });

describe('combined rights', () => {
  test(clause('I-5.1-b', 'several roles give the union of their rights minus what any of them denies'), () => {
    const combined = combine([role(['alarm:*', 'case:read']), role(['case:write', 'thing:read'], ['alarm:rule'])], all);
    expect([...combined].sort()).toEqual([
      'alarm:acknowledge',
      'alarm:handle',
      'alarm:read',
      'case:read',
      'case:write',
      'thing:read',
    ]);
  });

  test(clause('H-9.4-b-1', 'nothing is allowed that no role names'), () => {
    expect(combine([], all).size).toBe(0);
    fc.assert(
      fc.property(fc.subarray([...known]), fc.subarray([...known]), (allowed, denied) => {
        const combined = combine([role(allowed), role([], denied)], all);
        return known.every((each) => combined.has(each) === (allowed.includes(each) && !denied.includes(each)));
      }),
    );
  });

  test('a star means all there is, and what no pattern gives is found by no pattern', () => {
    expect(combine([role(['*'])], all)).toEqual(all);
    for (const each of known) expect(patternsFor(each).every((pattern) => matches(pattern, each))).toBe(true);
    expect(matches('alarm:*', 'alarms:read')).toBe(false);
  });

  test('nobody gives what he does not hold, nor what does not exist', () => {
    const held = new Set(['case:read', 'case:write']);
    expect(() => checkGiving(['case:write'], held, all)).not.toThrow();
    expect(() => checkGiving(['case:*'], held, all)).toThrow(RightNotHeld);
    expect(() => checkGiving(['*'], held, all)).toThrow(RightNotHeld);
    expect(() => checkGiving(['case:fly'], held, all)).toThrow(PermissionUnknown);
  });
});

describe('templates', () => {
  test(clause('H-11.1-a-1', 'the role for someone unknown can change nothing'), () => {
    const found = templates.find(({ code }) => code === defaultRole);
    expect(found?.permissions.length).toBeGreaterThan(0);
    expect(found?.permissions.filter((each) => !each.endsWith(':read'))).toEqual([]);
  });

  test('name only rights that exist, in both languages', () => {
    for (const { names, permissions } of templates) {
      expect(names['zh-CN'] && names.en).toBeTruthy();
      for (const each of permissions) expect(expand([each], all).size).toBeGreaterThan(0);
    }
  });

  test('only the administrator and the auditor are privileged', () => {
    const privileged = templates.filter(({ permissions }) => isPrivileged(expand(permissions, all)));
    expect(privileged.map(({ code }) => code)).toEqual(['system-administrator', 'auditor']);
  });
});

describe('reach', () => {
  test('of several roles is all their places, without those inside others', () => {
    const at = (...paths: string[]) => ({ reach: 'places' as const, paths });
    expect(subtreesOf([at('1/2/', '3/'), at('1/'), { reach: 'own', paths: [] }])).toEqual(['1/', '3/']);
    expect(subtreesOf([at('1/'), { reach: 'organisation', paths: [] }])).toEqual(['']);
    expect(subtreesOf([{ reach: 'own', paths: [] }])).toEqual([]);
  });

  test('of a key is what both the key and its owner reach', () => {
    const segment = fc.constantFrom('1/', '2/', '1/1/', '1/2/', '2/1/', '1/1/1/', '');
    const inside = (paths: readonly string[], path: string) => paths.some((each) => path.startsWith(each));
    fc.assert(
      fc.property(fc.array(segment), fc.array(segment), segment, (a, b, path) => {
        expect(inside(intersect(a, b), path)).toBe(inside(a, path) && inside(b, path));
        expect(inside(widest(a), path)).toBe(inside(a, path));
      }),
    );
  });

  test('cannot be given wider than one has', () => {
    const giver = { organisation: '' as never, subtrees: ['1/'] };
    expect(() => checkReach('places', ['1/2/'], giver)).not.toThrow();
    expect(() => checkReach('places', ['2/'], giver)).toThrow(ReachTooWide);
    expect(() => checkReach('organisation', [], giver)).toThrow(ReachTooWide);
  });
});

describe('unused rights', () => {
  test('an action names the right it used', () => {
    expect(rightsUsed('alarm.acknowledge', all)).toEqual(['alarm:acknowledge']);
    expect(rightsUsed('alarm-rule.create', all)).toEqual(['alarm:rule']);
    expect(rightsUsed('user.create', all)).toEqual(['user:write']);
    expect(rightsUsed('session.open', all)).toEqual([]);
    expect(rightsUsed('case.accept', all)).toEqual(['case:write', 'case:assign', 'case:handle']);
  });

  test(clause('H-11.1-a-1', 'the report lists what roles give and nobody used, a key counting for its owner'), () => {
    const holding = (account: string, permissions: string[]) => ({
      ...{ account, userName: account, name: account, role: 'r', code: 'operator', permissions },
      names: { 'zh-CN': '值班员', en: 'Operator' },
    });
    const found = findUnused(
      [holding('a', ['alarm:*']), holding('b', ['thing:write']), holding('c', ['place:read'])],
      [
        { actor: 'a', action: 'alarm.acknowledge' },
        { actor: 'key-of-b', action: 'thing.create' },
      ],
      new Map([['key-of-b', 'b']]),
      all,
    );
    expect(found.map(({ user, permissions }) => [user.id, permissions])).toEqual([
      ['a', ['alarm:handle', 'alarm:rule']],
    ]);
  });
});
