import { expect, test } from 'vitest';
import type { Review, ReviewFile } from './queries.ts';
import { trailOf } from './trail.ts';

type Line = ReviewFile['history'][number];
const named = (key: string): string => key.replace(/^eligibility\.(states|steps)\./, '');
const ways: readonly [Line['step'], string, string][] = [
  ['open', '', 'draft'],
  ['submit', 'draft', 'submitted'],
  ['accept', 'submitted', 'checking'],
  ['forward', 'checking', 'first-review'],
  ['pass', 'first-review', 'second-review'],
];
const line = ([step, from, to]: (typeof ways)[number], reason: string | null = null): Line => ({
  ...{ at: '2026-06-01T01:00:00.000Z', step, from, to, actor: 'u', actorName: '王敏', reason },
});
const shown = (state: Review['state'], history: Line[], kind: Review['kind'] = 'initial'): string[] =>
  trailOf({ review: { kind, state } as Review, history }, named).map(({ title, state }) => `${title} ${state}`);

test('an application that ended shows the stages it passed and the end with its reason, and nothing it never reached', () => {
  const upTo = (count: number) => ways.slice(0, count).map((each) => line(each));
  const lapsed = [
    ...upTo(2),
    line(['ask-supplement', 'submitted', 'supplement'], '缺收入证明'),
    line(['lapse', 'supplement', 'withdrawn']),
  ];
  expect(shown('withdrawn', lapsed)).toEqual(['draft done', 'withdrawn failed']);
  // Sent back once, it had been taken in all the same.
  const sentBack = [
    ...upTo(3),
    line(['ask-supplement', 'checking', 'supplement'], '缺页'),
    line(['bar', 'supplement', 'withdrawn']),
  ];
  expect(shown('withdrawn', sentBack)).toEqual(['draft done', 'submitted done', 'withdrawn failed']);
  const barred = [...upTo(4), line(['bar', 'first-review', 'withdrawn'], '处理决定 CF00000001')];
  expect(shown('withdrawn', barred)).toEqual(['draft done', 'submitted done', 'checking done', 'withdrawn failed']);
  const end = trailOf({ review: { kind: 'initial', state: 'withdrawn' } as Review, history: barred }, named).at(-1);
  expect(end).toMatchObject({ note: 'bar · 处理决定 CF00000001', who: '王敏' });
});

test('a refusal stands where it was made, and an appeal after it', () => {
  const refused = [...ways.slice(0, 3).map((each) => line(each)), line(['refuse', 'checking', 'refused'], '超收入')];
  expect(shown('refused', refused)).toEqual(['draft done', 'submitted done', 'refused failed']);
  const appealed = [...refused, line(['appeal', 'refused', 'appeal'], '算错了')];
  expect(shown('appeal', appealed)).toEqual([
    ...['draft done', 'submitted done', 'refused failed', 'appeal now', 'approved next'],
  ]);
  const again = [...appealed, line(['refuse-appeal', 'appeal', 'refused'], '维持')];
  expect(shown('refused', again)).toEqual(['draft done', 'submitted done', 'refused failed']);
  const granted = [...appealed, line(['grant-appeal', 'appeal', 'approved'], '属实')];
  expect(shown('approved', granted)).toEqual(['draft done', 'submitted done', 'checking done', 'approved done']);
});

test('what is under way shows what is to come, and no stage its kind did not begin with', () => {
  const annual = [line(['open', '', 'submitted']), line(['accept', 'submitted', 'checking'])];
  expect(shown('checking', annual, 'annual')).toEqual([
    ...[
      'submitted done',
      'checking now',
      'first-review next',
      'second-review next',
      'final-review next',
      'approved next',
    ],
  ]);
  const wanting = [
    ...ways.slice(0, 3).map((each) => line(each)),
    line(['ask-supplement', 'checking', 'supplement'], '缺页'),
  ];
  expect(shown('supplement', wanting).slice(0, 3)).toEqual(['draft done', 'supplement now', 'checking next']);
});
