import type { CaseState, CaseStep, Spine } from './case.ts';
import type { Priority } from './priority.ts';

interface Name {
  readonly zh: string;
  readonly en: string;
}

/** What a step asks for before it may be taken, beside what it always asks. */
export type Requirement = 'reason' | 'note' | 'checklist' | 'evidence';

/** Why a case waits. Only reasons that are not ours to answer for stop the resolution clock. */
export interface WaitReason {
  readonly id: string;
  readonly name: Name;
  readonly pauses: boolean;
}

/** Working seconds to react and to resolve, and the calendar they are counted in. */
export interface ServiceLevel {
  readonly response: number;
  readonly resolution: number;
  readonly calendar: string;
}

/** A kind of case 工单类型: its part of the spine and what its steps ask for. Data, never code. */
export interface CaseKind extends Spine {
  readonly id: string;
  /** Head of the readable code: `WO-20260601-0007`. */
  readonly prefix: string;
  readonly name: Name;
  readonly requires: Readonly<Partial<Record<CaseStep, readonly Requirement[]>>>;
  readonly waits: readonly WaitReason[];
  /** Items every new case of the kind starts with. */
  readonly checklist: readonly { readonly text: string; readonly required: boolean }[];
  readonly levels: Readonly<Record<Priority, ServiceLevel>>;
  /** Seconds after `done` until nobody's word counts as consent; absent = a person decides. */
  readonly consentAfter?: number;
  /** Given to a worker by the platform itself as soon as it is opened, where workers are registered. */
  readonly dispatched?: boolean;
  /** The requester may rate it 1–5 once it is done. */
  readonly rated: boolean;
}

export const waitReasonOf = (kind: CaseKind, id: string | undefined): WaitReason | undefined =>
  kind.waits.find((reason) => reason.id === id);

/** True when a case of this kind in this state, waiting for this, is to use up its resolution time. */
export function resolutionRuns(kind: CaseKind, state: CaseState, waitingFor: string | null): boolean {
  if (state === 'waiting') return waitReasonOf(kind, waitingFor ?? undefined)?.pauses === false;
  return ['new', 'triaged', 'assigned', 'accepted', 'in-progress', 'reopened'].includes(state);
}
