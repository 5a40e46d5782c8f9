import { expect, test } from 'vitest';
import type { Sample } from './queries.ts';
import { draftOf, emptyDraft, sampleFrom } from './sample-draft.ts';

test.each<Sample>([
  { way: 'up', name: '测量', hex: '4b21', fPort: 2, variables: { scale: 10 }, expected: { device: '7' } },
  { way: 'down', name: '设定', method: 'set', params: { to: 9 }, request: 1, device: '7', expected: { hex: '00' } },
])('a sample goes into the form and comes out the same', (sample) => {
  expect(sampleFrom(draftOf(sample))).toEqual(sample);
});

test('what is missing or no JSON is named', () => {
  const draft = { ...emptyDraft('one'), hex: '00', expected: '{}' };
  expect(sampleFrom({ ...draft, hex: ' ' })).toBe('hex');
  expect(sampleFrom({ ...draft, expected: '{' })).toBe('expected');
  expect(sampleFrom({ ...draft, given: '[1]' })).toBe('given');
  expect(sampleFrom({ ...draft, way: 'down' })).toBe('method');
});
