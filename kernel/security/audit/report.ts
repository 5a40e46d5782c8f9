/** What the verifier can find wrong. */
export type FaultKind =
  | 'line-changed'
  | 'line-missing'
  | 'line-unknown'
  | 'order-broken'
  | 'beginning-missing'
  | 'end-missing'
  | 'anchor-differs'
  | 'anchors-missing'
  | 'anchor-unreadable';

export interface Fault {
  kind: FaultKind;
  /** Number in the chain, where there is one. */
  seq?: number;
  /** Id of the line, or what else helps to find the place. */
  at?: string;
}

export interface Report {
  ok: boolean;
  /** Lines in the chain that were read. */
  lines: number;
  first: number | null;
  last: number | null;
  /** Committed lines that wait for their seal, and since when. */
  unsealed: number;
  unsealedSince: string | null;
  /** Anchors and signed roots outside the database that agree with the chain. */
  anchorsAgreed: number;
  rootsAgreed: number;
  /** Lines given up by restoring a backup, each time it was done. */
  restores: { at: string; through: number }[];
  /** Lines before this one were pruned by the rules, on this day. */
  pruned: { through: number; on: string } | null;
  faults: Fault[];
  /** How many faults there are in all; only the first fifty are listed. */
  faultCount: number;
  seconds: number;
}

const listed = 50;

/** Collects faults, listing a bounded number. */
export function faultList() {
  const faults: Fault[] = [];
  let count = 0;
  return {
    add: (fault: Fault) => {
      count += 1;
      if (faults.length < listed) faults.push(fault);
    },
    faults,
    get count() {
      return count;
    },
  };
}
