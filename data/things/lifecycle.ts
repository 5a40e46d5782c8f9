import { type FieldError, problem } from '@keystead/contracts/problem';

export const lifecycleStates = [
  'planned',
  'purchased',
  'stored',
  'installed',
  'commissioned',
  'in-use',
  'maintenance',
  'retired',
  'scrapped',
] as const;
export type LifecycleState = (typeof lifecycleStates)[number];

export class LifecycleStepRefused extends problem('lifecycle-step-refused', 409) {}
/** The step asks for a note that was not given, or a measured value failed. */
export class LifecycleGateShut extends problem('lifecycle-gate-shut', 409) {}

/** Where a thing may go from each state. Stages may be left out forward, never repeated backward, but for storage. */
const next: Record<LifecycleState, readonly LifecycleState[]> = {
  planned: ['purchased', 'scrapped'],
  purchased: ['stored', 'installed', 'scrapped'],
  stored: ['installed', 'scrapped'],
  installed: ['commissioned', 'stored', 'scrapped'],
  commissioned: ['in-use', 'stored', 'scrapped'],
  'in-use': ['maintenance', 'retired'],
  maintenance: ['in-use', 'retired'],
  retired: ['stored', 'scrapped'],
  scrapped: [],
};

export const nextStates = (from: LifecycleState): readonly LifecycleState[] => next[from];

/** One measured value of a commissioning test. */
export interface Measured {
  item: string;
  value: string;
  passed: boolean;
}

export interface Evidence {
  note?: string;
  /** Purchase evaluation: criteria and decision (I-5.2.3-a). */
  evaluation?: string;
  /** Installation guide or record that was followed (I-5.2.3-b). */
  guide?: string;
  /** Commissioning test (I-5.2.3-c). */
  measured?: Measured[];
  reason?: string;
}

type Gate = (evidence: Evidence) => FieldError[];

const needs =
  (field: 'evaluation' | 'guide' | 'reason'): Gate =>
  (evidence) =>
    (evidence[field] ?? '').trim() === '' ? [{ pointer: `/evidence/${field}`, code: 'required' }] : [];

const measuredWell: Gate = ({ measured = [] }) => {
  if (measured.length === 0) return [{ pointer: '/evidence/measured', code: 'required' }];
  return measured.flatMap(({ item, passed }, at) =>
    passed ? [] : [{ pointer: `/evidence/measured/${at}`, code: 'failed', detail: item }],
  );
};

/** What must be shown before a thing enters a state: evaluation, guide, test (I-5.2.3), and a reason to end its use. */
const gates: Partial<Record<LifecycleState, Gate>> = {
  purchased: needs('evaluation'),
  installed: needs('guide'),
  commissioned: measuredWell,
  retired: needs('reason'),
  scrapped: needs('reason'),
};

/** Refuses a step that is not in the plan (LifecycleStepRefused) or whose gate is shut (LifecycleGateShut). */
export function checkStep(from: LifecycleState, to: LifecycleState, evidence: Evidence): void {
  if (!next[from].includes(to)) throw new LifecycleStepRefused({ from, to, next: next[from] });
  const faults = gates[to]?.(evidence) ?? [];
  if (faults.length > 0) throw new LifecycleGateShut({ to }, faults);
}

/** A thing out of use may not speak any more; one that comes back is admitted by hand. */
export const endsRight = (state: LifecycleState): boolean => state === 'retired' || state === 'scrapped';
