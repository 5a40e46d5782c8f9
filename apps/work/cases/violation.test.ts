import { expect, test } from 'vitest';
import { violation } from './kinds/violation.ts';
import { requireForStep } from './requirements.ts';

const ground = { state: 'in-progress', assignee: 'a', openItems: 0, evidence: 0 } as const;

test('nothing is decided about a person before he was told and heard: the steps of the hearing stand in order', () => {
  const steps = violation.checklist.map(({ text, required }) => [text, required]);
  expect(steps).toEqual([
    ['核实线索', true],
    ['书面告知当事人', true],
    ['听取陈述申辩', true],
    ['集体讨论并作出决定', true],
    ['送达决定书', true],
  ]);
  const finish = (openItems: number, note?: string) => () =>
    requireForStep(violation, { ...ground, openItems }, 'finish', note ? { note } : {});
  for (let open = 1; open <= steps.length; open++) expect(finish(open, '决定')).toThrow('case-step-incomplete');
  expect(finish(0)).toThrow('case-step-incomplete');
  expect(finish(0, '警告并责令整改')).not.toThrow();
  expect(() => requireForStep(violation, { ...ground, state: 'done' }, 'close', {})).toThrow('case-step-incomplete');
});
