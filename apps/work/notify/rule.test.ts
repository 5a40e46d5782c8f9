import { describe, expect, test } from 'vitest';
import { closing, type Delivery, digest, mayClose, retryAt } from './delivery.ts';
import type { Notice } from './notice.ts';
import { digestKey, quietUntil, type RuleDefinition, ruleFits, sendAfter } from './rule.ts';
import { checkText, compose, fill, type TemplateInvalid } from './template.ts';

const at = (text: string) => new Date(`${text}:00+08:00`);
const definition: RuleDefinition = {
  triggers: ['alarm.raised'],
  severity: { from: 1, to: 2 },
  place: '1/2/',
  audience: { users: [], roles: [], permission: 'alarm:handle', assignee: false },
  channels: ['mail'],
  webhooks: [],
};
const notice: Notice = {
  event: 'e',
  organisation: 'o',
  place: '1/2/3/',
  at: at('2026-06-01T10:00'),
  trigger: 'alarm.raised',
  text: 'alarm.raised',
  severity: 2,
  about: { kind: 'alarm', id: 'a' },
  values: { 'zh-CN': { subject: '水表' }, en: { subject: 'meter' } },
};

test('a rule fits by trigger, severity and place, while it is on', () => {
  const rule = { enabled: true, definition };
  expect(ruleFits(rule, notice)).toBe(true);
  expect(ruleFits({ ...rule, enabled: false }, notice)).toBe(false);
  expect(ruleFits(rule, { ...notice, severity: 3 })).toBe(false);
  expect(ruleFits(rule, { ...notice, place: '1/3/' })).toBe(false);
  expect(ruleFits(rule, { ...notice, trigger: 'job.troubled' })).toBe(false);
  expect(ruleFits(rule, { ...notice, trigger: undefined })).toBe(false);
});

describe('when a message goes', () => {
  const night = { from: '22:00', to: '07:00' };

  test('quiet hours over midnight end in the morning', () => {
    expect(quietUntil(night, at('2026-06-01T23:30'))).toEqual(at('2026-06-02T07:00'));
    expect(quietUntil(night, at('2026-06-02T06:59'))).toEqual(at('2026-06-02T07:00'));
    expect(quietUntil(night, at('2026-06-02T07:00'))).toBeUndefined();
    expect(quietUntil({ from: '12:00', to: '14:00' }, at('2026-06-02T12:30'))).toEqual(at('2026-06-02T14:00'));
  });

  test('mail waits for the morning, the inbox and the gravest severity do not', () => {
    const now = at('2026-06-01T23:30');
    expect(sendAfter({ quiet: night }, 'mail', 2, undefined, now)).toEqual(at('2026-06-02T07:00'));
    expect(sendAfter({ quiet: night }, 'in-app', 2, undefined, now)).toEqual(now);
    expect(sendAfter({ quiet: night }, 'mail', 1, undefined, now)).toEqual(now);
  });

  test('a throttle keeps its distance from the last message and joins one that waits', () => {
    const now = at('2026-06-01T10:00');
    const throttle = { seconds: 300, per: 'subject' as const };
    expect(sendAfter({ throttle }, 'mail', 2, undefined, now)).toEqual(now);
    expect(sendAfter({ throttle }, 'mail', 2, at('2026-06-01T09:58'), now)).toEqual(at('2026-06-01T10:03'));
    expect(sendAfter({ throttle }, 'mail', 2, at('2026-06-01T09:50'), now)).toEqual(now);
    expect(sendAfter({ throttle }, 'mail', 2, at('2026-06-01T10:02'), now)).toEqual(at('2026-06-01T10:02'));
    expect(sendAfter({ throttle }, 'mail', 1, at('2026-06-01T09:58'), now)).toEqual(now);
  });

  test('a digest gathers one subject, or the whole rule, for one target', () => {
    const other = { ...notice, about: { kind: 'alarm', id: 'b' } };
    const key = (per: 'subject' | 'rule', of: Notice, target = 'mail:u') =>
      digestKey('r', { throttle: { seconds: 60, per } }, of, target);
    expect(key('subject', notice)).not.toBe(key('subject', other));
    expect(key('rule', notice)).toBe(key('rule', other));
    expect(key('rule', notice)).not.toBe(key('rule', notice, 'mail:v'));
    expect(digestKey('r', {}, notice, 'mail:u')).toBeUndefined();
  });

  test('tries grow apart and end', () => {
    const now = at('2026-06-01T10:00');
    const pauses = [1, 2, 3, 4, 5, 6].map((attempts) => retryAt(attempts, now)?.getTime());
    expect(pauses.map((time) => time && (time - now.getTime()) / 1000)).toEqual([10, 60, 300, 1800, 7200, undefined]);
  });
});

describe('the end of a trouble', () => {
  const row = (id: string, more: Partial<Delivery>) => ({
    id,
    state: 'sent' as Delivery['state'],
    held: false,
    attempts: 1,
    channel: 'mail' as const,
    channelId: null,
    receiver: 'u',
    ...more,
  });

  test('is told once to each target that was told, or may have been', () => {
    const { tell, drop } = closing([
      row('1', {}),
      row('2', {}),
      row('3', { receiver: 'v', state: 'queued', attempts: 0 }),
      row('4', { receiver: 'w', state: 'failed' }),
      row('5', { receiver: 'x', state: 'suppressed' }),
      row('6', { channel: 'webhook' as never, channelId: 'h', receiver: '' }),
    ]);
    expect(tell.map((each) => each.id)).toEqual(['1', '3', '6']);
    expect(drop).toEqual([]);
  });

  test('leaves in peace whoever was still to be told in the morning', () => {
    const waiting = row('1', { state: 'queued', held: true, attempts: 0 });
    expect(closing([waiting])).toEqual({ tell: [], drop: [waiting] });
  });

  test('waits until the beginning has arrived, and is dropped when it never did', () => {
    expect(mayClose([{ state: 'sent' }, { state: 'failed' }])).toBe('go');
    expect(mayClose([{ state: 'queued' }, { state: 'sent' }])).toBe('wait');
    expect(mayClose([{ state: 'failed' }, { state: 'suppressed' }])).toBe('never');
  });
});

describe('texts', () => {
  const t = (key: string) => key;

  test('fill in the known names and nothing else', () => {
    expect(fill('{subject} {constructor} {title}', { subject: '水表' })).toBe('水表 {constructor} ');
    expect(compose({ title: '{subject}{severity}', body: '{person} {time}' }, notice, '王一', 'zh-CN', t)).toEqual({
      title: '水表notify.severity.2',
      body: expect.stringMatching(/^王一 2026.*10:00:00$/),
    });
  });

  test('a value cannot break a subject line or grow without end', () => {
    const evil = {
      ...notice,
      values: { ...notice.values, 'zh-CN': { subject: `a\r\nBcc: x@y\u0000${'z'.repeat(900)}` } },
    };
    const { title } = compose({ title: '{subject}', body: '' }, evil, '', 'zh-CN', t);
    expect(title).toMatch(/^a Bcc: x@y z+$/);
    expect(title.length).toBe(200);
  });

  test('an unknown placeholder is refused, naming it', () => {
    expect(() => checkText({ title: '{subject}', body: '{time}' })).not.toThrow();
    try {
      checkText({ title: '{process.env}', body: '' });
      expect.unreachable();
    } catch (cause) {
      expect((cause as TemplateInvalid).errors).toEqual([
        { pointer: '/title', code: 'unknown-placeholder', detail: '{process.env}' },
      ]);
    }
  });

  test('several messages become one with a line each', () => {
    const say = (key: string, values?: Record<string, unknown>) => `${key}${JSON.stringify(values)}`;
    const rows = Array.from({ length: 53 }, (_each, index) => ({ title: `t${index}`, body: 'b' }));
    const { title, body } = digest(rows, say);
    expect(title).toContain('"count":53');
    expect(body.split('\n')).toHaveLength(51);
    expect(digest(rows.slice(0, 1), say)).toEqual({ title: 't0', body: 'b' });
  });
});
