export { type Job, type JobContext, job } from './job.ts';
export { createJobs, type Jobs } from './jobs.ts';
export { createJobWatch, type Trouble, troubleOf } from './watch.ts';
