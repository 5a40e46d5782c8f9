import { symbolsOf } from '@keystead/contracts/expression';
import { type AlarmRule, type CompiledRule, compileRule, type Trigger } from '@keystead/contracts/rules';
import type { Property, ThingModel } from '@keystead/contracts/thing-model';
import { clause } from '@keystead/kernel/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Told } from './report-filter.ts';
import { type Found, WatchedDevice } from './watched-device.ts';

const named = (id: string) => ({ zh: id, en: id });
const property = (key: number, id: string, more: Partial<Property> = {}): Property => ({
  id,
  key,
  name: named(id),
  type: 'number',
  access: 'r',
  transferLevel: 1,
  storeLevel: 1,
  ...more,
});
const model: ThingModel = {
  family: 'reference',
  version: 1,
  name: named('reference'),
  category: { function: 'a', domain: 'b', specification: 'c' },
  authentication: 'gateway',
  interval: 30,
  grace: 30,
  properties: [
    property(1, 'temperature', { min: -40, max: 120 }),
    property(2, 'pressure', { maxRate: 2, resolution: 0.1 }),
    property(3, 'humidity'),
    property(4, 'smoke', { type: 'boolean', transferLevel: 3 }),
    property(5, 'open', { type: 'boolean' }),
    property(6, 'noise'),
  ],
  events: [{ id: 'tamper', name: named('tamper'), transferLevel: 3, storeLevel: 1 }],
  services: [],
};

let made = 0;
function rule(trigger: Trigger, more: Partial<AlarmRule> = {}): CompiledRule {
  const id = `0190a000-0000-7000-8000-${String(++made).padStart(12, '0')}`;
  const document = { id, name: named('r'), enabled: true, appliesTo: { family: 'reference' }, trigger, ...more };
  const compilation = compileRule(document, symbolsOf(model));
  if (!compilation.ok) throw new Error(JSON.stringify(compilation.errors));
  return compilation.rule;
}
const rules = [
  rule(
    {
      kind: 'condition',
      levels: [
        { severity: 2, when: 'temperature > 60' },
        { severity: 1, when: 'temperature > 80' },
      ],
      clear: 'temperature < 55',
    },
    { hold: 20 },
  ),
  rule({ kind: 'condition', levels: [{ severity: 3, when: 'temperature > 40', for: 30 }] }, { silence: 60 }),
  rule({ kind: 'condition', levels: [{ severity: 2, when: 'pressure > 10 && open' }] }),
  rule({ kind: 'condition', levels: [{ severity: 3, when: 'humidity > 70', count: { n: 2, m: 4 } }] }),
  rule({ kind: 'condition', levels: [{ severity: 1, when: 'smoke' }] }),
  rule({ kind: 'event', severity: 2, event: 'tamper' }),
  rule({ kind: 'missing', severity: 4, property: 'humidity', for: 90 }),
];
const policies = new Map(
  ['temperature', 'pressure', 'humidity', 'smoke', 'open', 'noise'].map((id) => [
    id,
    { property: id, deadband: 5, minInterval: 20, heartbeat: 300 },
  ]),
);
const start = Date.parse('2026-05-01T00:00:00+08:00') * 1000;
const second = 1_000_000;

interface Said {
  after: number;
  values?: Record<string, unknown>;
  event?: boolean;
}

const shown = (found: readonly Found[]) =>
  found.map(({ rule: by, finding }) => ({ rule: by.definition.id, ...finding }));

/** All that is said goes to a centre that gets everything, and through an agent that holds back, to one that does not. */
function both(course: readonly Said[], with_ = policies) {
  const whole = new WatchedDevice({ name: 'd', at: {} }, model, rules, new Map());
  const edge = new WatchedDevice({ name: 'd', at: {} }, model, rules, with_);
  const reduced = new WatchedDevice({ name: 'd', at: {} }, model, rules, new Map());
  const [atWhole, atEdge, atReduced]: [Found[], Found[], Found[]] = [[], [], []];
  const messages = { whole: 0, reduced: 0 };
  const tell = (told: readonly Told[], now: number) => {
    for (const each of told) {
      messages.reduced++;
      reduced.reading(each, now, atReduced);
    }
  };
  let time = start;
  for (const { after, values, event } of course) {
    // The clock calls each second in all three places.
    for (const end = time + after * second; time < end; time += second)
      for (const [place, found] of [
        [whole, atWhole],
        [edge, atEdge],
        [reduced, atReduced],
      ] as const)
        place.passed(time, found);
    if (event) {
      whole.event('tamper', time, atWhole);
      tell(edge.event('tamper', time, atEdge), time);
      reduced.event('tamper', time, atReduced);
    }
    if (values === undefined) continue;
    const reading = { time, own: false, values };
    messages.whole++;
    whole.reading(reading, time, atWhole);
    tell(edge.reading(reading, time, atEdge), time);
  }
  return { whole: shown(atWhole), edge: shown(atEdge), reduced: shown(atReduced), messages };
}

const value = fc.record(
  {
    temperature: fc.oneof(fc.integer({ min: 20, max: 95 }), fc.constantFrom(59, 60, 61, 200, 'x')),
    pressure: fc.oneof(fc.integer({ min: 5, max: 15 }), fc.constant(90)),
    humidity: fc.integer({ min: 60, max: 80 }),
    smoke: fc.boolean(),
    open: fc.boolean(),
    noise: fc.integer(),
  },
  { requiredKeys: [] },
);
const course = fc.array(
  fc.record({
    after: fc.integer({ min: 1, max: 40 }),
    values: value,
    event: fc.constantFrom(false, false, false, true),
  }),
  { maxLength: 60 },
);

test(
  clause('H-7.2-0', 'whatever is measured, the centre finds the same alarms from what the agent lets through'),
  () => {
    fc.assert(
      fc.property(course, (said) => {
        const { whole, edge, reduced } = both(said);
        expect(edge).toEqual(whole);
        expect(reduced).toEqual(whole);
      }),
      { numRuns: 2_000 },
    );
  },
);

test(
  clause('H-7.2-0', 'in the reference scene of a day the core gets less than half of the messages, and all alarms'),
  () => {
    const noisy = (n: number, swing: number) => (((n * 7919) % 101) / 101 - 0.5) * swing;
    const day: Said[] = Array.from({ length: 8_640 }, (_, n) => ({
      after: 10,
      values: {
        temperature: 24 + 6 * Math.sin(n / 1375) + noisy(n, 1) + (n % 3_000 > 2_950 ? 45 : 0),
        open: n % 700 < 20,
        pressure: 8 + Math.round(n / 300) / 10,
        smoke: n % 4_000 === 3_999,
        noise: 40 + noisy(n + 3, 4),
      },
    }));
    const smokeTold = new Map([...policies].filter(([id]) => id !== 'smoke'));
    const { whole, reduced, messages } = both(
      day.map(({ after, values }, n) => {
        const { smoke, ...quiet } = values ?? {};
        // A detector speaks when it has something to say.
        return { after, values: smoke === true || n % 4_000 === 0 ? { ...quiet, smoke } : quiet };
      }),
      smokeTold,
    );
    expect(whole.length).toBeGreaterThan(10);
    expect(reduced).toEqual(whole);
    expect(messages.reduced).toBeLessThan(messages.whole / 2);
  },
);
