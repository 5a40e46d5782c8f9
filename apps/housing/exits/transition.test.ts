import { clause } from '@keystead/kernel/testing';
import { expect, test } from 'vitest';
import { transitionFrom, transitionRent } from './transition.ts';

test(
  clause('H-9.2.6-b-1', 'the contract holds through the removal period, and where there is none to its own end'),
  () => {
    const lease = { endsOn: '2027-05-31' };
    const from = (kind: Parameters<typeof transitionFrom>[0]['kind']) =>
      transitionFrom({ kind, leaveBy: '2026-08-31' }, lease);
    expect([from('acquired'), from('ineligible'), from('fraud')]).toEqual(Array(3).fill('2026-09-01'));
    expect([from('voluntary'), from('expiry'), from('transfer')]).toEqual(Array(3).fill('2027-06-01'));
  },
);

test('a share of the market rent is rounded to the cent', () => {
  expect([
    transitionRent(90_000, 100),
    transitionRent(90_001, 80),
    transitionRent(33_333, 50),
    transitionRent(1, 0),
  ]).toEqual([90_000, 72_001, 16_667, 0]);
});
