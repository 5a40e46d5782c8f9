import { type Job, job } from '@keystead/kernel/jobs';
import type { CaseReactions } from './reactions.ts';
import type { CaseUpkeep } from './upkeep.ts';

/** The module's background work; each run takes what is due in batches until nothing is left. */
export function caseJobs(reactions: CaseReactions, upkeep: CaseUpkeep): Job[] {
  const untilEmpty =
    (step: () => Promise<number>) =>
    async (_payload: unknown, { signal }: { signal: AbortSignal }) => {
      while (!signal.aborted && (await step()) > 0);
    };
  return [
    job({ name: 'cases.open-due', every: 10, timeout: 60, run: untilEmpty(reactions.openDue) }),
    job({ name: 'cases.pass-clocks', every: 15, timeout: 60, run: untilEmpty(upkeep.passClocks) }),
    job({
      name: 'cases.take-consent',
      every: 300,
      timeout: 120,
      run: async () => {
        await upkeep.takeConsent();
      },
    }),
  ];
}
