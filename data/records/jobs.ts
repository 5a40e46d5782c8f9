import { job } from '@keystead/kernel/jobs';
import type { RecordsService } from './service.ts';

/** Files kept long enough end: key destroyed, journaled (H-11.3-d-2). */
export const expire = (records: RecordsService) =>
  job({
    name: 'records.expire',
    every: 3600,
    timeout: 1800,
    run: async (_payload, { log, signal }) => {
      const ended = await records.expire(signal);
      if (ended > 0) log.info({ ended }, 'files kept long enough were ended');
    },
  });

/** What interrupted uploads and undone transactions left on disk. */
export const sweep = (records: RecordsService) =>
  job({
    name: 'records.sweep',
    every: 3600,
    timeout: 1800,
    run: async (_payload, { log }) => {
      const gone = await records.sweep();
      if (gone > 0) log.info({ gone }, 'files without a record were deleted');
    },
  });
