import { clause } from '@keystead/kernel/testing';
import type { LinkFigures } from '@keystead/terminals/port';
import { expect, test } from 'vitest';
import { LineKeeper } from './line-keeper.ts';

const policy = { probe: 0, proven: 60_000, longest: 240_000 };
const line = (more: Partial<LinkFigures> = {}) =>
  new Map([
    [
      'bus',
      new Map([
        ['', { state: 'up' as const, since: 0, sent: 0, received: 0, lost: 0, damaged: 0, breaks: 0, ...more }],
      ]),
    ],
  ]);
const keeperOf = (alternatives: number) => {
  const keeper = new LineKeeper(policy);
  keeper.apply(new Map([['bus', alternatives]]));
  return keeper;
};

test(
  clause(
    'I-5.3.2-2',
    'a line that is down runs with its other settings within ten seconds, with its own after a quiet time',
  ),
  () => {
    const keeper = keeperOf(1);
    const changes: [number, string][] = [];
    for (let now = 0; now <= 200_000; now += 2_000) {
      // Its own settings are dead from 10 s to 60 s.
      const state = now >= 10_000 && now < 60_000 && !changes.length ? ('down' as const) : ('up' as const);
      for (const { to, reason } of keeper.look(line({ state }), now)) changes.push([now, `${reason} ${to}`]);
    }
    expect(changes).toEqual([
      [16_000, 'down 1'],
      [78_000, 'proven 0'],
    ]);
    expect((changes[0]?.[0] ?? 0) - 10_000).toBeLessThanOrEqual(10_000);
  },
);

test(
  clause('I-5.3.2-2', 'high loss changes the settings; a few lost exchanges, and a line opened anew, do not'),
  () => {
    const keeper = keeperOf(2);
    expect(keeper.look(line({ sent: 100, lost: 10 }), 0)).toEqual([]);
    expect(keeper.look(line({ sent: 130, lost: 14 }), 2_000)).toEqual([]);
    expect(keeper.look(line({ sent: 5, lost: 5 }), 4_000)).toEqual([]);
    expect(keeper.look(line({ sent: 9, lost: 9 }), 6_000)).toEqual([]);
    expect(keeper.look(line({ sent: 25, lost: 15 }), 8_000)).toEqual([
      { channel: 'bus', from: 0, to: 1, reason: 'lossy' },
    ]);
    expect(keeper.look(line({ sent: 60, lost: 50 }), 10_000)).toEqual([]);
    expect(keeper.look(line({ sent: 90, lost: 75 }), 12_000)).toEqual([
      { channel: 'bus', from: 1, to: 2, reason: 'lossy' },
    ]);
  },
);

test('a line without alternatives is left as it is, and a new configuration keeps what is known of the others', () => {
  const keeper = keeperOf(1);
  keeper.look(line({ state: 'down' }), 0);
  expect(keeper.look(line({ state: 'down' }), 6_000)).toHaveLength(1);
  keeper.apply(
    new Map([
      ['bus', 1],
      ['other', 0],
    ]),
  );
  expect(keeper.look(line(), 70_000)).toEqual([]);
  expect(keeper.look(line(), 140_000)).toMatchObject([{ reason: 'proven' }]);
  keeper.apply(new Map([['bus', 0]]));
  keeper.look(line({ state: 'down' }), 150_000);
  expect(keeper.look(line({ state: 'down' }), 190_000)).toEqual([]);
});
