const dayMs = 86_400_000;

/** Days of vacancy from which each grade holds, 三级 二级 一级, rising; and the tags that mark a core zone. */
export interface VacancyRule {
  readonly days: readonly [third: number, second: number, first: number];
  readonly coreTags: readonly string[];
}

/** H-9.1.1-d-2, until the policy of the organisation says otherwise. */
export const defaultVacancyRule: VacancyRule = { days: [30, 60, 90], coreTags: ['core', '核心城区'] };

export const wholeDays = (since: Date, now: Date): number => Math.floor((now.getTime() - since.getTime()) / dayMs);

/** Grade of a vacancy: 3 (least) to 1; undefined while it is short, or outside the core zone. */
export function vacancyGrade(rule: VacancyRule, core: boolean, since: Date, now: Date): 1 | 2 | 3 | undefined {
  if (!core) return undefined;
  const days = wholeDays(since, now);
  const [third, second, first] = rule.days;
  if (days >= first) return 1;
  if (days >= second) return 2;
  return days >= third ? 3 : undefined;
}
