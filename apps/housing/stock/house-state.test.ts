import { clause } from '@keystead/kernel/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  advance,
  type HouseState,
  type HouseStep,
  houseStates,
  houseSteps,
  type Standing,
  stepsFrom,
} from './house-state.ts';

const complete = { completeness: 100, repairing: false };
const facts = { reason: '原因', lease: 'l', handover: 'h', until: new Date(0) };

function walk(from: HouseState, ...steps: HouseStep[]): HouseState {
  let standing: Standing = { ...complete, state: from };
  for (const step of steps) {
    const { to, repairing } = advance(standing, step, facts);
    standing = { ...standing, state: to, repairing };
  }
  return standing.state;
}

describe('the life of a house', () => {
  test(
    clause('H-9.1.1-b-1', 'to be allocated, occupied, under repair and vacant are reached, each from the one before'),
    () => {
      expect(walk('undelivered', 'deliver')).toBe('vacant');
      expect(walk('vacant', 'release')).toBe('allocatable');
      expect(walk('allocatable', 'reserve', 'sign', 'move-in')).toBe('occupied');
      expect(walk('occupied', 'start-leaving', 'vacate', 'start-repair')).toBe('maintenance');
      expect(walk('maintenance', 'end-repair')).toBe('vacant');
    },
  );

  test(clause('H-9.1.1-b-1', 'illegal moves are refused from every state and say what would be possible'), () => {
    const legal: Record<HouseState, HouseStep[]> = {
      undelivered: ['deliver', 'disable'],
      vacant: ['release', 'start-repair', 'disable'],
      allocatable: ['withdraw', 'reserve', 'sign', 'start-repair', 'disable'],
      reserved: ['lapse', 'sign'],
      'pending-move-in': ['unsign', 'move-in'],
      occupied: ['follow', 'start-leaving', 'start-repair'],
      'moving-out': ['stay', 'vacate', 'start-repair'],
      maintenance: ['end-repair', 'disable'],
      disabled: ['enable'],
    };
    for (const state of houseStates) {
      const standing = { ...complete, state };
      expect(stepsFrom(standing)).toEqual(houseSteps.filter((step) => legal[state].includes(step)));
      for (const step of houseSteps)
        if (!legal[state].includes(step)) expect(() => advance(standing, step, facts)).toThrow('house-step-refused');
    }
  });

  test('a step says everything it lacks', () => {
    const { lease: _lease, handover: _handover, ...without } = facts;
    expect(() => advance({ ...complete, state: 'pending-move-in' }, 'move-in', without)).toThrow(
      'house-step-unfounded',
    );
    expect(() => advance({ state: 'vacant', completeness: 99, repairing: false }, 'release', facts)).toThrow(
      'house-step-unfounded',
    );
    expect(() => advance({ ...complete, state: 'occupied' }, 'start-leaving', { reason: '  ' })).toThrow(
      'house-step-unfounded',
    );
  });

  test('a repair of a home somebody lives in is a mark, set and taken off once', () => {
    const begun = advance({ ...complete, state: 'occupied' }, 'start-repair', facts);
    expect(begun).toEqual({ to: 'occupied', repairing: true });
    const standing = { ...complete, state: begun.to, repairing: true };
    expect(() => advance(standing, 'start-repair', facts)).toThrow('house-step-refused');
    expect(advance(standing, 'end-repair', {})).toEqual({ to: 'occupied', repairing: false });
  });

  test('whatever is done, nobody lives in a house without having signed and taken it over', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...houseSteps), { maxLength: 60 }), (tried) => {
        let standing: Standing = { ...complete, state: 'undelivered' };
        let signed = false;
        for (const step of tried) {
          if (!stepsFrom(standing).includes(step)) continue;
          const { to, repairing } = advance(standing, step, facts);
          if (step === 'sign') signed = true;
          if (step === 'unsign' || step === 'vacate') signed = false;
          standing = { ...standing, state: to, repairing };
          if (to === 'occupied' || to === 'moving-out') expect(signed).toBe(true);
          expect(to === 'maintenance' ? repairing : true).toBe(true);
        }
      }),
      { seed: 411, numRuns: 2000 },
    );
  });
});
