import { newId } from '@keystead/contracts/ids';
import { clause } from '@keystead/kernel/testing';
import { describe, expect, test } from 'vitest';
import { readCatalogue } from './catalogue.ts';
import { allLines, checkGap, checkItems } from './check-item.ts';
import { provesLink, signLink } from './link.ts';
import { gapsIn, isOver } from './recording.ts';
import { slotStates } from './slot.ts';

const day = 86_400_000;
const now = Date.parse('2026-06-01T00:00:00Z');

describe('algorithms by the size of a community', () => {
  const states = (households: number, chosen = {}, last = {}) =>
    slotStates(households, ['face'], chosen, last, now).map(({ slot, on, standing, gap }) => [slot, on, standing, gap]);

  test(clause('H-6.2-e-1', 'from 1,000 households on all three are on, and silence or switching off is a gap'), () => {
    expect(states(1000, { plate: false }, { face: now - day })).toEqual([
      ['face', true, 'expected', undefined],
      ['behaviour', true, 'expected', 'no-results'],
      ['plate', false, 'expected', 'switched-off'],
    ]);
  });

  test(clause('H-6.2-e-2', 'up to 100 they are optional and never a gap, between them as set'), () => {
    expect(states(100)).toEqual(['face', 'behaviour', 'plate'].map((slot) => [slot, false, 'optional', undefined]));
    expect(states(100, { face: true })[0]).toEqual(['face', true, 'optional', undefined]);
    for (const households of [101, 999])
      expect(states(households, {}, { face: now })).toEqual([
        ['face', true, 'default', undefined],
        ['behaviour', false, 'default', undefined],
        ['plate', false, 'default', undefined],
      ]);
  });
});

describe('recordings', () => {
  test('what lies between files is a gap, what a restart costs is none', () => {
    const spans = [
      { from: 0, to: 600_000 },
      { from: 660_000, to: 1_200_000 },
      { from: 2_000_000, to: 2_600_000 },
    ];
    expect(gapsIn(spans, 0, 3_000_000)).toEqual([
      { from: 1_200_000, to: 2_000_000 },
      { from: 2_600_000, to: 3_000_000 },
    ]);
    expect(gapsIn([], 0, day)).toEqual([{ from: 0, to: day }]);
    expect(gapsIn([{ from: -1, to: day + 1 }], 0, day)).toEqual([]);
  });

  test(clause('H-6.2-d-1', 'nothing goes before thirty days, whatever is set'), () => {
    expect(isOver({ to: now - 29.9 * day }, now, 7)).toBe(false);
    expect(isOver({ to: now - 30 * day }, now, 30)).toBe(false);
    expect(isOver({ to: now - 30 * day - 1 }, now, 30)).toBe(true);
    expect(isOver({ to: now - 31 * day }, now, 90)).toBe(false);
  });
});

describe('links', () => {
  const key = Buffer.alloc(32, 7);
  const right = { organisation: newId(), actor: newId(), until: now + 60_000 };
  const token = signLink(key, '/live/c1', right);

  test('hold for their path and their time only', () => {
    expect(provesLink(key, '/live/c1', token, now)).toBe(true);
    expect(provesLink(key, '/live/c2', token, now)).toBe(false);
    expect(provesLink(key, '/live/c1', token, now + 60_001)).toBe(false);
    expect(provesLink(Buffer.alloc(32, 8), '/live/c1', token, now)).toBe(false);
  });

  test('whose claims were changed do not hold', () => {
    const parts = token.split('.');
    const longer = [parts[0], parts[1], (now + 100_000).toString(36), parts[3]].join('.');
    expect(provesLink(key, '/live/c1', longer, now)).toBe(false);
    expect(provesLink(key, '/live/c1', signLink(key, '/live/c1', { ...right, until: now + day }), now)).toBe(false);
    for (const text of ['', '...', 'a.b.c.d']) expect(provesLink(key, '/live/c1', text, now)).toBe(false);
  });
});

test(clause('H-6.2-0', 'a line nobody filled, one not met, and one without its file are gaps'), () => {
  const record = newId();
  const lines = allLines([
    { item: 'coverage', state: 'met', record },
    { item: 'entrances', state: 'met', record: null },
    { item: 'perimeter', state: 'not-applicable' },
    { item: 'imageQuality', state: 'unmet', record },
  ]);
  expect(lines.slice(0, 5).map(checkGap)).toEqual([undefined, 'no-evidence', undefined, 'unmet', 'not-filled']);
  expect(lines).toHaveLength(checkItems.length);
});

test('of a catalogue only numbered channels are taken, each once', () => {
  const item = { id: '34020000001320000001', name: '东门', parent: '34020000002000000001', on: true };
  expect(readCatalogue({ complete: true, items: [item, item, { id: 'x' }, 7] })).toEqual([
    { ...item, maker: '', model: '' },
  ]);
  expect(readCatalogue('no')).toBeUndefined();
});
