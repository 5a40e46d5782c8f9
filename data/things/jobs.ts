import { job } from '@keystead/kernel/jobs';

interface Work {
  derive(): Promise<number>;
  pruneChanges(): Promise<unknown>;
  pruneRefusals(): Promise<void>;
}

/** Silence becomes absence at most five seconds late. */
export const deriveOnline = ({ derive }: Work) =>
  job({
    name: 'things.derive-online',
    every: 5,
    timeout: 60,
    run: async () => {
      await derive();
    },
  });

export const forget = ({ pruneChanges, pruneRefusals }: Work) =>
  job({
    name: 'things.forget',
    every: 600,
    timeout: 300,
    run: async () => {
      await pruneChanges();
      await pruneRefusals();
    },
  });
