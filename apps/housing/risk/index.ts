export type { IdleFacts } from './idle-facts.ts';
export { risk } from './module.ts';
export type { RiskService } from './setup.ts';
export { WarningCaseFirst, WarningCloseIncomplete, WarningNotClosed } from './warning.ts';
