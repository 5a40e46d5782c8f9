import type { Clock } from '@keystead/kernel/base';
import { newestSet, readRhythm, regularTarget } from '@keystead/kernel/ops/backup';
import { limit, type Probe } from '../probe.ts';

const hour = 3_600_000;

/** Hours since the newest full backup (H-8.4-b-4: at most a day); a new installation counts from its start. */
export function backupProbe(dataDir: string, clock: Clock): Probe {
  const since = clock.now();
  return {
    source: 'backup',
    unit: 'h',
    usual: limit(25, 24.5, { forSeconds: 0 }),
    read: async () => {
      const newest = newestSet(regularTarget(dataDir, readRhythm(dataDir)));
      const from = newest ? new Date(newest.madeAt) : since;
      const hours = (clock.now().getTime() - from.getTime()) / hour;
      return { value: Math.round(hours * 10) / 10, detail: newest?.id ?? '' };
    },
  };
}
