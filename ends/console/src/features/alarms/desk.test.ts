import { expect, test } from 'vitest';
import { type AlarmNews, belongs, type DeskData, keepRows, rowOf, unfolded, withNew } from './desk.ts';

const news = (id: string, more: Partial<AlarmNews> = {}): AlarmNews => ({
  id,
  change: 'raised',
  severity: 2,
  condition: 'active',
  handling: 'new',
  rule: 'r',
  title: { zh: '温度过高', en: 'Too hot' },
  transferLevel: 3,
  suppressed: false,
  subject: { kind: 'thing', id: `t-${id}`, code: id, name: id },
  eventTime: 1_780_000_000_000_000,
  ...more,
});

const data = (...ids: string[]): DeskData => ({
  pages: [{ items: ids.map((id) => rowOf(news(id))), next: null }],
  pageParams: [''],
});

const ids = (desk: DeskData | undefined) => desk?.pages.flatMap((page) => page.items.map((item) => item.id));

test('a new alarm is on top at once, and only once', () => {
  const before = data('a', 'b');
  const after = withNew(before, news('c'));
  expect(ids(after)).toEqual(['c', 'a', 'b']);
  expect(withNew(after, news('c'))).toBe(after);
  expect(after?.pages[0]?.items[1]).toBe(before.pages[0]?.items[0]);
  expect(withNew(undefined, news('c'))).toBeUndefined();
});

test('its time is that of the event, and nothing can be done to it before its row has come', () => {
  const row = rowOf(news('a'));
  expect(row.raisedAt).toBe('2026-05-28T20:26:40.000Z');
  expect(row.steps).toEqual([]);
});

test('only what surely belongs to the filter is shown before it is fetched', () => {
  expect(belongs({ gathered: true, state: 'open' }, news('a'))).toBe(true);
  expect(belongs({ gathered: true, state: 'open', severity: 2 }, news('a'))).toBe(true);
  expect(belongs({ gathered: true, state: 'open', severity: 1 }, news('a'))).toBe(false);
  expect(belongs({ gathered: true, state: 'open', subject: 't-a' }, news('a'))).toBe(true);
  expect(belongs({ gathered: true, state: 'open', subject: 't-b' }, news('a'))).toBe(false);
  expect(belongs({ gathered: true, state: 'open', text: 'hot' }, news('a'))).toBe(false);
  expect(belongs({ gathered: true, state: 'open' }, news('a', { change: 'cleared' }))).toBe(false);
});

test('rows that say the same stay the same objects although they moved; one that changed does not', () => {
  const before = data('a', 'b', 'c');
  const fetched = structuredClone(data('n', 'a', 'b', 'c'));
  const changed = fetched.pages[0]?.items[2];
  if (changed) changed.handling = 'acknowledged';
  const after = keepRows(before, fetched);
  const [was] = before.pages;
  const [is] = after.pages;
  expect(ids(after)).toEqual(['n', 'a', 'b', 'c']);
  expect(is?.items[1]).toBe(was?.items[0]);
  expect(is?.items[2]).not.toBe(was?.items[1]);
  expect(is?.items[2]?.handling).toBe('acknowledged');
  expect(is?.items[3]).toBe(was?.items[2]);
});

test('an alarm told while an answer was on its way is not lost from sight by that answer', () => {
  const at = 1_780_000_000_000;
  const before = withNew(data('a'), news('b'), at);
  expect(ids(keepRows(before, structuredClone(data('a')), at + 500))).toEqual(['b', 'a']);
  expect(ids(keepRows(before, structuredClone(data('a')), at + 5000))).toEqual(['a']);
});

test('an alarm under another is shown at once only where alarms are not gathered', () => {
  const member = news('m', { group: { id: 'i', lead: 'a', member: true } });
  expect(belongs({ gathered: true, state: 'open' }, member)).toBe(false);
  expect(belongs({ gathered: false, state: 'open' }, member)).toBe(true);
  expect(belongs({ gathered: true, state: 'open' }, { ...member, group: { id: 'i', lead: 'a', member: false } })).toBe(
    true,
  );
});

test('an opened lead has its members below it, each alarm once', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((id) => rowOf(news(id)));
  if (!a || !b || !c) throw new Error('rows');
  expect(unfolded([a, b], new Map()).map((row) => row.id)).toEqual(['a', 'b']);
  expect(unfolded([a, b], new Map([['a', [c, b]]])).map((row) => row.id)).toEqual(['a', 'c', 'b']);
});
