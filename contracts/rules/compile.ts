import { defaultZone, isZone, spansByWeekday } from '@keystead/contracts/calendar';
import {
  type CompiledExpression,
  compile,
  type ExpressionContext,
  type ExpressionError,
  type Symbols,
  type Value,
} from '@keystead/contracts/expression';
import type { FieldError } from '@keystead/contracts/problem';
import { fieldErrors } from '@keystead/contracts/thing-model';
import { compileSchedule, type Schedule } from './schedule.ts';
import { type AlarmRule, AlarmRuleSchema, type Severity, triggerSchemas } from './schema.ts';

const second = 1_000_000;

export interface CompiledLevel {
  readonly severity: Severity;
  /** null for triggers that are no expression. */
  readonly when: ((context: ExpressionContext) => Value) | null;
  /** µs. */
  readonly for: number;
  readonly count: { readonly n: number; readonly m: number } | null;
}

/** A rule made ready; holds no state and may serve any number of things. Times are µs. */
export interface CompiledRule {
  readonly definition: AlarmRule;
  readonly kind: AlarmRule['trigger']['kind'];
  readonly levels: readonly CompiledLevel[];
  readonly clear: ((context: ExpressionContext) => Value) | null;
  readonly hold: number;
  readonly silence: number;
  readonly schedule: Schedule | undefined;
  /** Ids of the properties it reads; a message with none of them (and no event it uses) need not be evaluated. */
  readonly uses: readonly string[];
  readonly slots: readonly number[];
  readonly usesEvent: boolean;
  /** True when time alone can change its conditions: it must be woken each full minute. */
  readonly ticks: boolean;
  /** Of a `missing` rule: the property's slot and the time without a value, µs. */
  readonly missing: { readonly slot: number; readonly after: number } | null;
  /** How the findings' values are read. */
  readonly captures: readonly { readonly id: string; readonly read: (context: ExpressionContext) => Value }[];
}

/** A field error that, inside an expression, also says where and what was meant. */
export interface RuleError extends FieldError {
  readonly expression?: ExpressionError;
}

export type RuleCompilation =
  | { readonly ok: true; readonly rule: CompiledRule }
  | { readonly ok: false; readonly errors: readonly RuleError[] };

/** Errors of the shape alone: what a store must refuse whatever model the rule is for. */
export function ruleShapeErrors(document: unknown): FieldError[] {
  const errors = fieldErrors(AlarmRuleSchema, document).filter(({ pointer }) => !pointer.startsWith('/trigger'));
  if (typeof document !== 'object' || document === null || !('trigger' in document))
    return [...errors, ...triggerErrors({})];
  return [...errors, ...triggerErrors(document.trigger)];
}

/** A union cannot say what is wrong inside: the trigger is checked against the schema of its own kind. */
function triggerErrors(trigger: unknown): FieldError[] {
  const kind = typeof trigger === 'object' && trigger !== null && 'kind' in trigger ? trigger.kind : undefined;
  if (typeof kind !== 'string' || !Object.hasOwn(triggerSchemas, kind)) {
    return [{ pointer: '/trigger/kind', code: kind === undefined ? 'required' : 'not-allowed' }];
  }
  const schema = triggerSchemas[kind as keyof typeof triggerSchemas];
  return fieldErrors(schema, trigger).map((error) => ({ ...error, pointer: `/trigger${error.pointer}` }));
}

/**
 * Checks a rule against the names of the model it is for, and prepares it. All errors are told at once, with JSON
 * pointers into the rule; errors of conditions carry the position in the text. Never throws.
 */
export function compileRule(document: unknown, symbols: Symbols): RuleCompilation {
  const shape = ruleShapeErrors(document);
  if (shape.length > 0) return { ok: false, errors: shape };
  return new RuleCompiler(document as AlarmRule, symbols).run();
}

class RuleCompiler {
  private readonly errors: RuleError[] = [];
  private readonly expressions: CompiledExpression[] = [];
  private readonly rule: AlarmRule;
  private readonly symbols: Symbols;

  constructor(rule: AlarmRule, symbols: Symbols) {
    this.rule = rule;
    this.symbols = symbols;
  }

  run(): RuleCompilation {
    const { rule } = this;
    const schedule = this.schedule();
    if (rule.zone !== undefined && !isZone(rule.zone)) this.refuse('/zone', 'unknown-zone', rule.zone);
    const levels = this.levels(schedule);
    const { trigger } = rule;
    const clear =
      trigger.kind === 'condition' && trigger.clear ? this.condition(trigger.clear, '/trigger/clear') : null;
    const missing = this.missing();
    this.events();
    if (this.errors.length > 0) return { ok: false, errors: this.errors };
    const uses = new Set(this.expressions.flatMap((expression) => expression.uses));
    if (trigger.kind === 'missing') uses.add(trigger.property);
    const sorted = [...uses].sort();
    return {
      ok: true,
      rule: {
        definition: rule,
        kind: trigger.kind,
        levels,
        clear,
        hold: (rule.hold ?? 0) * second,
        silence: (rule.silence ?? 0) * second,
        schedule,
        uses: sorted,
        slots: sorted.flatMap((id) => this.symbols.properties.get(id)?.slot ?? []),
        usesEvent: trigger.kind === 'event' || this.expressions.some(({ usesEvent }) => usesEvent),
        ticks: this.expressions.some(({ usesTime }) => usesTime),
        missing,
        captures: sorted.flatMap((id) => this.capture(id)),
      },
    };
  }

  private refuse(pointer: string, code: string, detail?: string): void {
    this.errors.push({ pointer, code, ...(detail !== undefined && { detail }) });
  }

  private condition(text: string, pointer: string): ((context: ExpressionContext) => Value) | null {
    const zone = this.rule.zone && isZone(this.rule.zone) ? this.rule.zone : defaultZone;
    const compilation = compile(text, this.symbols, { expect: 'boolean', zone });
    if (compilation.ok) {
      this.expressions.push(compilation.compiled);
      return compilation.compiled.evaluate;
    }
    for (const expression of compilation.errors) this.errors.push({ pointer, code: expression.code, expression });
    return null;
  }

  private schedule(): Schedule | undefined {
    const { schedule } = this.rule;
    if (!schedule) return undefined;
    if (!isZone(schedule.zone)) {
      this.refuse('/schedule/zone', 'unknown-zone', schedule.zone);
      return undefined;
    }
    const { errors } = spansByWeekday(schedule.hours);
    for (const { pointer, code } of errors) this.refuse(`/schedule/hours${pointer}`, code);
    return errors.length > 0 ? undefined : compileSchedule(schedule.zone, schedule.hours);
  }

  private levels(schedule: Schedule | undefined): CompiledLevel[] {
    const { trigger } = this.rule;
    if (trigger.kind !== 'condition') {
      const wait = trigger.kind === 'offline' ? trigger.for : 0;
      this.fits(wait, schedule, '/trigger/for');
      return [{ severity: trigger.severity, when: null, for: wait * second, count: null }];
    }
    const seen = new Set<Severity>();
    return trigger.levels.map((level, index) => {
      const pointer = `/trigger/levels/${index}`;
      if (seen.has(level.severity)) this.refuse(`${pointer}/severity`, 'duplicate-severity', `${level.severity}`);
      seen.add(level.severity);
      if (level.count && level.for !== undefined) this.refuse(`${pointer}/count`, 'for-and-count');
      if (level.count && level.count.n > level.count.m) this.refuse(`${pointer}/count/n`, 'count-above-window');
      this.fits(level.for ?? 0, schedule, `${pointer}/for`);
      const when = this.condition(level.when, `${pointer}/when`);
      return { severity: level.severity, when, for: (level.for ?? 0) * second, count: level.count ?? null };
    });
  }

  /** A time that no window of the schedule is long enough for could never run out. */
  private fits(seconds: number, schedule: Schedule | undefined, pointer: string): void {
    if (schedule && seconds >= schedule.longest) this.refuse(pointer, 'longer-than-schedule');
  }

  private missing(): CompiledRule['missing'] {
    const { trigger } = this.rule;
    if (trigger.kind !== 'missing') return null;
    const symbol = this.symbols.properties.get(trigger.property);
    if (symbol) return { slot: symbol.slot, after: trigger.for * second };
    this.refuse('/trigger/property', 'unknown-name', trigger.property);
    return null;
  }

  private events(): void {
    const { trigger } = this.rule;
    const known = this.symbols.events;
    if (trigger.kind !== 'event' || !known) return;
    for (const field of ['event', 'clearEvent'] as const) {
      const id = trigger[field];
      if (id !== undefined && !known.has(id)) this.refuse(`/trigger/${field}`, 'unknown-event', id);
    }
    if (trigger.event === trigger.clearEvent) this.refuse('/trigger/clearEvent', 'same-event', trigger.event);
  }

  private capture(id: string): CompiledRule['captures'] {
    const compilation = compile(`\`${id}\``, this.symbols);
    return compilation.ok ? [{ id, read: compilation.compiled.evaluate }] : [];
  }
}

/** True when a rule is for this thing. */
export function appliesTo(
  rule: Pick<AlarmRule, 'appliesTo'>,
  thing: { readonly id: string; readonly family: string; readonly labels: Readonly<Record<string, string>> },
): boolean {
  const { family, things, labels } = rule.appliesTo;
  if (family !== undefined && family !== thing.family) return false;
  if (things && !things.includes(thing.id)) return false;
  return Object.entries(labels ?? {}).every(([name, value]) => thing.labels[name] === value);
}
