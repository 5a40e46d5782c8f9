import { clause } from '@keystead/kernel/testing';
import { describe, expect, test } from 'vitest';
import { completenessOf, dossierFaults, groups, merged } from './dossier.ts';
import { completeDossier, completePlace } from './testing.ts';
import { vacancyGrade } from './vacancy.ts';

describe('the dossier', () => {
  test(clause('H-9.1.1-a-2', 'five groups, and a score that reaches 100 only when nothing is missing'), () => {
    const whole = completenessOf(completeDossier, completePlace);
    expect(whole).toMatchObject({ score: 100, missing: [] });
    expect(Object.keys(whole.groups)).toEqual([...groups]);
    expect(groups).toEqual(['location', 'building', 'ownership', 'lease', 'management']);
    const { ownership: _gone, ...rest } = completeDossier;
    const part = completenessOf(rest, { ...completePlace, layout: '' });
    expect(part.missing).toEqual([
      'building.layout',
      'ownership.owner',
      'ownership.kind',
      'ownership.certificateNumber',
    ]);
    expect(part.groups.ownership).toEqual({ filled: 0, required: 3 });
    expect(part.score).toBe(71);
  });

  test('what cannot be is refused with its place', () => {
    const faults = dossierFaults(
      {
        location: { postcode: '12' },
        ownership: { unitNumber: '320311001001GB00001X00010001', kind: 'stolen' },
        lease: { rentStandard: -1 },
        garden: {},
      },
      { floorArea: 40, usableArea: 60 },
    );
    expect(faults.map(({ pointer }) => pointer).sort()).toEqual([
      '/building/usableArea',
      '/garden',
      '/lease/rentStandard',
      '/location/postcode',
      '/ownership/kind',
    ]);
  });

  test('a change lays entries over a group; null takes one out', () => {
    const after = merged({ location: { address: '甲路 1 号', postcode: '221000' } }, { location: { postcode: null } });
    expect(after).toEqual({ location: { address: '甲路 1 号' } });
  });
});

describe('vacancy', () => {
  const since = new Date('2026-01-01T00:00:00Z');
  const after = (days: number) => new Date(since.getTime() + days * 86_400_000);

  test(clause('H-9.1.1-d-2', 'three grades at 30, 60 and 90 days, only in the core zone'), () => {
    const grades = [29.99, 30, 59.99, 60, 89.99, 90, 400].map((days) =>
      vacancyGrade([30, 60, 90], true, since, after(days)),
    );
    expect(grades).toEqual([undefined, 3, 3, 2, 2, 1, 1]);
    expect(vacancyGrade([30, 60, 90], false, since, after(400))).toBeUndefined();
  });
});
