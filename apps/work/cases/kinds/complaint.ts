import type { CaseKind } from '../kind.ts';
import { hours, residentWaits, wholeSpine } from './terms.ts';

/** 投诉: someone is not content; he is answered, and only he can say that it is settled. */
export const complaint: CaseKind = {
  id: 'complaint',
  prefix: 'CP',
  name: { zh: '投诉', en: 'Complaint' },
  states: wholeSpine,
  optional: ['accepted'],
  requires: { finish: ['note'], close: ['reason'] },
  waits: residentWaits,
  checklist: [],
  levels: {
    1: { response: hours(2), resolution: hours(18), calendar: 'office' },
    2: { response: hours(4), resolution: hours(27), calendar: 'office' },
    3: { response: hours(9), resolution: hours(45), calendar: 'office' },
    4: { response: hours(9), resolution: hours(90), calendar: 'office' },
  },
  rated: true,
};
