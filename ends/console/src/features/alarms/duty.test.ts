import { expect, test } from 'vitest';
import type { Alarm } from './alarm.ts';
import { rowOf } from './desk.ts';
import { isForDuty, unseen } from './duty.ts';

const alarm = (id: string, more: Partial<Alarm> = {}): Alarm => ({
  ...rowOf(
    {
      id,
      change: 'raised',
      severity: 1,
      condition: 'active',
      handling: 'new',
      rule: 'r',
      title: { zh: '烟雾', en: 'Smoke' },
      transferLevel: 3,
      suppressed: false,
      subject: { kind: 'thing', id, code: id, name: id },
    },
    1_780_000_000_000,
  ),
  ...more,
});

test('what may cost a life is for the duty room; slight, silenced and gathered alarms are not', () => {
  const group = { id: 'g', lead: 'l', kind: 'symptom', active: 1, worst: 1 } as const;
  const shown = [
    alarm('fire'),
    alarm('door', { severity: 3 }),
    alarm('disk', { severity: 2, transferLevel: 1 }),
    alarm('battery', { severity: 3, transferLevel: 2 }),
    alarm('quiet', { suppressed: true }),
    alarm('member', { group: { ...group, role: 'member' } }),
    alarm('over', { condition: 'cleared', handling: 'handling' }),
    alarm('missed', { condition: 'cleared' }),
  ].filter(isForDuty);
  expect(shown.map(({ id }) => id)).toEqual(['fire', 'door', 'disk', 'missed']);
});

test('what nobody has seen stands in front, the most severe first; who saw it clears it away', () => {
  const all = [alarm('b', { severity: 2 }), alarm('a'), alarm('seen', { handling: 'acknowledged' })];
  expect(unseen(all).map(({ id }) => id)).toEqual(['a', 'b']);
});
