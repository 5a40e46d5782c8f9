import { type Job, job } from '@keystead/kernel/jobs';
import type { PatchesService } from './patches.ts';

const hour = 3600;

export const patchJobs = (patches: Pick<PatchesService, 'checkAll'>): Job[] => [
  job({ name: 'patches.check', every: hour, timeout: 600, run: () => patches.checkAll() }),
];
