import { type Job, job } from '@keystead/kernel/jobs';
import type { Keeping } from './keeping.ts';

export const videoJobs = ({ check, expire }: Keeping): Job[] => [
  job({ name: 'video.check-recordings', every: 3600, timeout: 1800, run: (_, { signal }) => check(signal) }),
  job({
    name: 'video.expire-recordings',
    every: 21_600,
    timeout: 1800,
    run: async (_, { signal }) => {
      await expire(signal);
    },
  }),
];
