import { expect, test } from 'vitest';
import type { OpeningRule } from '../queries.ts';
import { bodyOf, fieldAt, fieldsOf } from './rule-form.ts';

const rule: OpeningRule = {
  id: 'r',
  version: 3,
  position: 20,
  name: '离线超过 1 小时',
  source: 'alarm',
  conditions: { severityUpTo: 2, rules: ['platform:security:*'] },
  kind: 'security',
  delay: 3600,
  enabled: true,
};

test('a rule that nobody changed is sent as it came', () => {
  const { id: _id, version: _version, ...body } = rule;
  expect(bodyOf(fieldsOf(rule, 0))).toEqual(body);
});

test('empty lists are left out, and an offline rule asks nothing about alarms', () => {
  expect(bodyOf({ ...fieldsOf(rule, 0), rules: [], severityUpTo: null }).conditions).toEqual({});
  expect(bodyOf({ ...fieldsOf(rule, 0), source: 'offline', families: ['lock'] }).conditions).toEqual({
    families: ['lock'],
  });
});

test('a new rule comes last; what is refused is shown at its field', () => {
  expect(fieldsOf(undefined, 60).position).toBe(70);
  expect(fieldAt(['conditions', 'families', 0])).toEqual(['families']);
  expect(fieldAt(['kind'])).toEqual(['kind']);
});
