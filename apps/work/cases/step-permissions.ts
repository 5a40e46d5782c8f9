import type { CaseStep } from './case.ts';

/** Who may take which step at all: dispatchers, those who do the work, those who asked for it. */
export const stepPermissions: Readonly<Record<CaseStep, string>> = {
  triage: 'case:assign',
  assign: 'case:assign',
  accept: 'case:handle',
  decline: 'case:handle',
  start: 'case:handle',
  wait: 'case:handle',
  resume: 'case:handle',
  finish: 'case:handle',
  confirm: 'case:write',
  reject: 'case:write',
  close: 'case:assign',
  reopen: 'case:assign',
  cancel: 'case:assign',
  // The platform's own: no route leads to it.
  recover: 'case:assign',
};
