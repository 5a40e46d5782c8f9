import type { CaseKind } from '../kind.ts';
import { hours, residentWaits, wholeSpine } from './terms.ts';

/**
 * 违规案件: subletting, lending, leaving empty, arrears, misuse. Whoever it is about is told and heard before anything is
 * decided; each step of the hearing is ticked off with what shows it.
 */
export const violation: CaseKind = {
  id: 'violation',
  prefix: 'VC',
  name: { zh: '违规案件', en: 'Violation case' },
  states: wholeSpine,
  optional: ['accepted'],
  requires: { finish: ['note', 'checklist'], reject: ['reason'], close: ['reason'] },
  waits: residentWaits,
  checklist: [
    { text: '核实线索', required: true },
    { text: '书面告知当事人', required: true },
    { text: '听取陈述申辩', required: true },
    { text: '集体讨论并作出决定', required: true },
    { text: '送达决定书', required: true },
  ],
  levels: {
    1: { response: hours(9), resolution: hours(90), calendar: 'office' },
    2: { response: hours(18), resolution: hours(135), calendar: 'office' },
    3: { response: hours(27), resolution: hours(180), calendar: 'office' },
    4: { response: hours(45), resolution: hours(270), calendar: 'office' },
  },
  rated: false,
};
