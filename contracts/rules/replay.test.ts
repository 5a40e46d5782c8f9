import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompiledRule } from './compile.ts';
import { clearByHand } from './evaluate.ts';
import { compiled, type Said, second, start, Watched } from './rule-fixture.ts';

const schedule = {
  zone: 'Asia/Shanghai',
  hours: [
    { weekdays: [5], from: '00:05', to: '00:20' },
    { weekdays: [5], from: '00:25', to: '00:40' },
  ],
};
const levels = [
  { severity: 3, when: 'temperature > 5' },
  { severity: 2, when: 'temperature > 6 && smoke', for: 40 },
  { severity: 1, when: 'temperature > 7', count: { n: 2, m: 4 } },
] as const;

const rules: Record<string, CompiledRule> = {
  plain: compiled({ kind: 'condition', levels: [{ severity: 2, when: 'temperature > 5' }] }),
  lasting: compiled({ kind: 'condition', levels: [{ severity: 2, when: 'temperature > 5', for: 60 }] }, { hold: 45 }),
  levelled: compiled({ kind: 'condition', levels: [...levels], clear: 'temperature < 4' }, { hold: 30, silence: 70 }),
  counted: compiled(
    { kind: 'condition', levels: [{ severity: 1, when: 'delta(temperature) > 1', count: { n: 2, m: 5 } }] },
    { silence: 100 },
  ),
  scheduled: compiled({ kind: 'condition', levels: [...levels] }, { schedule, hold: 20, silence: 60 }),
  eventful: compiled(
    { kind: 'event', severity: 1, event: 'tamper', clearEvent: 'restored' },
    { hold: 25, silence: 50 },
  ),
  offline: compiled({ kind: 'offline', severity: 2, for: 90 }, { hold: 10 }),
  missing: compiled({ kind: 'missing', severity: 4, property: 'temperature', for: 60 }, { hold: 15, silence: 40 }),
};

const ruleNames = fc.constantFrom(...Object.keys(rules));
const ruleNamed = (name: string): CompiledRule => {
  const rule = rules[name];
  if (!rule) throw new Error(name);
  return rule;
};

const steps = fc.array(
  fc.record({
    wait: fc.integer({ min: 0, max: 60 }),
    temperature: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined, freq: 4 }),
    smoke: fc.option(fc.boolean(), { nil: undefined }),
    event: fc.option(fc.constantFrom('tamper', 'restored', 'other'), { nil: undefined, freq: 3 }),
    online: fc.option(fc.constantFrom('online' as const, 'offline' as const, 'unknown' as const), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 60 },
);

/** Messages in order of time. */
function ordered(list: readonly ({ wait: number } & Omit<Said, 'at'>)[]): Said[] {
  let at = 0;
  return list.map(({ wait, ...said }) => {
    at += wait;
    return { at, ...said };
  });
}

function run(rule: CompiledRule, list: readonly Said[], between?: (watched: Watched, next: Said) => void): Watched {
  const watched = new Watched(rule);
  for (const said of list) {
    between?.(watched, said);
    watched.say(said);
  }
  watched.say({ at: (list.at(-1)?.at ?? 0) + 10_000, wake: true });
  return watched;
}

const options = { numRuns: 600 };

describe('evaluation by event time', () => {
  test('the same messages give the same findings, also when all is written down and read between any two', () => {
    fc.assert(
      fc.property(ruleNames, steps, (name, list) => {
        const messages = ordered(list);
        const whole = run(ruleNamed(name), messages);
        expect(run(ruleNamed(name), messages).found).toEqual(whole.found);
        const restarted = run(ruleNamed(name), messages, (watched) => watched.restart());
        expect(restarted.found).toEqual(whole.found);
        expect(restarted.state).toEqual(whole.state);
      }),
      options,
    );
  });

  test('a clock that calls in time, late or needlessly makes no difference', () => {
    fc.assert(
      fc.property(
        ruleNames,
        steps,
        fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1 }),
        (name, list, lateness) => {
          const messages = ordered(list);
          const whole = run(ruleNamed(name), messages);
          let calls = 0;
          const woken = run(ruleNamed(name), messages, (watched, next) => {
            for (let guard = 0; guard < 50; guard++) {
              const late = lateness[calls % lateness.length] ?? 0;
              const due = watched.wakeAt === undefined ? undefined : (watched.wakeAt - start) / second + late;
              if (due === undefined || due > next.at) return;
              calls += 1;
              watched.say({ at: due, wake: true });
            }
            throw new Error('woken without end');
          });
          expect(woken.found).toEqual(whole.found);
        },
      ),
      options,
    );
  });

  test('findings come in the order of time and tell a possible story: one alarm open at most', () => {
    let raised = 0;
    fc.assert(
      fc.property(ruleNames, steps, fc.boolean(), (name, list, byHand) => {
        const rule = ruleNamed(name);
        const watched = run(rule, ordered(list), (subject, next) => {
          if (byHand && next.at % 7 === 0) subject.take(clearByHand(rule, subject.state, start + next.at * second));
        });
        let open = 0;
        let last = 0;
        for (const { kind, severity, time } of watched.found) {
          expect(time).toBeGreaterThanOrEqual(last);
          last = time;
          if (kind === 'raised') {
            expect(open).toBe(0);
            raised += 1;
          } else if (kind === 'escalated') expect(severity).toBeLessThan(open);
          else if (kind === 'deescalated') expect(severity).toBeGreaterThan(open);
          else expect(severity).toBe(open);
          open = kind === 'cleared' ? 0 : severity;
        }
        expect(watched.state?.severity ?? 0).toBe(open);
      }),
      options,
    );
    expect(raised).toBeGreaterThan(200);
  });

  test('messages in any order give the same findings each time and never break the story', () => {
    fc.assert(
      fc.property(ruleNames, steps, (name, list) => {
        const messages = list.map(({ wait, ...said }, i) => ({ at: (i % 5) * 40 + wait * 3, ...said }));
        const whole = run(ruleNamed(name), messages);
        expect(run(ruleNamed(name), messages, (watched) => watched.restart()).found).toEqual(whole.found);
        let open = false;
        for (const { kind } of whole.found) {
          expect(open).toBe(kind !== 'raised');
          open = kind !== 'cleared';
        }
      }),
      options,
    );
  });

  test('for and hold agree with a slow count of seconds', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 80 }), fc.integer({ min: 0, max: 80 }), (list, wait, hold) => {
        const messages = ordered(list).filter(({ temperature }) => temperature !== undefined);
        const level = { severity: 2, when: 'temperature > 5', for: wait } as const;
        const rule = compiled({ kind: 'condition', levels: [level] }, { hold });
        const found = run(rule, messages).found.map(({ kind, time }) => `${kind} ${(time - start) / second}`);
        expect(found).toEqual(slowCount(messages, wait, hold));
      }),
      options,
    );
  });
});

/** The same rule, second by second: at each second first the times that have run out, then the messages. */
function slowCount(messages: readonly Said[], wait: number, hold: number): string[] {
  const found: string[] = [];
  let open = false;
  let wasTrue: number | undefined;
  let wasFalse: number | undefined;
  const last = (messages.at(-1)?.at ?? -1) + 200;
  for (let now = 0; now <= last; now++) {
    const settle = () => {
      if (!open && wasTrue !== undefined && now - wasTrue >= wait) {
        open = true;
        found.push(`raised ${now}`);
      }
      if (open && wasFalse !== undefined && now - wasFalse >= hold) {
        open = false;
        found.push(`cleared ${now}`);
      }
    };
    settle();
    for (const { at, temperature = 0 } of messages) {
      if (at !== now) continue;
      const holds = temperature > 5;
      if (open && holds && wasFalse !== undefined) found.push(`occurrence ${now}`);
      wasTrue = holds ? (wasTrue ?? now) : undefined;
      wasFalse = holds ? undefined : (wasFalse ?? now);
      settle();
    }
  }
  return found;
}
