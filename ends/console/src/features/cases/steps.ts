import type { CaseFile, CaseKind, CaseState, CaseStep } from './queries.ts';

/** Where each step leads, for moving cards; the server decides what is possible from where a case stands. */
const targets: Partial<Record<CaseState, readonly CaseStep[]>> = {
  new: ['decline'],
  triaged: ['triage', 'decline'],
  assigned: ['assign'],
  accepted: ['accept'],
  'in-progress': ['start', 'resume'],
  waiting: ['wait'],
  done: ['finish'],
  confirmed: ['confirm'],
  closed: ['close'],
  reopened: ['reject', 'reopen'],
  cancelled: ['cancel'],
};

/** The step among those open to the reader that leads to a state. */
export const stepTo = (file: CaseFile, state: CaseState): CaseStep | undefined =>
  targets[state]?.find((step) => file.steps.includes(step));

/** Steps that go on with the work come first; those that end or undo it stand apart. */
export const dangerous: readonly CaseStep[] = ['decline', 'reject', 'reopen', 'cancel'];

/** What one does next comes before what one could do too. */
const order: readonly CaseStep[] = [
  'accept',
  'start',
  'resume',
  'finish',
  'confirm',
  'close',
  'triage',
  'assign',
  'wait',
];

export const inOrder = (steps: readonly CaseStep[]): CaseStep[] =>
  steps.toSorted((a, b) => order.indexOf(a) - order.indexOf(b));

export interface StepNeeds {
  reason: boolean;
  note: boolean;
  checklist: boolean;
  evidence: boolean;
  assignee: boolean;
  waitingFor: boolean;
  grades: boolean;
}

const inHand: readonly CaseState[] = ['accepted', 'in-progress', 'waiting'];

/** What a step asks for, so that the dialog asks for it first; the server has the last word. */
export function needsOf(kind: CaseKind | undefined, file: CaseFile, step: CaseStep): StepNeeds {
  const asked = kind?.requires[step] ?? [];
  return {
    reason: dangerous.includes(step) || asked.includes('reason') || (step === 'assign' && inHand.includes(file.state)),
    note: asked.includes('note'),
    checklist: asked.includes('checklist'),
    evidence: asked.includes('evidence'),
    assignee: step === 'assign',
    waitingFor: step === 'wait',
    grades: step === 'triage',
  };
}

/** Steps that are taken with one click: nothing has to be said. */
export const isPlain = (step: CaseStep, needs: StepNeeds, rates: boolean): boolean =>
  !Object.values(needs).some(Boolean) && !(step === 'confirm' && rates);

/** Whether the reader may say how good the work was. */
export function mayRate(
  kind: CaseKind | undefined,
  file: CaseFile,
  reader: { id: string | undefined; may(permission: string): boolean },
): boolean {
  const ready = ['done', 'confirmed', 'closed'].includes(file.state);
  const entitled = file.requester === undefined ? reader.may('case:assign') : file.requester === reader.id;
  return Boolean(kind?.rated) && ready && entitled && reader.may('case:write');
}
