import { expect, test } from 'vitest';
import { candidatesOf } from './candidates.ts';

test('candidates of all lines, each with where it answers', () => {
  const at = { device: '1C' };
  const about = { components: ['sensor', 'switch'], manufacturer: 'Sonoff' };
  const attributes = [
    { side: 'client', key: 'agent', value: {} },
    { side: 'client', key: 'candidates.home', value: [{ title: 'Plug', at, about }, 7] },
    { side: 'shared', key: 'candidates.no', value: [{ title: 'Not told by the agent', at }] },
  ];
  expect(candidatesOf(attributes)).toEqual([
    {
      channel: 'home',
      title: 'Plug',
      about: [
        { key: 'manufacturer', value: 'Sonoff' },
        { key: 'components', value: 'sensor, switch' },
      ],
      at,
    },
  ]);
  expect(candidatesOf([{ side: 'client', key: 'candidates.x', value: 'nonsense' }])).toEqual([]);
});
