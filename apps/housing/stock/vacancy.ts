const dayMs = 86_400_000;

/** Tags that mark a core zone. */
export const coreTags: readonly string[] = ['core', '核心城区'];

export const wholeDays = (since: Date, now: Date): number => Math.floor((now.getTime() - since.getTime()) / dayMs);

/**
 * Grade of a vacancy: 3 (least) to 1; undefined while it is short, or outside the core zone. `ladder`: days from which each
 * grade holds, rising, as the policy says (`vacancy-days`).
 */
export function vacancyGrade(ladder: readonly number[], core: boolean, since: Date, now: Date): 1 | 2 | 3 | undefined {
  const days = wholeDays(since, now);
  const reached = ladder.filter((least) => days >= least).length;
  if (!core || reached === 0) return undefined;
  return reached >= 3 ? 1 : reached === 2 ? 2 : 3;
}
