import type { Symbols } from '@keystead/contracts/expression';
import { type CompiledRule, compileRule } from './compile.ts';
import { evaluate, wake } from './evaluate.ts';
import { Readings } from './readings.ts';
import type { AlarmRule, Trigger } from './schema.ts';
import type { Finding, Outcome, RuleState } from './state.ts';

// What the tests of this folder share: a small model, rules of it, and a thing that is spoken to in seconds.

export const symbols: Symbols = {
  properties: new Map([
    ['temperature', { slot: 1, type: 'number' }],
    ['smoke', { slot: 2, type: 'boolean' }],
  ]),
  events: new Set(['tamper', 'restored', 'other']),
};

/** Friday 2026-03-06 00:00 in China, µs. */
export const start = Date.parse('2026-03-06T00:00:00+08:00') * 1000;
export const second = 1_000_000;

export function ruleOf(trigger: Trigger, more: Partial<AlarmRule> = {}): AlarmRule {
  return {
    id: '0190a000-0000-7000-8000-000000000001',
    name: { zh: '高温', en: 'too hot' },
    enabled: true,
    appliesTo: { family: 'heater' },
    trigger,
    ...more,
  };
}

export function compiled(trigger: Trigger, more: Partial<AlarmRule> = {}): CompiledRule {
  const compilation = compileRule(ruleOf(trigger, more), symbols);
  if (!compilation.ok) throw new Error(JSON.stringify(compilation.errors));
  return compilation.rule;
}

export interface Said {
  /** Seconds after the start. */
  at: number;
  temperature?: number;
  smoke?: boolean;
  event?: string;
  online?: 'online' | 'offline' | 'unknown';
  /** True = no message: the clock calls. */
  wake?: boolean;
}

/** One thing and one rule; `say` answers the findings as `kind severity @second`. */
export class Watched {
  state: RuleState | undefined;
  wakeAt: number | undefined;
  readonly found: Finding[] = [];
  private readings = new Readings();
  private readonly rule: CompiledRule;

  constructor(rule: CompiledRule) {
    this.rule = rule;
  }

  say(said: Said): string[] {
    const time = start + said.at * second;
    const outcome = said.wake ? wake(this.rule, this.state, time, this.readings) : this.message(said, time);
    return this.take(outcome);
  }

  take(outcome: Outcome): string[] {
    this.state = outcome.state;
    this.wakeAt = outcome.wakeAt;
    this.found.push(...outcome.findings);
    return outcome.findings.map(({ kind, severity, time }) => `${kind} ${severity} @${(time - start) / second}`);
  }

  /** As after a restart: everything has been written down and read again. */
  restart(): void {
    this.state = this.state === undefined ? undefined : JSON.parse(JSON.stringify(this.state));
    this.readings = Readings.restore(JSON.parse(JSON.stringify(this.readings.store())));
  }

  private message(said: Said, time: number): Outcome {
    const { temperature, smoke, event, online } = said;
    const keys: number[] = [];
    const values: number[] = [];
    if (temperature !== undefined) {
      keys.push(1);
      values.push(temperature);
    }
    if (smoke !== undefined) {
      keys.push(2);
      values.push(smoke ? 1 : 0);
    }
    this.readings.apply({ time, keys, values });
    return evaluate(this.rule, this.state, { time, readings: this.readings, event, online });
  }
}

/** All findings of a list of messages. */
export function told(rule: CompiledRule, list: readonly Said[]): string[] {
  const watched = new Watched(rule);
  return list.flatMap((said) => watched.say(said));
}

/** Temperatures, one a minute unless `step` seconds are given. */
export const temperatures = (values: readonly (number | undefined)[], step = 60): Said[] =>
  values.map((temperature, i) => ({ at: i * step, ...(temperature !== undefined && { temperature }) }));
