import type { DeviceSetup, ReportPolicy } from '@keystead/contracts/agent';
import { compileQuality, type ThingQuality } from '@keystead/contracts/quality';
import {
  type CompiledRule,
  evaluate,
  type Finding,
  type Online,
  type Outcome,
  Readings,
  type RuleInput,
  type RuleState,
  type StoredReadings,
  wake,
} from '@keystead/contracts/rules';
import { type AcceptedMessage, isSuspect, quality } from '@keystead/contracts/telemetry';
import type { ThingModel } from '@keystead/contracts/thing-model';
import { ReportFilter, type Told } from './report-filter.ts';

interface Bound {
  readonly rule: CompiledRule;
  state: RuleState | undefined;
  wakeAt: number | undefined;
}

export interface Found {
  device: DeviceSetup;
  rule: CompiledRule;
  finding: Finding;
}

/** What a device's rules remember, for a restart. */
export interface KeptDevice {
  readings: StoredReadings;
  rules: Record<string, { state?: RuleState; wakeAt?: number }>;
}

/** Rules that look at each value, not only at the last: nothing they read is held back. */
function looksAtEach(rule: CompiledRule): boolean {
  const { trigger } = rule.definition;
  if (rule.ticks || trigger.kind === 'missing') return true;
  if (trigger.kind !== 'condition') return false;
  const texts = [...trigger.levels.map(({ when }) => when), trigger.clear ?? ''];
  return (
    trigger.levels.some(({ count }) => count) || texts.some((text) => /\b(changed|delta|rate|previous)\b/.test(text))
  );
}

/** One device as the agent follows it: its model, its rules with their states, and what of it is worth telling. */
export class WatchedDevice {
  readonly setup: DeviceSetup;
  readonly model: ThingModel | undefined;
  readonly #plan: ReturnType<typeof compileQuality> | undefined;
  readonly #checker: ThingQuality | undefined;
  readonly #readings: Readings;
  readonly #bound: Bound[];
  readonly #filter: ReportFilter;
  readonly #levels = new Map<string, 1 | 2 | 3>();
  readonly #each = new Set<string>();
  readonly #exact = new Set<string>();
  /** ms since 1970 of its last word. */
  heard = 0;
  #online: Online = 'unknown';

  constructor(
    setup: DeviceSetup,
    model: ThingModel | undefined,
    rules: readonly CompiledRule[],
    policies: ReadonlyMap<string, ReportPolicy>,
    kept?: KeptDevice,
  ) {
    this.setup = setup;
    this.model = model;
    this.#plan = model && compileQuality(model);
    this.#checker = this.#plan?.start();
    this.#readings = kept ? Readings.restore(kept.readings) : new Readings();
    this.#bound = rules.map((rule) => {
      const memory = kept?.rules[rule.definition.id];
      return { rule, state: memory?.state, wakeAt: memory?.wakeAt };
    });
    this.#filter = new ReportFilter(policies);
    for (const property of model?.properties ?? []) {
      this.#levels.set(property.id, property.transferLevel);
      const readers = rules.filter(({ slots }) => slots.includes(property.key));
      const { maxRate, maxStill, cumulative } = property;
      const dependsOnChange = maxRate !== undefined || maxStill !== undefined || cumulative === true;
      if (readers.some(({ slots }) => slots.length > 1 || dependsOnChange)) this.#exact.add(property.id);
    }
    for (const [property, level] of Object.entries(setup.levels ?? {})) this.#levels.set(property, level);
    for (const rule of rules) if (looksAtEach(rule)) for (const property of rule.uses) this.#each.add(property);
  }

  levelOf(property: string): 1 | 2 | 3 {
    return this.#levels.get(property) ?? 1;
  }

  eventLevel(event: string): 1 | 2 | 3 {
    return this.model?.events.find(({ id }) => id === event)?.transferLevel ?? 2;
  }

  /** A reading: what the rules found, and what of it is to be told. `received`: µs. */
  reading(reading: Told, received: number, found: Found[]): Told[] {
    const doubtful = new Set<string>();
    const news = new Set<string>();
    const message = this.#converted(reading, received, doubtful);
    if (message && this.#readings.apply(message)) {
      const input: RuleInput = { time: reading.time, readings: this.#readings };
      for (const bound of this.#bound) {
        if (!bound.rule.slots.some((slot) => message.keys.includes(slot))) continue;
        const { state } = bound;
        const findings = this.#take(bound, evaluate(bound.rule, state, input), found);
        if (bound.state !== state || findings > 0) for (const property of bound.rule.uses) news.add(property);
      }
    }
    const standing = (property: string) => ({
      always: this.levelOf(property) === 3 || this.#each.has(property),
      doubtful: doubtful.has(property),
      exact: this.#exact.has(property),
    });
    return this.#filter.take(reading, standing, news);
  }

  /** A device event: what the rules found, and the readings that must be told before it. */
  event(event: string, time: number, found: Found[]): Told[] {
    const released = new Set<string>();
    const input: RuleInput = { time, readings: this.#readings, event };
    for (const bound of this.#bound) {
      if (!bound.rule.usesEvent) continue;
      this.#take(bound, evaluate(bound.rule, bound.state, input), found);
      for (const property of bound.rule.uses) released.add(property);
    }
    return this.#filter.release([...released], time);
  }

  /** What time alone brought about until `time` (µs), silence of the device included. */
  passed(time: number, found: Found[]): void {
    for (const bound of this.#bound) {
      if (bound.wakeAt !== undefined && bound.wakeAt <= time)
        this.#take(bound, wake(bound.rule, bound.state, time, this.#readings), found);
    }
    const online = this.#onlineAt(time / 1000);
    if (online === this.#online) return;
    this.#online = online;
    for (const bound of this.#bound) {
      if (bound.rule.kind !== 'offline') continue;
      this.#take(bound, evaluate(bound.rule, bound.state, { time, readings: this.#readings, online }), found);
    }
  }

  /** Begins the rules that watch for what does not come. */
  begin(time: number, found: Found[]): void {
    for (const bound of this.#bound)
      if (bound.rule.kind === 'missing' && bound.state === undefined)
        this.#take(bound, wake(bound.rule, bound.state, time, this.#readings), found);
  }

  keep(): KeptDevice {
    const rules = this.#bound.map(({ rule, state, wakeAt }) => [rule.definition.id, { state, wakeAt }]);
    return { readings: this.#readings.store(), rules: Object.fromEntries(rules) };
  }

  #onlineAt(now: number): Online {
    if (this.model === undefined || this.heard === 0) return 'unknown';
    return now - this.heard > (this.model.interval + this.model.grace) * 1000 ? 'offline' : 'online';
  }

  #take(bound: Bound, outcome: Outcome, found: Found[]): number {
    bound.state = outcome.state;
    bound.wakeAt = outcome.wakeAt;
    for (const finding of outcome.findings) found.push({ device: this.setup, rule: bound.rule, finding });
    return outcome.findings.length;
  }

  /** The values as the centre will see them; what it would not show to rules is left out and named as doubtful. */
  #converted(reading: Told, received: number, doubtful: Set<string>): AcceptedMessage | undefined {
    if (this.#plan === undefined || this.#checker === undefined) return undefined;
    const message: AcceptedMessage = { thing: 0, time: reading.time, keys: [], values: [], qualities: [] };
    for (const [name, raw] of Object.entries(reading.values)) {
      const property = this.#plan.properties.get(name);
      const converted = property?.convert(raw);
      if (property === undefined || converted?.ok !== true) {
        doubtful.add(name);
        continue;
      }
      const verdict = this.#checker.check(property.key, converted.value, reading.time, received);
      if (isSuspect(verdict) || verdict === quality.missing) {
        doubtful.add(name);
        continue;
      }
      message.keys.push(property.key);
      message.values.push(converted.value);
      message.qualities.push(verdict);
      if (converted.text !== undefined) message.texts = { ...message.texts, [property.key]: converted.text };
    }
    return message.keys.length > 0 ? message : undefined;
  }
}
