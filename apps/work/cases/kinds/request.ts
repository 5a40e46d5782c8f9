import type { CaseKind } from '../kind.ts';
import { days, hours, residentWaits, wholeSpine } from './terms.ts';

/** 服务请求: someone asks for something ordinary. */
export const request: CaseKind = {
  id: 'request',
  prefix: 'RQ',
  name: { zh: '服务请求', en: 'Service request' },
  states: wholeSpine,
  optional: ['triaged', 'accepted'],
  requires: { finish: ['note'] },
  waits: residentWaits,
  checklist: [],
  levels: {
    1: { response: hours(1), resolution: hours(9), calendar: 'office' },
    2: { response: hours(2), resolution: hours(18), calendar: 'office' },
    3: { response: hours(4), resolution: hours(27), calendar: 'office' },
    4: { response: hours(9), resolution: hours(45), calendar: 'office' },
  },
  consentAfter: days(7),
  rated: true,
};
