export {
  appliesTo,
  type CompiledRule,
  compileRule,
  type RuleCompilation,
  type RuleError,
  ruleShapeErrors,
} from './compile.ts';
export { clearByHand, evaluate, type Online, type RuleInput, wake } from './evaluate.ts';
export { type ReadingMessage, Readings, type StoredReadings } from './readings.ts';
export {
  type AlarmRule,
  AlarmRuleSchema,
  type AppliesTo,
  type Level,
  LevelSchema,
  type Severity,
  SeveritySchema,
  type Trigger,
  TriggerSchema,
} from './schema.ts';
export type { Finding, FindingKind, Outcome, RuleState, Truth } from './state.ts';
