import type { CaseKind } from '../kind.ts';
import { days, hours, minutes, siteWaits, wholeSpine } from './terms.ts';

/** 事件: a service is interrupted or worse than agreed; brought back first, explained later. */
export const incident: CaseKind = {
  id: 'incident',
  prefix: 'IC',
  name: { zh: '事件', en: 'Incident' },
  states: wholeSpine,
  optional: ['accepted'],
  requires: { finish: ['note'] },
  waits: siteWaits,
  checklist: [],
  levels: {
    1: { response: minutes(10), resolution: hours(2), calendar: 'around-the-clock' },
    2: { response: minutes(20), resolution: hours(4), calendar: 'around-the-clock' },
    3: { response: hours(1), resolution: hours(9), calendar: 'office' },
    4: { response: hours(4), resolution: hours(27), calendar: 'office' },
  },
  consentAfter: days(3),
  rated: true,
};
