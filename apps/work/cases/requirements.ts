import type { FieldError } from '@keystead/contracts/problem';
import { NotAllowed, problem } from '@keystead/contracts/problem';
import type { CaseState, CaseStep } from './case.ts';
import type { CaseKind, Requirement } from './kind.ts';
import { waitReasonOf } from './kind.ts';

/** Something the step asks for is missing; each thing is one field error. */
export class StepIncomplete extends problem('case-step-incomplete', 422) {}

/** What someone says when taking a step. */
export interface StepInput {
  readonly reason?: string;
  readonly note?: string;
  readonly assignee?: string;
  readonly team?: string;
  /** Id of a wait reason of the kind. */
  readonly waitingFor?: string;
}

/** What requirements look at. */
export interface StepGround {
  readonly state: CaseState;
  readonly assignee: string | null;
  /** Required checklist items still open, and pieces of evidence. */
  readonly openItems: number;
  readonly evidence: number;
}

/** Steps nobody takes without saying why, whatever the kind. */
const always: Readonly<Partial<Record<CaseStep, readonly Requirement[]>>> = {
  decline: ['reason'],
  reject: ['reason'],
  reopen: ['reason'],
  cancel: ['reason'],
  recover: ['reason'],
};

const present = (text: string | undefined): boolean => text !== undefined && text.trim() !== '';

function lacks(requirement: Requirement, ground: StepGround, input: StepInput): FieldError | undefined {
  if (requirement === 'reason') return present(input.reason) ? undefined : { pointer: '/reason', code: 'required' };
  if (requirement === 'note') return present(input.note) ? undefined : { pointer: '/note', code: 'required' };
  if (requirement === 'evidence')
    return ground.evidence > 0 ? undefined : { pointer: '/evidence', code: 'evidence-missing' };
  return ground.openItems === 0
    ? undefined
    : { pointer: '/checklist', code: 'items-open', detail: String(ground.openItems) };
}

/** Throws StepIncomplete with everything `step` asks for and does not get. */
export function requireForStep(kind: CaseKind, ground: StepGround, step: CaseStep, input: StepInput): void {
  const errors: FieldError[] = [];
  const asked = new Set([...(always[step] ?? []), ...(kind.requires[step] ?? [])]);
  // Work taken out of someone's hands is explained.
  if (step === 'assign' && ['accepted', 'in-progress', 'waiting'].includes(ground.state)) asked.add('reason');
  for (const requirement of asked) {
    const error = lacks(requirement, ground, input);
    if (error) errors.push(error);
  }
  if (step === 'assign' && !input.assignee && !input.team) errors.push({ pointer: '/assignee', code: 'required' });
  if (step === 'wait' && !waitReasonOf(kind, input.waitingFor))
    errors.push({ pointer: '/waitingFor', code: input.waitingFor ? 'unknown' : 'required' });
  if (errors.length > 0) throw new StepIncomplete({ step }, errors);
}

const ofTheAssignee: readonly CaseStep[] = ['accept', 'decline', 'start', 'wait', 'resume', 'finish'];

/**
 * Steps of the work itself are for the assignee. One that a team holds may be taken by anyone who may handle cases;
 * a dispatcher may act for anyone. Throws NotAllowed.
 */
export function requireAssignee(
  step: CaseStep,
  assignee: string | null,
  actor: { id: string; dispatches: boolean },
): void {
  if (!ofTheAssignee.includes(step) || actor.dispatches) return;
  if (assignee !== null && assignee !== actor.id) throw new NotAllowed({ reason: 'not-the-assignee' });
}

/**
 * Whether the work is good is said by whoever asked for it; when the platform did, by anyone but the one who did the
 * work. A dispatcher may say it for the requester. Throws NotAllowed.
 */
export function requireJudge(
  step: CaseStep,
  of: { requester: string | null; assignee: string | null },
  actor: { id: string; dispatches: boolean },
): void {
  if ((step !== 'confirm' && step !== 'reject') || actor.dispatches) return;
  const judge = of.requester === null ? of.assignee !== actor.id : of.requester === actor.id;
  if (!judge) throw new NotAllowed({ reason: 'not-the-requester' });
}
