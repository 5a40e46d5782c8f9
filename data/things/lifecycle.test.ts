import { describe, expect, test } from 'vitest';
import { checkStep, type Evidence, lifecycleStates, nextStates } from './lifecycle.ts';

const everything: Evidence = {
  evaluation: 'e',
  guide: 'g',
  reason: 'r',
  measured: [{ item: 'i', value: 'v', passed: true }],
};

describe('the life cycle', () => {
  test('with all evidence exactly the planned steps are open', () => {
    for (const from of lifecycleStates)
      for (const to of lifecycleStates) {
        const open = nextStates(from).includes(to);
        const step = () => checkStep(from, to, everything);
        if (open) expect(step).not.toThrow();
        else expect(step).toThrow('lifecycle-step-refused');
      }
  });

  test('use begins only after commissioning, and nothing leaves the scrap heap', () => {
    const before = lifecycleStates.filter((state) => nextStates(state).includes('in-use'));
    expect(before).toEqual(['commissioned', 'maintenance']);
    expect(nextStates('scrapped')).toEqual([]);
  });

  test('a shut gate names what is missing or failed', () => {
    const faults = (to: Parameters<typeof checkStep>[1], from: Parameters<typeof checkStep>[0], evidence: Evidence) => {
      try {
        checkStep(from, to, evidence);
      } catch (cause) {
        return (cause as { errors: { pointer: string; code: string }[] }).errors.map(
          ({ pointer, code }) => `${pointer} ${code}`,
        );
      }
      return [];
    };
    expect(faults('purchased', 'planned', { evaluation: ' ' })).toEqual(['/evidence/evaluation required']);
    expect(faults('commissioned', 'installed', {})).toEqual(['/evidence/measured required']);
    const measured = [
      { item: 'a', value: '1', passed: true },
      { item: 'b', value: '2', passed: false },
    ];
    expect(faults('commissioned', 'installed', { measured })).toEqual(['/evidence/measured/1 failed']);
  });
});
