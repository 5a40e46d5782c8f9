import { clause } from '@keystead/kernel/testing';
import { describe, expect, test } from 'vitest';
import { type EvidenceItem, evidenceGaps, isAbout, serviceGaps } from './dossier.ts';

const today = '2026-06-01';
const paper = (standard: string, more: Partial<EvidenceItem> = {}): EvidenceItem => ({
  standard,
  certificate: 'C-1',
  verifiedOn: '2025-06-01',
  validUntil: null,
  record: '0190a000-0000-7000-8000-000000000001',
  ...more,
});
const lockPapers = [paper('GB 21556.2-2008'), paper('GA374-2019'), paper('GA/T 701')];

describe('papers of a device', () => {
  test(clause('H-6.5-0', 'a lock goes into service only with its three certificates, none of them run out'), () => {
    expect(serviceGaps('lock', lockPapers, today)).toEqual([]);
    for (let left = 0; left < 3; left++) {
      const gaps = serviceGaps('lock', lockPapers.toSpliced(left, 1), today);
      expect(gaps).toMatchObject([{ clause: 'H-6.5-0', code: 'evidence-missing', strength: 'must' }]);
    }
    const expired = [...lockPapers.slice(0, 2), paper('GA/T 701', { validUntil: '2026-05-31' })];
    expect(serviceGaps('lock', expired, today)).toMatchObject([{ code: 'evidence-expired', subject: 'GA/T 701' }]);
    const lastDay = [...lockPapers.slice(0, 2), paper('GA/T 701', { validUntil: today })];
    expect(serviceGaps('lock', lastDay, today)).toEqual([]);
    expect(serviceGaps('camera', [], today)).toEqual([]);
    expect(serviceGaps(undefined, [], today)).toEqual([]);
  });

  test('a paper without its file is listed, and stops nothing', () => {
    const bare = [paper('GB 21556.2', { record: null }), ...lockPapers.slice(1)];
    expect(evidenceGaps('lock', bare, today)).toMatchObject([{ code: 'evidence-file-missing', strength: 'should' }]);
    expect(serviceGaps('lock', bare, today)).toEqual([]);
  });

  test(clause('H-6.2-a', 'of ten cameras, the two without a valid certificate are found, and no other'), () => {
    const dossiers = Array.from({ length: 10 }, (_, at) => {
      if (at === 3) return [paper('GB 55029')];
      if (at === 7) return [paper('GB 55029'), paper('GA/T 1127', { validUntil: '2026-01-01' })];
      return [paper('GB 55029'), paper('GA/T 1127-2013')];
    });
    const short = dossiers.flatMap((papers, at) => (evidenceGaps('camera', papers, today).length > 0 ? [at] : []));
    expect(short).toEqual([3, 7]);
  });

  test(clause('H-6.3-0-1', 'of ten fire devices, the three whose acceptance is lacking or overdue are found'), () => {
    const whole = [paper('GB 50116'), paper('GB 50166')];
    const dossiers = Array.from({ length: 10 }, (_, at) => {
      if (at === 1) return [];
      if (at === 4) return [paper('GB 50116')];
      if (at === 8) return [paper('GB 50116'), paper('GB 50166', { validUntil: '2026-05-31' })];
      return whole;
    });
    const short = dossiers.flatMap((papers, at) =>
      evidenceGaps('fire-detector', papers, today).length > 0 ? [at] : [],
    );
    expect(short).toEqual([1, 4, 8]);
  });

  test(clause('H-6.4-0', 'each of the four meter classes has its own standard; the two gaps are found'), () => {
    const gaps = [
      evidenceGaps('water-meter', [paper('CJ/T 224-2012')], today),
      evidenceGaps('electricity-meter', [paper('GB/T 17215.321-2021')], today),
      evidenceGaps('gas-meter', [], today),
      evidenceGaps('heat-meter', [paper('GB/T 778.1')], today),
    ].map((found) => found.map(({ subject }) => subject));
    expect(gaps).toEqual([[], [], ['GB/T 6968 / CJ/T 449'], ['GB/T 32224 / CJ 128']]);
  });

  test('a standard is known with and without its year, never by a part of its number', () => {
    expect(isAbout('ga 374—2019', 'GA 374')).toBe(true);
    expect(isAbout('GA 3741', 'GA 374')).toBe(false);
    expect(isAbout('GB 21556', 'GB 21556.2')).toBe(false);
  });
});
