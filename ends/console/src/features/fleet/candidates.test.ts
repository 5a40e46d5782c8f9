import { expect, test } from 'vitest';
import { candidatesOf } from './candidates.ts';

test('candidates of all lines, each with where it answers', () => {
  const at = { device: '1C' };
  const about = { manufacturer: 'Sonoff', components: ['sensor', 'switch'] };
  const attributes = [
    { side: 'client', key: 'agent', value: {} },
    { side: 'client', key: 'candidates.home', value: [{ title: 'Plug', at, about }, 7] },
    { side: 'shared', key: 'candidates.no', value: [{ title: 'Not told by the agent', at }] },
  ];
  expect(candidatesOf(attributes)).toEqual([{ channel: 'home', title: 'Plug', about: 'Sonoff · sensor, switch', at }]);
  expect(candidatesOf([{ side: 'client', key: 'candidates.x', value: 'nonsense' }])).toEqual([]);
});
