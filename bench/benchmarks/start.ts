import { setTimeout as sleep } from 'node:timers/promises';
import { discard } from '@keystead/kernel/testing/installation';
import { startPlatform, stopPlatform } from '../platform.ts';
import { memoryOf } from '../processes.ts';
import { type Benchmark, rounded } from '../result.ts';

const settleMs = 20_000;

/** Whether the platform has said that everything, the demo community included, is up. */
const demoHomes = 1000;

/**
 * Through the launcher, as `npm start` does, with its demo community of 1,000 homes: from nothing (a new data folder,
 * packages installed) and from the data of before, until /health/ready answers. Memory: `--empty`, after a while of
 * doing nothing.
 */
export const start: Benchmark = {
  name: 'start',
  summary: 'cold and warm start until ready, with the demo community; memory when empty and idle',
  goals: {
    cold_s: { at: '≤', value: 30 },
    warm_s: { at: '≤', value: 5 },
    rss_mb: { at: '≤', value: 450 },
  },
  run: async ({ say, option }) => {
    const homes = option('homes', demoHomes);
    const cold = await startPlatform({ demo: homes, launcher: true });
    say(`cold: ready after ${(cold.readyMs / 1000).toFixed(1)} s`);
    await sleep(settleMs / 2);
    await stopPlatform(cold);
    const warm = await startPlatform({ dataDir: cold.dataDir, demo: homes, launcher: true });
    say(`warm: ready after ${(warm.readyMs / 1000).toFixed(1)} s`);
    await stopPlatform(warm);
    discard(cold.dataDir);

    const empty = await startPlatform();
    await sleep(settleMs);
    const { nodeMb, postgresMb, nodeProcesses } = memoryOf(empty.pid);
    say(`empty: ${nodeProcesses} Node processes`);
    await empty.stop();
    return {
      cold_s: rounded(cold.readyMs / 1000),
      warm_s: rounded(warm.readyMs / 1000),
      empty_cold_s: rounded(empty.readyMs / 1000),
      rss_mb: rounded(nodeMb),
      postgres_mb: rounded(postgresMb),
    };
  },
};
