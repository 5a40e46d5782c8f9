import type { Actor } from '@keystead/contracts/access';

/** The lease of a house as its file shows it. */
export interface LeaseBrief {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly from: string | null;
  readonly to: string | null;
  /** Id of the household, when it is one. */
  readonly household: string | null;
  /** Page of the lease in the console. */
  readonly tenant: string | null;
}

/** Who lives there, as far as the reader may know: names masked by their own module. */
export interface HouseholdBrief {
  readonly id: string;
  readonly name: string;
  readonly members: number;
}

/** Answers from the modules that let houses. One that is left out is not asked. */
export interface LetPorts {
  leaseOf?(actor: Actor, lease: string): Promise<LeaseBrief | undefined>;
  householdOf?(actor: Actor, household: string): Promise<HouseholdBrief | undefined>;
}
