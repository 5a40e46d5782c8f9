import type { TrailStep } from '../../parts/index.ts';
import type { File } from './queries.ts';

export interface Around {
  /** State of the lease and who signed when; undefined for those who may not read it. */
  lease: { state: string; signatures: readonly { role: string; at: string }[] } | undefined;
  /** Minor units: what the lease asks for as a deposit, and what is held. */
  deposit: { asked: number; held: number } | undefined;
  /** Keys made for the household, and those a lock confirmed or that need none. */
  keys: { made: number; working: number } | undefined;
}

/** As much of the process as its way needs. */
type Way = Pick<File, 'history' | 'handover'> & {
  process: Pick<File['process'], 'state' | 'lease' | 'openedAt' | 'contractAt'>;
};

type StepKey = 'allocated' | 'contract' | 'tenant' | 'lessor' | 'deposit' | 'keys' | 'handover';

/** Whether each step of a way into a house is done, in their order; deposit and keys run beside the others. */
export function stepsDone({ process }: Pick<Way, 'process'>, around: Around): Record<StepKey, boolean> {
  const signed = (role: string) => around.lease?.signatures.some((each) => each.role === role) ?? false;
  const arrived = process.state === 'checked-in';
  return {
    allocated: true,
    contract: process.lease !== null,
    tenant: arrived || signed('tenant'),
    lessor: arrived || signed('lessor'),
    deposit: around.deposit !== undefined && around.deposit.held >= around.deposit.asked && around.deposit.asked > 0,
    keys: around.keys !== undefined && around.keys.made > 0 && around.keys.working === around.keys.made,
    handover: arrived,
  };
}

/** The same as it is shown: the first that is not done is where it stands. */
export function trailOf(
  file: Way,
  around: Around,
  words: { title(key: StepKey): string; deposit: string; keys: string },
): TrailStep[] {
  const done = stepsDone(file, around);
  const keys = Object.keys(done) as StepKey[];
  const cancelled = file.process.state === 'cancelled';
  const current = keys.find((key) => !done[key] && key !== 'deposit' && key !== 'keys');
  const took = (state: string) => file.history.find((each) => each.state === state);
  const signedAt = (role: string) => around.lease?.signatures.find((each) => each.role === role)?.at;
  const facts: Record<StepKey, Partial<TrailStep>> = {
    allocated: { at: file.process.openedAt, who: took('allocated')?.actorName },
    contract: { at: file.process.contractAt, who: took('contract')?.actorName },
    tenant: { at: signedAt('tenant') },
    lessor: { at: signedAt('lessor') },
    deposit: { note: words.deposit },
    keys: { note: words.keys },
    handover: { at: file.handover?.at, who: file.handover?.actorName },
  };
  return keys.map((key) => ({
    key,
    title: words.title(key),
    state: done[key] ? 'done' : key !== current ? 'next' : cancelled ? 'failed' : 'now',
    ...facts[key],
  }));
}
