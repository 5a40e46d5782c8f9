import { EditConflict, NotAllowed } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import type { CaseStep } from './case.ts';
import type { CasesService } from './cases.ts';
import { AssigneeUnknown, CaseMissing, CaseStepRefused, StepIncomplete } from './problems.ts';
import { CaseRef, CaseView, StepBody } from './schemas.ts';
import { stepPermissions } from './step-permissions.ts';
import { viewOf } from './views.ts';

/** Each step as people know it, and the resource it makes: `POST /cases/:id/assignment`. */
const doors: readonly (readonly [CaseStep, path: string, summary: string])[] = [
  ['triage', 'triage', 'Judge impact and urgency'],
  ['assign', 'assignment', 'Give the case to a person or a team'],
  ['accept', 'acceptance', 'Accept the work'],
  ['decline', 'refusal', 'Give the work back, with the reason'],
  ['start', 'start', 'Begin the work'],
  ['wait', 'wait', 'Wait for something, which may stop the resolution clock'],
  ['resume', 'resumption', 'Go on with the work'],
  ['finish', 'completion', 'Report the work done'],
  ['confirm', 'confirmation', 'Confirm that it is good'],
  ['reject', 'rejection', 'Say that it is not good; the case is open again'],
  ['close', 'closure', 'Close the case'],
  ['reopen', 'reopening', 'Open a finished case again'],
  ['cancel', 'cancellation', 'Cancel the case'],
];

/** One route per step. `If-Match` is honoured when it is sent: the step is then refused if the case moved on. */
export const stepRoutes = (cases: CasesService): MountedRoute[] =>
  doors.map(([step, path, summary]) =>
    route({
      id: `cases.${step}`,
      at: `POST /:id/${path}`,
      summary,
      permission: stepPermissions[step],
      params: CaseRef,
      body: StepBody,
      reply: CaseView,
      problems: [CaseMissing, CaseStepRefused, StepIncomplete, AssigneeUnknown, EditConflict, NotAllowed],
      run: async ({ actor, params, body, facts }) => {
        await cases.take(actor, params.id, step, body, facts.version);
        return viewOf(await cases.get(actor, params.id));
      },
    }),
  );
