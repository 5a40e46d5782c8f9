import { symbolsOf } from '@keystead/contracts/expression';
import { newId } from '@keystead/contracts/ids';
import { type CompiledRule, compileRule, evaluate, Readings, type RuleState } from '@keystead/contracts/rules';
import { shippedModels } from '@keystead/data/things';
import { clause } from '@keystead/kernel/testing';
import { describe, expect, test } from 'vitest';
import { builtinRules } from './builtin-rules.ts';

const newest = (family: string | undefined) =>
  shippedModels.filter((model) => model.family === family).sort((a, b) => b.version - a.version)[0];

function compiled(key: string): CompiledRule {
  const draft = builtinRules.find((each) => each.key === key);
  const model = newest(draft?.appliesTo.family);
  if (!draft || !model) throw new Error(`no rule ${key}`);
  const { key: _key, symptom: _symptom, ...rule } = draft;
  const outcome = compileRule({ id: newId(), ...rule }, symbolsOf(model));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.rule;
}

describe('rules that ship with the models', () => {
  test.each(builtinRules.map(({ key }) => key))('%s compiles against the newest model of its family', (key) => {
    expect(() => compiled(key)).not.toThrow();
  });

  test(
    clause('M-3.1.1-3b', 'of 1,000 cards at their whole plan, the one that goes 1 MB beyond raises one alarm'),
    () => {
      const rule = compiled('sim-card.over-use');
      const model = newest('sim-card');
      const keyOf = (id: string): number => model?.properties.find((each) => each.id === id)?.key ?? 0;
      const start = Date.parse('2026-06-01T00:00:00Z') * 1000;
      const raised: number[] = [];
      for (let card = 0; card < 1000; card++) {
        const readings = new Readings();
        let state: RuleState | undefined;
        const usage = card === 417 ? [0, 512, 1023, 1024, 1025, 1025, 1030] : [0, 512, 1023, 1024, 1024];
        usage.forEach((traffic, day) => {
          const time = start + day * 86_400_000_000;
          readings.apply({ time, keys: [keyOf('allowance'), keyOf('traffic')], values: [1024, traffic] });
          const outcome = evaluate(rule, state, { time, readings });
          state = outcome.state;
          if (outcome.findings.some(({ kind }) => kind === 'raised')) raised.push(card);
        });
      }
      expect(raised).toEqual([417]);
    },
  );

  test('people trapped in a lift are of the most severe grade, and the alarm ends with their release', () => {
    const rule = compiled('lift.trapped');
    const readings = new Readings();
    const time = Date.parse('2026-06-01T00:00:00Z') * 1000;
    const raised = evaluate(rule, undefined, { time, readings, event: 'trapped' });
    expect(raised.findings).toMatchObject([{ kind: 'raised', severity: 1 }]);
    const released = evaluate(rule, raised.state, { time: time + 60_000_000, readings, event: 'released' });
    expect(released.findings).toMatchObject([{ kind: 'cleared' }]);
  });
});
