import { expect, test } from 'vitest';
import { filled, type NoticeText, textsInUse } from './text-lines.ts';

const text = (channel: string, version: number, language: 'zh-CN' | 'en' = 'zh-CN'): NoticeText => ({
  trigger: 'alarm.raised',
  channel,
  language,
  title: `${channel}${version}`,
  body: '',
  version,
});

test('a text of one’s own stands in the place of the platform’s; those for one channel stand beside it', () => {
  const texts = [text('*', 0), text('*', 2), text('sms', 1), text('*', 0, 'en')];
  expect(textsInUse(texts, 'zh-CN').map((each) => each.title)).toEqual(['*2', 'sms1']);
  expect(textsInUse(texts, 'en').map((each) => each.title)).toEqual(['*0']);
});

test('placeholders without a sample are left to be seen', () => {
  expect(filled('{subject}：{title} {nonsense}', { subject: '烟感', title: '火警' })).toBe('烟感：火警 {nonsense}');
});
