import type { FirmwareReport } from '@keystead/contracts/firmware';
import { clause } from '@keystead/kernel/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isEnded, overdue, stepFor, type TargetState, targetStates } from './target.ts';

const wanted = { title: 'meter', version: '2.0' };
const from = (state: TargetState) => ({ state, fromVersion: '1.0' });
const step = (state: TargetState, report: FirmwareReport) => stepFor(from(state), wanted, report);

test('the words of a device carry it through the states', () => {
  expect(step('offered', { state: 'DOWNLOADING' })).toEqual({ state: 'downloading' });
  expect(step('downloading', { state: 'DOWNLOADED' })).toEqual({ state: 'downloaded' });
  expect(step('downloaded', { state: 'VERIFIED' })).toEqual({ state: 'verified' });
  expect(step('verified', { state: 'UPDATING', version: '1.0' })).toEqual({ state: 'applying' });
  expect(step('applying', { state: 'UPDATED', title: 'meter', version: '2.0' })).toEqual({ state: 'succeeded' });
});

test('who was cut off may begin again, and words that come late take nothing back', () => {
  expect(step('verified', { state: 'DOWNLOADING' })).toEqual({ state: 'downloading' });
  expect(step('applying', { state: 'DOWNLOADED' })).toBeUndefined();
  expect(step('downloading', { state: 'DOWNLOADING' })).toBeUndefined();
});

test('a device that restarts into the new version has succeeded, into the old one has gone back', () => {
  expect(step('applying', { title: 'meter', version: '2.0' })).toEqual({ state: 'succeeded' });
  expect(step('applying', { version: '1.0' })).toEqual({ state: 'rolled-back', reason: 'old-version-runs' });
  expect(step('downloading', { version: '1.0' })).toBeUndefined();
});

test(clause('H-6.1-4', 'a device that says it is updated and runs something else has failed'), () => {
  expect(step('applying', { state: 'UPDATED', title: 'meter', version: '1.9' })).toMatchObject({
    state: 'failed',
    reason: 'version-mismatch',
  });
  expect(step('applying', { state: 'UPDATED', title: 'lock', version: '2.0' })).toMatchObject({ state: 'failed' });
  expect(step('applying', { state: 'UPDATED' })).toMatchObject({ state: 'failed' });
});

test('reasons are counted by one word, and what the device said is kept', () => {
  expect(step('downloaded', { state: 'FAILED', error: 'signature-wrong: key 3' })).toEqual({
    state: 'failed',
    reason: 'signature-wrong',
    detail: 'signature-wrong: key 3',
  });
  expect(step('downloaded', { state: 'FAILED', error: 'Checksum verification failed' })).toMatchObject({
    reason: 'hash-mismatch',
  });
  expect(step('applying', { state: 'ROLLED_BACK', error: 'health-check: no signal' })).toMatchObject({
    state: 'rolled-back',
    reason: 'health-check',
  });
});

test('whatever is reported, an ended device stays ended and a waiting one waits', () => {
  const report = fc.record(
    {
      state: fc.constantFrom('DOWNLOADING', 'DOWNLOADED', 'VERIFIED', 'UPDATING', 'UPDATED', 'FAILED', 'ROLLED_BACK'),
      version: fc.constantFrom('1.0', '2.0', '3.0'),
      title: fc.constantFrom('meter', 'x'),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.constantFrom(...targetStates), report, (state, said) => {
      const found = step(state, said as FirmwareReport);
      if (isEnded(state) || state === 'pending') return found === undefined;
      // Only the wanted version, running, is a success.
      return found?.state !== 'succeeded' || (said.version === '2.0' && said.title !== 'x');
    }),
  );
});

test('patience runs by state', () => {
  const since = new Date('2026-06-01T00:00:00Z');
  const patience = { offer: 100, download: 20, apply: 10 };
  const after = (state: TargetState, seconds: number) =>
    overdue({ state, since }, patience, new Date(since.getTime() + seconds * 1000));
  expect(after('offered', 99)).toBeUndefined();
  expect(after('offered', 100)).toBe('not-taken');
  expect(after('downloading', 20)).toBe('stalled');
  expect(after('applying', 9)).toBeUndefined();
  expect(after('applying', 10)).toBe('no-outcome');
  expect(after('succeeded', 1e9)).toBeUndefined();
  expect(after('pending', 1e9)).toBeUndefined();
});
