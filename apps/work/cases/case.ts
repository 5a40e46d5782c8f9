import { problem } from '@keystead/contracts/problem';

/** The common spine of every case 工单. A kind uses a subset of it. */
export const caseStates = [
  'new',
  'triaged',
  'assigned',
  'accepted',
  'in-progress',
  'waiting',
  'done',
  'confirmed',
  'closed',
  'reopened',
  'cancelled',
] as const;
export type CaseState = (typeof caseStates)[number];

export const caseSteps = [
  'triage',
  'assign',
  'accept',
  'decline',
  'start',
  'wait',
  'resume',
  'finish',
  'confirm',
  'reject',
  'close',
  'reopen',
  'cancel',
  'recover',
] as const;
export type CaseStep = (typeof caseSteps)[number];

/** Nobody works on it any more and nothing is expected. */
export const endedStates: readonly CaseState[] = ['closed', 'cancelled'];
/** The work is done, or will never be. */
export const restingStates: readonly CaseState[] = ['done', 'confirmed', 'closed', 'cancelled'];
export const openStates: readonly CaseState[] = caseStates.filter((state) => !endedStates.includes(state));

export const isEnded = (state: CaseState): boolean => endedStates.includes(state);

/** The step does not lead anywhere from the state the case is in. */
export class CaseStepRefused extends problem('case-step-refused', 409) {}

/** Which states a kind knows, and which of them it may jump over. */
export interface Spine {
  readonly states: readonly CaseState[];
  readonly optional: readonly CaseState[];
}

interface Transition {
  readonly step: CaseStep;
  readonly from: readonly CaseState[];
  readonly to: CaseState;
  /** States jumped over: the way is open only when the kind lacks them or may skip them. */
  readonly over?: readonly CaseState[];
}

/** Ordered: of several ways for one step and state, the first open one is taken. */
const transitions: readonly Transition[] = [
  { step: 'triage', from: ['new', 'triaged'], to: 'triaged' },
  { step: 'assign', from: ['triaged', 'assigned', 'accepted', 'in-progress', 'waiting', 'reopened'], to: 'assigned' },
  { step: 'assign', from: ['new'], to: 'assigned', over: ['triaged'] },
  { step: 'accept', from: ['assigned'], to: 'accepted' },
  { step: 'decline', from: ['assigned', 'accepted'], to: 'triaged' },
  { step: 'decline', from: ['assigned', 'accepted'], to: 'new', over: ['triaged'] },
  { step: 'start', from: ['accepted', 'reopened'], to: 'in-progress' },
  { step: 'start', from: ['assigned'], to: 'in-progress', over: ['accepted'] },
  { step: 'wait', from: ['in-progress'], to: 'waiting' },
  { step: 'resume', from: ['waiting'], to: 'in-progress' },
  { step: 'finish', from: ['in-progress'], to: 'done' },
  { step: 'confirm', from: ['done'], to: 'confirmed' },
  { step: 'reject', from: ['done'], to: 'reopened' },
  { step: 'close', from: ['confirmed'], to: 'closed' },
  { step: 'close', from: ['done'], to: 'closed', over: ['confirmed'] },
  { step: 'reopen', from: ['done', 'confirmed', 'closed'], to: 'reopened' },
  {
    step: 'cancel',
    from: ['new', 'triaged', 'assigned', 'accepted', 'in-progress', 'waiting', 'reopened'],
    to: 'cancelled',
  },
  // What opened the case has gone by itself: untouched it is closed, begun it is done and a person confirms.
  { step: 'recover', from: ['new', 'triaged', 'assigned', 'reopened'], to: 'closed' },
  { step: 'recover', from: ['accepted', 'in-progress', 'waiting'], to: 'done' },
];

function open(spine: Spine, transition: Transition): boolean {
  if (!spine.states.includes(transition.to)) return false;
  return (transition.over ?? []).every((state) => !spine.states.includes(state) || spine.optional.includes(state));
}

/** Where `step` leads from `state`; undefined when it leads nowhere. */
export function nextState(spine: Spine, state: CaseState, step: CaseStep): CaseState | undefined {
  return transitions.find((each) => each.step === step && each.from.includes(state) && open(spine, each))?.to;
}

/** Steps that lead somewhere from `state`. `recover` is the platform's own and never offered. */
export function stepsFrom(spine: Spine, state: CaseState): CaseStep[] {
  return caseSteps.filter((step) => step !== 'recover' && nextState(spine, state, step) !== undefined);
}

/** Where `step` leads, or CaseStepRefused naming the steps that would be possible. */
export function advance(spine: Spine, state: CaseState, step: CaseStep): CaseState {
  const to = nextState(spine, state, step);
  if (to === undefined) throw new CaseStepRefused({ state, step, possible: stepsFrom(spine, state) });
  return to;
}
