import type { CaseKind } from '../kind.ts';
import { days, hours, minutes, residentWaits, wholeSpine } from './terms.ts';

/** 报修: something in a home or a common area is broken. */
export const repair: CaseKind = {
  id: 'repair',
  prefix: 'WO',
  name: { zh: '报修', en: 'Repair' },
  states: wholeSpine,
  optional: ['triaged', 'accepted'],
  requires: { finish: ['note', 'checklist', 'evidence'] },
  waits: residentWaits,
  checklist: [],
  levels: {
    1: { response: minutes(30), resolution: hours(24), calendar: 'around-the-clock' },
    2: { response: hours(2), resolution: days(2), calendar: 'around-the-clock' },
    3: { response: hours(4), resolution: hours(27), calendar: 'office' },
    4: { response: hours(9), resolution: hours(90), calendar: 'office' },
  },
  consentAfter: days(7),
  dispatched: true,
  rated: true,
};
