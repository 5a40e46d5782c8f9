import { expect, test } from 'vitest';
import type { Linkage } from './queries.ts';
import { bodyOf, draftOf, freshDraft, inputOf } from './rule-draft.ts';

const id = '0190a000-0000-7000-8000-000000000001';
const rule: Linkage = {
  id,
  name: '夜间有人经过时开灯',
  place: '1/2/',
  enabled: false,
  trigger: { kind: 'event', family: 'human-presence', event: 'entered', thing: id },
  action: { kind: 'command', thing: id, service: 'set', input: { value: 40 }, carry: { floor: 'floor' } },
  hours: {
    zone: 'Asia/Urumqi',
    weekly: [
      { weekdays: [1, 2], from: '19:00', to: '06:00' },
      { weekdays: [6], from: '20:00', to: '23:00' },
    ],
  },
  perMinute: 12,
  suppressed: 0,
  version: 3,
  changedAt: '2026-06-01T00:00:00Z',
  changedBy: 'x',
};

test('a rule that is opened and saved is the same rule, also in what the form does not show', () => {
  const { name, place, enabled, trigger, action, hours, perMinute } = rule;
  expect(bodyOf(draftOf(rule), 'Asia/Shanghai', rule)).toEqual({
    ...{ name, place, enabled, trigger, action, hours, perMinute },
  });
});

test('a new rule is on, everywhere, at any hour unless told', () => {
  const draft = { ...freshDraft, name: '关阀', scene: id };
  expect(bodyOf(draft, 'Asia/Shanghai')).toEqual({
    ...{ name: '关阀', place: '', enabled: true, perMinute: 30 },
    trigger: { kind: 'alarm', change: 'raised' },
    action: { kind: 'scene', scene: id },
  });
  expect(bodyOf({ ...draft, from: '19:00', to: '06:00' }, 'Asia/Shanghai')?.hours).toEqual({
    zone: 'Asia/Shanghai',
    weekly: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '19:00', to: '06:00' }],
  });
});

test('fields of an event are carried into the input; an alarm has none to give', () => {
  const draft = { ...draftOf(rule), carry: [{ from: 'floors', to: 'floor' }] };
  expect(bodyOf(draft, 'Asia/Shanghai')?.action).toMatchObject({ service: 'set', carry: { floor: 'floors' } });
  expect(bodyOf({ ...draft, carry: [] }, 'Asia/Shanghai', rule)?.action).not.toHaveProperty('carry');
  expect(bodyOf({ ...draft, when: 'alarm' }, 'Asia/Shanghai')?.action).not.toHaveProperty('carry');
});

test('input is an object or nothing', () => {
  expect([inputOf(''), inputOf('{"value":1}'), inputOf('[1]'), inputOf('{')]).toEqual([
    {},
    { input: { value: 1 } },
    undefined,
    undefined,
  ]);
});
