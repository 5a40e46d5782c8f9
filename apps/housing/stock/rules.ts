import type { Tx } from '@keystead/kernel/db';
import { defaultVacancyRule, type VacancyRule } from './vacancy.ts';

/** Numbers that belong to the policy of an organisation at an instant. */
export interface StockRules {
  vacancy(tx: Tx, organisation: string, at: Date): Promise<VacancyRule>;
}

/** Until a policy is plugged in. */
export const defaultRules: StockRules = { vacancy: async () => defaultVacancyRule };
