import { movableClock } from '@keystead/kernel/base';
import { expect, test } from 'vitest';
import { countLinks, isRefusal, readJsonObject, uplinksOf } from './index.ts';

const names: Record<string, string> = { '7': 'kiln 7' };
const nameOf = (address: string | undefined) => (address === undefined ? 'sender' : names[address]);

test('what a codec decoded is told by configured names, with the carrier’s time where it has none', () => {
  const decoded = {
    device: '7',
    readings: [{ values: { a: 1 } }, { device: '8', values: { a: 2 } }, { time: 5, values: { a: 3 } }],
    occurrences: [{ event: 'door' }],
    attributes: { firmware: '1.2' },
    warnings: [],
  };
  expect(uplinksOf(decoded, nameOf, 9)).toMatchObject([
    {
      kind: 'readings',
      readings: [
        { device: 'kiln 7', time: 9, values: { a: 1 } },
        { device: 'kiln 7', time: 5, values: { a: 3 } },
      ],
      refused: [{ detail: '8' }],
    },
    { kind: 'occurrences', occurrences: [{ device: 'kiln 7', time: 9, event: 'door' }] },
    { kind: 'attributes', sets: [{ device: 'kiln 7', values: { firmware: '1.2' } }] },
  ]);
  expect(uplinksOf({ readings: [], occurrences: [], warnings: [] }, nameOf)).toEqual([]);
});

test('links are counted by device and as a whole; three silences in a row are a link that is down', () => {
  const clock = movableClock('2026-01-01T00:00:00Z');
  const links = countLinks(clock, ['a']);
  links.sent('a');
  clock.pass(1);
  links.received('a', 12);
  expect(links.all().get('a')).toMatchObject({
    state: 'up',
    since: clock.now().getTime(),
    sent: 1,
    received: 1,
    latency: 12,
  });
  expect(links.all().get('')).toMatchObject({ state: 'up', sent: 1, received: 1 });
  for (const _ of [1, 2]) links.lost('a');
  expect(links.all().get('a')).toMatchObject({ state: 'up', lost: 2 });
  links.lost('a');
  expect(links.all().get('a')).toMatchObject({ state: 'down', lost: 3 });
  links.received('a');
  links.broke('');
  expect(links.all().get('')).toMatchObject({ state: 'down', breaks: 1, lost: 3 });
  links.sent('nobody');
  expect(links.all().size).toBe(2);
});

test('one JSON object is read, anything else refused', () => {
  const read = (text: string | Uint8Array) => {
    const value = readJsonObject(typeof text === 'string' ? Buffer.from(text) : text, 64);
    return isRefusal(value) ? value.problem.type : value;
  };
  expect(read('{"a":1,"problem":"x"}')).toEqual({ a: 1, problem: 'x' });
  expect(['[]', '5', '', '{'].map(read)).toEqual(Array(4).fill('payload-malformed'));
  expect(read(Uint8Array.from([0x7b, 0xff, 0x7d]))).toBe('payload-not-utf8');
  expect(read(' '.repeat(65))).toBe('payload-too-large');
});
