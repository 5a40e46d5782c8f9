import { job } from '@keystead/kernel/jobs';

interface Work {
  derive(): Promise<number>;
  pruneChanges(): Promise<unknown>;
  pruneRefusals(): Promise<void>;
  pruneNonces(): Promise<unknown>;
  pruneBatteries(): Promise<unknown>;
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

export const forget = ({ pruneChanges, pruneRefusals, pruneNonces, pruneBatteries }: Work) =>
  job({
    name: 'things.forget',
    every: 600,
    timeout: 300,
    run: async () => {
      await pruneChanges();
      await pruneRefusals();
      await pruneNonces();
      await pruneBatteries();
    },
  });

/** The window of a rotation ends at most a minute late. */
export const endRotations = ({ lapse }: { lapse(): Promise<number> }) =>
  job({
    name: 'things.end-rotations',
    every: 60,
    timeout: 300,
    run: async () => {
      await lapse();
    },
  });
