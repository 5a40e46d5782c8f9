import { type CrowdResult, crowd, gather, operations, usualPlan } from '@keystead/kernel/testing/crowd';
import type { Installation } from '@keystead/kernel/testing/installation';
import { rounded } from '../result.ts';

interface Ask {
  say(line: string): void;
  /** Seconds of each run of 100 or 120 people; ten people get more, for they do less. */
  seconds: number;
  rounds: number;
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/**
 * People who do something every three seconds whether or not the platform is quick: mean time of login, query and
 * command at 100 of them (I-6.2-a), and what 100 and 120 wait in proportion to ten, in paired runs ten, hundred, ten,
 * hundred and twenty, the middle of the rounds (I-7.3-c).
 */
export async function usualOperations(platform: Installation, { say, seconds, rounds }: Ask) {
  const people = await gather(platform, 120);
  const run = async (count: number, seed: number): Promise<CrowdResult> => {
    const plan = { ...usualPlan, seed, seconds: count < 100 ? seconds * 3 : seconds };
    const result = await crowd(people.slice(0, count), plan);
    if (result.failed > 0) throw new Error(`${result.failed} operations of ${count} people failed: ${result.reason}`);
    const means = operations.map((each) => `${each} ${result.byOperation[each].mean.toFixed(1)}`).join(', ');
    say(`${count} people, ${result.perSecond.toFixed(1)} operations/s: mean ${result.mean.toFixed(1)} ms (${means})`);
    return result;
  };
  await run(100, 0); // plans and caches
  const hundreds: CrowdResult[] = [];
  const ratios: Record<100 | 120, number[]> = { 100: [], 120: [] };
  for (let round = 1; round <= rounds; round++)
    for (const count of [100, 120] as const) {
      const few = await run(10, round);
      const many = await run(count, round);
      ratios[count].push(many.mean / few.mean);
      if (count === 100) hundreds.push(many);
    }
  const meanOf = (operation: (typeof operations)[number]) =>
    rounded(middle(hundreds.map(({ byOperation }) => byOperation[operation].mean)));
  return {
    login_mean_ms: meanOf('login'),
    query_mean_ms: meanOf('query'),
    command_mean_ms: meanOf('command'),
    usual_p95_ms: rounded(middle(hundreds.map(({ byOperation }) => byOperation.query.p95))),
    wait_100_to_10: rounded(middle(ratios[100])),
    wait_120_to_10: rounded(middle(ratios[120])),
  };
}
