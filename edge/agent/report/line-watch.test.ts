import { clause } from '@keystead/kernel/testing';
import type { LinkFigures } from '@keystead/terminals/port';
import { expect, test } from 'vitest';
import { LineWatch } from './line-watch.ts';

const figures = (more: Partial<LinkFigures> = {}): LinkFigures => ({
  state: 'up',
  since: 0,
  sent: 0,
  received: 0,
  lost: 0,
  damaged: 0,
  breaks: 0,
  ...more,
});
const links = (more: Partial<LinkFigures>) => new Map([['bus', new Map([['meter', figures(more)]])]]);

test(clause('I-5.3.2-1', 'loss, damage and a break are each told by the look that follows them'), () => {
  const watch = new LineWatch();
  expect(watch.look(links({ sent: 10, received: 10 }), 0).findings).toEqual([]);
  expect(watch.look(links({ sent: 20, received: 15, lost: 5 }), 2_000).findings).toEqual([
    { event: 'link-lossy', data: { channel: 'bus', device: 'meter', count: 5, asked: 10 } },
  ]);
  expect(watch.look(links({ sent: 30, lost: 5, damaged: 3 }), 4_000).findings).toEqual([
    { event: 'frames-damaged', data: { channel: 'bus', device: 'meter', count: 3 } },
  ]);
  expect(watch.look(links({ sent: 31, lost: 5, damaged: 3, breaks: 1, state: 'down' }), 6_000).findings).toEqual([
    { event: 'link-broken', data: { channel: 'bus', device: 'meter', count: 1 } },
  ]);
  expect(watch.look(links({ sent: 40, lost: 5, damaged: 3, breaks: 1 }), 8_000).findings).toEqual([
    { event: 'link-restored', data: { channel: 'bus', device: 'meter' } },
  ]);
});

test('a break mended between two looks is told all the same; the same loss is not told each two seconds', () => {
  const watch = new LineWatch();
  watch.look(links({ sent: 10 }), 0);
  expect(watch.look(links({ sent: 20, breaks: 1 }), 2_000).findings.map(({ event }) => event)).toEqual(['link-broken']);
  for (let i = 1; i < 20; i++) {
    const { findings } = watch.look(links({ sent: 20 + i * 10, lost: i * 5, breaks: 1 }), 2_000 + i * 2_000);
    expect(findings).toHaveLength(i === 1 ? 1 : 0);
  }
});

test('sums what all lines did, and keeps the sums when a channel starts anew', () => {
  const watch = new LineWatch();
  watch.look(links({ sent: 100, lost: 10, damaged: 4, breaks: 2 }), 0);
  const { summary } = watch.look(links({ sent: 10, lost: 1, damaged: 1, breaks: 0, latency: 12.34 }), 2_000);
  expect(summary).toMatchObject({ damaged: 5, breaks: 2, onlineRate: 100, lossRate: 10, latency: 12.3 });
  expect(summary.links).toEqual({ bus: { meter: ['up', 1, 1, 0, 12.34] } });
});
