import { expect, test } from 'vitest';
import { bodyOf, fieldAt, fieldsOf } from './rule-form.ts';

const rule = {
  id: 'r',
  name: '一级告警',
  enabled: true,
  version: 3,
  definition: {
    triggers: ['alarm.raised' as const],
    severity: { from: 1 as const, to: 2 as const },
    place: '1/2/',
    audience: { users: ['u'], roles: [], assignee: true },
    channels: ['mail' as const],
    webhooks: [],
    quiet: { from: '22:00', to: '07:00', zone: 'Asia/Shanghai' },
  },
};

test('a rule that is opened and saved untouched stays what it was', () => {
  const { id: _, version: __, ...body } = rule;
  expect(bodyOf(fieldsOf(rule), rule)).toEqual(body);
});

test('what is switched off is not sent, and everywhere is the empty path', () => {
  const fields = fieldsOf(rule);
  const { definition } = bodyOf(
    { ...fields, quietOn: false, definition: { ...fields.definition, place: undefined } },
    rule,
  );
  expect(definition).not.toHaveProperty('quiet');
  expect(definition).not.toHaveProperty('throttle');
  expect(definition.place).toBe('');
});

test('a refused part of the definition is shown where it stands in the form', () => {
  expect(fieldAt(['definition', 'webhooks', 0])).toEqual(['definition', 'webhooks']);
  expect(fieldAt(['definition', 'audience'])).toEqual(['definition', 'audience', 'users']);
  expect(fieldAt(['definition', 'quiet', 'from'])).toEqual(['quiet', 'from']);
  expect(fieldAt(['name'])).toEqual(['name']);
});
