import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { type CrowdResult, crowd, gather, operations, type Person, usualPlan } from '@keystead/kernel/testing/crowd';
import { afterAll, beforeAll, expect, test } from 'vitest';

let platform: Installation;
let people: Person[];

beforeAll(async () => {
  // The demo organisation waives the second factor: people sign in with name and password alone.
  platform = await startInstallation({ demo: 10, patience: 120 });
  people = await gather(platform, 120);
  await crowd(people, { ...usualPlan, seconds: 5, seed: 99 });
}, 240_000);
afterAll(() => platform?.stop());

const longestMean = 2000; // ms

async function run(count: number, seconds: number, seed: number): Promise<CrowdResult> {
  const result = await crowd(people.slice(0, count), { ...usualPlan, seconds, seed });
  expect(result.failed, result.reason).toBe(0);
  for (const operation of operations) {
    const { count: times, mean } = result.byOperation[operation];
    expect(times, `${operation} of ${count} people`).toBeGreaterThan(0);
    expect(mean, `${operation} of ${count} people`).toBeLessThanOrEqual(longestMean);
  }
  return result;
}

test(clause('I-6.2-a', 'a hundred people sign in, look and command, each within two seconds on average'), async () => {
  const { byOperation } = await run(100, 10, 1);
  expect(byOperation.login.count).toBeGreaterThan(10);
  expect(byOperation.command.count).toBeGreaterThan(50);
  expect(byOperation.query.count).toBeGreaterThan(200);
});

/**
 * Runs in pairs, ten people and then many. What else the machine does can make either run of a pair longer, so one pair
 * proves nothing against the platform; a platform that gets slower with its users does so in every pair.
 */
async function leastSlowDown(count: number, enough: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let pair = 1; pair <= 4 && least > enough; pair++) {
    const few = await run(10, 24, pair);
    const many = await run(count, 8, pair);
    least = Math.min(least, many.mean / few.mean);
  }
  return least;
}

test.each([100, 120])(
  clause('I-7.3-c', '%d people at once wait at most a tenth longer than ten do'),
  async (count) => {
    expect(await leastSlowDown(count, 1.1)).toBeLessThanOrEqual(1.1);
  },
  240_000,
);
