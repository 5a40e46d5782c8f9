import type { Finding, HomeFacts, HomeLimits, RiskRules, Scorer } from '../facts.ts';
import { crowding } from './crowding.ts';
import { idle } from './idle.ts';
import { lockAnomaly } from './lock-anomaly.ts';
import { sublet } from './sublet.ts';
import { vacantUse } from './vacant-use.ts';

export { arrears, type PaymentFacts } from './arrears.ts';

const scorers: readonly Scorer[] = [idle, sublet, crowding, vacantUse, lockAnomaly];

/** Everything that speaks about a home. */
export const judge = (facts: HomeFacts, rules: RiskRules, limits: HomeLimits): Finding[] =>
  scorers.flatMap((score) => score(facts, rules, limits) ?? []);
