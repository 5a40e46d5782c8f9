import { expect, test } from 'vitest';
import { judge } from './sample.ts';

const sample = (expected: Record<string, unknown>) => ({ name: 'one', expected });
const made = { readings: [{ device: '7', values: { temperature: 21.5 } }], warnings: ['low battery'] };

test('what is expected must be there and equal; what is not spoken of may be anything', () => {
  expect(judge(sample({ readings: made.readings }), { made })).toMatchObject({ passed: true, differences: [] });
  const wrong = judge(sample({ readings: [{ device: '7', values: { temperature: 21, humidity: 3 } }] }), { made });
  expect(wrong.passed).toBe(false);
  expect(wrong.differences).toEqual(['/readings/0/values/temperature', '/readings/0/values/humidity']);
});

test('more than was expected inside a reading is a difference too', () => {
  const { differences } = judge(sample({ readings: [{ device: '7', values: {} }] }), { made });
  expect(differences).toEqual(['/readings/0/values/temperature']);
  expect(judge(sample({ readings: [] }), { made }).differences).toEqual(['/readings']);
});

test('a refusal passes only where it was expected', () => {
  const refused = { refused: 'codec-failed', detail: 'unknown kind 9' };
  expect(judge(sample({ refused: 'codec-failed' }), refused).passed).toBe(true);
  expect(judge(sample({ refused: 'codec-cut' }), refused).passed).toBe(false);
  expect(judge(sample({ refused: 'codec-failed' }), { made }).passed).toBe(false);
});

test('a sample that expects nothing proves nothing', () => {
  expect(judge(sample({}), { made }).passed).toBe(false);
});
